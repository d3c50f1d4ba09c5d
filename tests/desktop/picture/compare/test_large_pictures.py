"""Pictures that take a while: progress, Cancel, and others that do not wait for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library, picture_writer, tiles
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.parts import Part
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.sliders.steering import Knob
from desktop.picture.compare import ComparePane
from desktop.picture.comparison import Mode
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.windows import pixels_of, scene_of
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
    """Opened in the middle of it, the other is shown after the tiles that are on their way: one runs, one waits."""
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
    monkeypatch.setattr(Autoencoder, "at_once", 1)
    window.open(picture=Picture("large", gradient(640, 640)))
    qtbot.waitUntil(begun.is_set)
    window.open(picture=photo)
    with qtbot.waitSignal(window.session.rendered):
        go_on.set()
    assert window.picture_page.compare.title.text() == "photo.png"
    assert len(calls) <= 2


@pytest.fixture
def held_tiles(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Semaphore]:
    """A tile is decoded for each time that this is released, one after the other."""
    decode, go_on = Autoencoder.decode, threading.Semaphore(0)
    monkeypatch.setattr(tiles, "measure_reach", lambda _: tiles.Reach(0, 0, True))

    def held(self: Autoencoder, latents: Latents) -> Pixels:
        if latents.shape[1:] != self.info.latent.shape:  # not the mean
            assert go_on.acquire(timeout=10)
        return decode(self, latents)

    monkeypatch.setattr(Autoencoder, "decode", held)
    monkeypatch.setattr(Autoencoder, "at_once", 1)
    yield go_on
    go_on.release(1000)


@pytest.mark.usefixtures("small_tiles")
@pytest.mark.parametrize("mode", ["split", "side", "blink"])
def test_tiles_are_seen_as_they_are_done(
    qtbot: QtBot, window: Window, pane: ComparePane, free: Bundle, held_tiles: threading.Semaphore, mode: Mode
) -> None:
    """The original first, beside nothing; then tile by tile of the reconstruction; then the whole scene."""
    held_tiles.release(100)
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder))
    while held_tiles.acquire(blocking=False):
        pass
    comparison, picture = pane.comparison, Picture("large", gradient(128, 192))
    comparison.set_mode(mode)
    window.open(picture=picture)
    qtbot.waitUntil(lambda: window.picture_page.early_look.is_shown)
    assert not window.picture_page.explore.sliders.isEnabled()
    assert np.array_equal(pixels_of(comparison.original), picture.pixels)
    assert comparison.output.image is None
    assert comparison.original.isVisible() or comparison.stage.isVisible()
    for count in (1, 2):
        held_tiles.release()
        qtbot.waitUntil(lambda count=count: len(comparison.output.canvas.left.layers) == count)  # type: ignore[misc]
    first = comparison.output.canvas.left.layers[0]
    left = int(first.place.left())
    assert 0 < left < 96 < left + first.place.width() < 192, "the middle comes first"
    held_tiles.release(100)
    with qtbot.waitSignal(window.session.rendered):
        pass
    assert len(comparison.output.canvas.left.layers) == 1
    assert np.array_equal(pixels_of(comparison.output), scene_of(window).output)
    box = first.raster.pixels[:-16, 16:-16]
    assert np.array_equal(scene_of(window).output[: box.shape[0], left + 16 :][:, : box.shape[1]], box)
    assert window.picture_page.explore.sliders.isEnabled()


@pytest.mark.usefixtures("small_tiles")
def test_the_newest_latent_is_not_waited_for(
    qtbot: QtBot, window: Window, pane: ComparePane, free: Bundle, held_tiles: threading.Semaphore
) -> None:
    """A slider that is moved again while tiles are decoded gives up the rest of them; what was moved is shown."""
    held_tiles.release(100)
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder), Picture("large", gradient(128, 192)))
    while held_tiles.acquire(blocking=False):
        pass
    before, steering, drawn = scene_of(window), window.services.steering, list[Part]()
    window.session.part_decoded.connect(drawn.append)
    steering.move(Knob("numbers", 0), 1.0)
    held_tiles.release()
    qtbot.waitUntil(lambda: len(drawn) == 1)
    assert len(pane.comparison.output.canvas.left.layers) == 2
    steering.move(Knob("numbers", 0), 2.0)
    held_tiles.release(8)  # the tile that was begun and the one behind it, and all six of the newest
    with qtbot.waitSignal(window.session.rendered):
        pass
    assert scene_of(window) is not before
    assert np.array_equal(scene_of(window).code, steering.code)
    assert len(drawn) == 7
    assert len(pane.comparison.output.canvas.left.layers) == 1


@pytest.mark.usefixtures("small_tiles")
def test_tiles_that_were_given_up_are_seen_no_more(
    qtbot: QtBot, window: Window, pane: ComparePane, free: Bundle, held_tiles: threading.Semaphore
) -> None:
    """After Cancel the picture is whole again, as it was before."""
    held_tiles.release(100)
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder), Picture("large", gradient(128, 192)))
    while held_tiles.acquire(blocking=False):
        pass
    window.services.steering.move(Knob("numbers", 0), 1.0)
    held_tiles.release()
    qtbot.waitUntil(lambda: len(pane.comparison.output.canvas.left.layers) == 2)
    with qtbot.waitSignal(window.session.failed):
        window.session.cancel()
        held_tiles.release(100)
    assert len(pane.comparison.output.canvas.left.layers) == 1
