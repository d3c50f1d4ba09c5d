"""The message bar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.message_bar import MessageBar


def test_it_shows_one_sentence_until_dismissed(qtbot: QtBot) -> None:
    """Hidden at first, shown with a message, the newest replacing the older, and hidden by its button."""
    bar = MessageBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.show_problem("first")
    bar.show_news("second")
    assert not bar.isHidden()
    assert bar.text == "second"
    qtbot.mouseClick(bar.dismiss_button, Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_a_file_can_be_shown_in_its_folder(qtbot: QtBot) -> None:
    """The button is there with a message about a file alone, and tells which."""
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_news("Saved.", Path("a.png"))
    assert not bar.folder_button.isHidden()
    with qtbot.waitSignal(bar.folder_asked) as asked:
        qtbot.mouseClick(bar.folder_button, Qt.MouseButton.LeftButton)
    assert asked.args == [Path("a.png")]
    bar.show_problem("Not saved.")
    assert bar.folder_button.isHidden()
