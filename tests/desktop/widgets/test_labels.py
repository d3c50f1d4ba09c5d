"""Labels and buttons in the roles of the theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.labels import ActionButton, label


def test_a_button_follows_its_action(qtbot: QtBot) -> None:
    """Its text, keys, state and whether it can be pressed; narrow it has its name for a screen reader alone."""
    action, done = QAction("Save"), list[bool]()
    action.triggered.connect(lambda: done.append(True))
    action.setToolTip("Save the picture")
    action.setShortcut("Ctrl+S")
    button = ActionButton(action)
    qtbot.addWidget(button)
    assert (button.text(), button.toolTip()) == ("Save", "Save the picture (Ctrl+S)")
    button.click()
    assert len(done) == 1
    action.setText("Store")
    action.setEnabled(False)
    assert (button.text(), button.isEnabled()) == ("Store", False)
    button.set_narrow(True)
    assert (button.text(), button.accessibleName()) == ("", "Store")


@pytest.mark.parametrize(("width", "shown"), [(40, True), (600, False)])
def test_a_line_that_is_cut_is_shown_whole_on_hovering(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, width: int, shown: bool
) -> None:
    """And a name is never taken for markup."""
    line, tips = label("", "muted"), list[str]()
    qtbot.addWidget(line)
    line.setText("<b>a rather long name</b> of a file.png")
    line.resize(width, 20)
    line.show()
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: tips.append(text))
    QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1)))
    assert line.textFormat() == Qt.TextFormat.PlainText
    assert [bool(text) for text in tips] == [shown]
    assert "<b>" not in tips[0]


def test_a_text_that_wraps_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    """In a wide place it is one line, in a narrow one several, and wide again it leaves no gap."""
    place, pages, said = QWidget(), QStackedWidget(), label("", "plain")
    said.setWordWrap(True)
    said.setText("Good pictures are not aligned, so that places do not count. " * 2)
    page = QWidget()
    QVBoxLayout(page).addWidget(said)
    pages.addWidget(page)
    pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    column = QVBoxLayout(place)
    column.addWidget(pages)
    column.addStretch()
    qtbot.addWidget(place)
    place.show()
    for width in (2000, 300, 2000):
        place.resize(width, 600)
        qtbot.waitUntil(lambda: said.height() == said.heightForWidth(said.width()))
        assert (said.height() > 2 * said.fontMetrics().height()) == (width == 300)
