"""The question before something is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.widgets import question

ASK = question.agrees  # as it is, before the tests' own answer takes its place


@pytest.mark.parametrize(("pressed", "answer"), [("Forget settings", True), ("Cancel", False), ("Escape", False)])
def test_the_deed_is_done_where_its_button_is_pressed_alone(qtbot: QtBot, pressed: str, answer: bool) -> None:
    """Cancel and Escape both leave everything as it is."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        buttons = {button.text(): button for button in box.findChildren(QPushButton)}
        buttons[pressed].click() if pressed in buttons else box.reject()

    QTimer.singleShot(0, press)
    assert ASK(None, "Forget everything?", "Forget settings") == answer
    qtbot.wait(1)


def test_cancel_is_the_default(qtbot: QtBot) -> None:
    """Enter loses nothing, and no button says Yes or No."""
    box = question.box(None, "Forget everything?", "Forget settings")
    qtbot.addWidget(box)
    assert box.defaultButton().text() == "Cancel"
    assert {button.text() for button in box.findChildren(QPushButton)} == {"Forget settings", "Cancel"}
