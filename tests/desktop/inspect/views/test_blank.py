"""The place of a view that has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.inspect.views.blank import BlankPage
from desktop.inspect.views.view import Blank


def test_the_sentence_is_said_and_the_button_does_its_deed(qtbot: QtBot) -> None:
    """The deed of what is shown now, not that of what was shown before; without a deed there is no button."""
    page, done = BlankPage(), list[str]()
    qtbot.addWidget(page)
    page.show()
    page.show_blank(Blank("Nothing is <b>here</b>.", "Do one", lambda: done.append("one")))
    assert page.sentence.text() == "Nothing is <b>here</b>."
    assert page.sentence.textFormat() == Qt.TextFormat.PlainText
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    page.show_blank(Blank("Still nothing.", "Do two", lambda: done.append("two")))
    assert page.button.text() == "Do two"
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert done == ["one", "two"]
    page.show_blank(Blank("Wait."))
    assert page.button.isHidden()
