"""What is dropped, pasted or chosen, in the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.qt_images import to_qimage
from desktop.window import Window
from tests.desktop.windows import files, pixels_of
from tests.pictures import gradient


def test_a_picture_is_pasted(qtbot: QtBot, window: Window) -> None:
    """Ctrl+V takes image data from the clipboard."""
    QGuiApplication.clipboard().setImage(to_qimage(gradient(32, 32)))
    with qtbot.waitSignal(window.session.rendered):
        qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(pixels_of(window.picture_page.compare.comparison.original), gradient(32, 32))


def test_a_file_is_pasted(qtbot: QtBot, window: Window, photo: Path) -> None:
    """A file copied in a file manager is opened."""
    QGuiApplication.clipboard().setMimeData(files(photo))
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(window.picture_page.compare.paste_button, Qt.MouseButton.LeftButton)
    assert window.picture_page.compare.title.text() == "photo.png"


def test_an_empty_clipboard_is_said(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no data at all, as after it has just begun."""
    monkeypatch.setattr("PySide6.QtGui.QClipboard.mimeData", lambda *_: None)
    window.intake.paste()
    assert "no picture in that" in window.message.text


def test_nothing_to_paste_is_said(window: Window) -> None:
    """Text on the clipboard is no picture."""
    QGuiApplication.clipboard().setText("words")
    window.intake.paste()
    assert "no picture in that" in window.message.text


def test_addresses_of_other_computers_are_left_out_by_name(window: Window) -> None:
    """The first three are named; files that are dropped with them are opened all the same."""
    taken: list[object] = []
    window.intake._take = taken.append  # type: ignore[method-assign]
    data = files(Path("/a.png"))
    data.setUrls([*data.urls(), *(QUrl(f"https://example.org/{name}.png") for name in "abcd")])
    window.intake.take_data(data)
    assert taken == [[Path("/a.png")]]
    assert "left out: https://example.org/a.png" in window.message.text
    assert window.message.text.rstrip(".").endswith("c.png, …")
