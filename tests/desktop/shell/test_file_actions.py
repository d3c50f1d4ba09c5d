"""The actions on files, in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.window import Window


def test_open_asks_for_a_file(qtbot: QtBot, window: Window, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture chosen in the dialog is shown."""
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileNames", lambda *_: ([str(photo)], ""))
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.compare.open_button, Qt.MouseButton.LeftButton)
    assert window.picture_page.compare.title.text() == "photo.png"
