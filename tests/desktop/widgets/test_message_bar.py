"""The message bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
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
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert bar.isHidden()
