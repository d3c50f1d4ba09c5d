"""The line of the status bar that says what is being saved."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.window import Window


def test_a_long_save_is_seen(qtbot: QtBot, window: Window, tmp_path: Path, held_save: threading.Event) -> None:
    """It names what is being written and counts what waits, and is gone once all of it is there."""
    window.saving._delay.setInterval(1)
    for name in ("a.png", "b.png", "c.png"):
        window.picture_page.compare.save_output(tmp_path / name)
    assert window.saving.isHidden()  # what takes a moment alone is not worth a line
    qtbot.waitUntil(lambda: not window.saving.isHidden())
    assert window.saving.text == "Saving a.png, and 2 more after it"
    held_save.set()
    qtbot.waitUntil(lambda: window.saving.isHidden())
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["a.png", "b.png", "c.png"]
    assert window.message.text == f"Saved {tmp_path / 'c.png'}."


def test_saving_is_given_up(qtbot: QtBot, window: Window, tmp_path: Path, held_save: threading.Event) -> None:
    """Cancel leaves no file behind, and what is saved after it is saved."""
    window.saving._delay.setInterval(1)
    for name in ("a.png", "b.png"):
        window.picture_page.compare.save_output(tmp_path / name)
    qtbot.waitUntil(lambda: not window.saving.isHidden())
    qtbot.mouseClick(window.saving.cancel_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.services.saver.stopped):
        held_save.set()
    assert list(tmp_path.glob("*.png*")) == []
    assert window.message.text == "Nothing more was saved."
    with qtbot.waitSignal(window.services.written):
        window.picture_page.compare.save_output(tmp_path / "later.png")
    assert (tmp_path / "later.png").is_file()
