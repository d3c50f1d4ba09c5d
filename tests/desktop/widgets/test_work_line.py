"""One line that says what was done, or how far work is."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.widgets.work_line import WorkLine


def test_progress_takes_the_place_of_the_sentence(qtbot: QtBot) -> None:
    """And gives it back; the line is as high as before."""
    line = WorkLine()
    qtbot.addWidget(line)
    line.show()
    line.state.setText("12 pictures")
    high = line.sizeHint().height()
    line.show_progress("Encoding", 3, 1200)
    assert line.currentWidget() is line.progress
    assert "Encoding: 3 of 1,200" in line.progress.text
    assert line.sizeHint().height() == high
    line.show_progress("Writing", 0, 1)
    assert "Writing" in line.progress.text
    assert " of " not in line.progress.text
    line.finish()
    assert line.currentWidget() is line.state
