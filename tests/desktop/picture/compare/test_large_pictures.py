"""Pictures that take a while: progress, Cancel, and others that do not wait for them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library, picture_writer, tiles
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.pictures import Picture, Pixels
from desktop.picture.compare import ComparePane
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.windows import scene_of
from tests.pictures import gradient

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiles of 64 pixels, so that a small picture has many."""
    monkeypatch.setattr(tiles, "WHOLE_PIXELS", 64 * 64)
    monkeypatch.setattr(tiles, "TILE_SIDE", 64)


@pytest.mark.usefixtures("small_tiles")
def test_a_large_picture_shows_progress_and_can_be_cancelled(
    qtbot: QtBot, window: Window, pane: ComparePane, free: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress is shown while tiles are computed; Cancel keeps the picture before, which still works."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder))
    before = scene_of(window)
    path = tmp_path / "large.png"
    picture_writer.save_png(path, gradient(200, 300))
    encode, waiting, go_on = Autoencoder.encode, threading.Event(), threading.Event()

    def slow(self: Autoencoder, images: Pixels) -> Latents:
        if images.shape[1:3] != (64, 512):  # not the probe
            waiting.set()
            assert go_on.wait(10)
        return encode(self, images)

    monkeypatch.setattr(Autoencoder, "encode", slow)
    window.open_paths([path])
    qtbot.waitUntil(pane.progress.isVisible)
    assert waiting.wait(10)
    assert pane.progress.text == "Encoding, tile 1 of 20"
    with qtbot.waitSignal(window.session.failed):
        qtbot.mouseClick(pane.progress.cancel_button, LEFT)
        go_on.set()
    assert not pane.progress.isVisible()
    assert window.session.scene is before
    assert "Stopped" in window.message.text
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([path])
    assert scene_of(window).output.shape == (200, 300, 3)
    assert not pane.progress.isVisible()


@pytest.mark.usefixtures("small_tiles")
def test_another_picture_does_not_wait_for_a_large_one(
    qtbot: QtBot, window: Window, free: Bundle, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened in the middle of it, the other is shown after the tile that is on its way."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder))
    encode, begun, go_on, calls = Autoencoder.encode, threading.Event(), threading.Event(), []

    def slow(self: Autoencoder, images: Pixels) -> Latents:
        calls.append(images.shape)
        begun.set()
        assert go_on.wait(10)
        return encode(self, images)

    monkeypatch.setattr(tiles, "measure_reach", lambda _: tiles.Reach(0, 0, True))
    monkeypatch.setattr(Autoencoder, "encode", slow)
    window.open(picture=Picture("large", gradient(640, 640)))
    qtbot.waitUntil(begun.is_set)
    window.open(picture=photo)
    with qtbot.waitSignal(window.session.rendered):
        go_on.set()
    assert window.picture_page.compare.title.text() == "photo.png"
    assert len(calls) == 1
