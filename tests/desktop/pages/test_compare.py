"""Comparing on the Picture page, in the real window."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QDrag, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desktop.engine import framing, library, measures, pictures, saving, tiles
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.rendering import Scene
from desktop.pages.compare import ComparePane
from desktop.qt_images import to_pixels
from desktop.settings import Settings
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.windows import open_window
from tests.pictures import gradient

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry, photo: Path) -> Iterator[Window]:
    """A window that shows a photograph of 48 x 40 through the model of 32 x 32."""
    window = open_window(qtbot, entry, photo)
    yield window
    window.close()


@pytest.fixture
def pane(window: Window) -> ComparePane:
    """The centre of its Picture page."""
    return window.picture_page.compare


def scene_of(window: Window) -> Scene:
    """The scene shown."""
    assert window.session.scene is not None
    return window.session.scene


def painted(pane: ComparePane) -> Pixels:
    """What the large canvas shows."""
    return to_pixels(pane.comparison.stage.grab().toImage())


def test_the_ways_to_compare_are_a_key_away(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """Original, answer and difference side by side at first; with the divider, the original is left of it."""
    comparison, actions = pane.comparison, window.services.actions
    assert comparison.mode == "side"
    assert comparison.original.isVisible()
    assert comparison.difference.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert comparison.stage.isVisible()
    assert comparison.stage.is_split
    for key, mode in ((Qt.Key.Key_2, "side"), (Qt.Key.Key_3, "difference"), (Qt.Key.Key_4, "blink")):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        assert comparison.mode == mode
        chosen = [name for name in ("split", "side", "difference", "blink") if actions[f"compare.{name}"].isChecked()]
        assert chosen == [mode]
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert actions["compare.blink"].isChecked()


def test_side_by_side_moves_together(window: Window, pane: ComparePane) -> None:
    """Zoomed in one view, every view shows the same pixels at the same scale."""
    window.services.actions["compare.side"].trigger()
    comparison = pane.comparison
    assert comparison.original.canvas.isVisible()
    first = comparison.original.canvas
    first.viewport.zoom_to(20.0, QPointF(30, 40), QSizeF(first.size()))
    for canvas in comparison.canvases[1:3]:
        assert abs(canvas.width() - first.width()) <= 1  # three columns need not divide the width
        shown, other = (each.viewport.target(QSizeF(each.size())) for each in (first, canvas))
        assert other.size() == shown.size()
        assert (other.center() - shown.center()).manhattanLength() <= 1
    assert pane.scale.text() == "2000 %"
    window.services.actions["compare.fit"].trigger()
    assert first.viewport.is_fitted


def test_the_heat_map_is_the_difference(window: Window, pane: ComparePane) -> None:
    """It is lit where pixels differ; amplified more, it is lighter, and the scale says what the colours stand for."""
    window.services.actions["compare.difference"].trigger()
    comparison = pane.comparison
    assert comparison.heat_scale.isVisible()
    before = painted(pane).astype(int).sum()
    comparison.heat_scale.slider.setValue(6)
    assert painted(pane).astype(int).sum() > before
    assert comparison.heat_scale.text == "4.0 levels and more"


def test_blinking_shows_one_after_the_other(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """Both are seen in turn; hidden, nothing blinks."""
    window.services.actions["compare.blink"].trigger()
    comparison = pane.comparison
    first = comparison.stage.left.name
    qtbot.waitUntil(lambda: comparison.stage.left.name != first)
    qtbot.waitUntil(lambda: comparison.stage.left.name == first)
    assert comparison._blink.isActive()
    window.hide()
    assert not comparison._blink.isActive()


def test_the_pixel_under_the_cursor_is_read(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """Its place and its levels in both pictures are those of the arrays."""
    comparison, scene = pane.comparison, scene_of(window)
    window.services.actions["compare.split"].trigger()
    canvas = comparison.stage
    spot = QPoint(canvas.width() // 2 + 30, canvas.height() // 2 - 20)
    qtbot.mouseMove(canvas, spot)
    point = canvas.viewport.to_picture(QPointF(spot), QSizeF(canvas.size()))
    column, row = int(point.x()), int(point.y())
    assert scene.subject.original is not None
    first, second = (" ".join(map(str, each[row, column])) for each in (scene.subject.original, scene.output))
    assert scene.levels is not None
    last = f"difference {scene.levels[row, column]}"
    assert comparison.reading.text() == f"x {column}, y {row} · original {first} · output {second} · {last}"
    canvas.leaveEvent(None)  # type: ignore[arg-type]
    assert comparison.reading.text() == ""


def test_facts_are_those_of_the_scene(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """Picture, PSNR, difference, code and ratio at once; SSIM once nothing moves, from another thread."""
    facts, scene = pane.comparison.facts, scene_of(window)
    assert scene.error is not None
    assert facts.text("Picture") == "48 × 40 · PNG"
    assert facts.text("PSNR") == f"{scene.psnr_db:.1f} dB"
    assert facts.text("Difference") == f"{scene.error.mean:.1f} levels"
    assert facts.text("Code numbers") == "8"
    assert facts.text("Ratio") == "384 : 1"
    qtbot.waitUntil(lambda: facts.text("SSIM") != "…")
    assert scene.subject.original is not None
    assert facts.text("SSIM") == f"{measures.ssim(scene.subject.original, scene.output):.3f}"


def test_the_answer_is_shown_at_the_pictures_own_size(window: Window, pane: ComparePane) -> None:
    """Then the canvas has the picture's 48 x 40 pixels, with its own beside the part that the model saw."""
    window.services.actions["compare.whole"].trigger()
    original, output = pane.comparison.stage.left, pane.comparison.stage.right
    assert len(output.layers) == 2
    assert output.layers[1].place.getRect() == (4, 0, 40, 40)
    assert output.layers[0].value_at(1, 1) == original.layers[0].value_at(1, 1) == tuple(gradient(40, 48)[1, 1])


def test_fit_gives_the_model_the_whole_picture(qtbot: QtBot, window: Window) -> None:
    """The frame changes, and with it what is compared; the switch back restores it to the pixel."""
    before = scene_of(window).output
    for fit, seen in (("fit", 48), ("crop", 40)):
        with qtbot.waitSignal(window.session.rendered):
            window.services.actions["picture.fit"].trigger()
        scene = scene_of(window)
        assert scene.request.fit == fit
        assert scene.subject.frame is not None
        assert scene.subject.frame.seen.width == seen
    assert np.array_equal(scene.output, before)


def test_saved_at_its_own_size_with_its_own_alpha(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    """The file has the picture's size and alpha, and outside what the model saw its own pixels."""
    alpha = np.full((40, 48), 255, np.uint8)
    alpha[:, 40:] = 128
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=Picture("clear.png", gradient(40, 48), alpha))
    path = tmp_path / "saved.webp"
    with qtbot.waitSignal(window.services.told):
        window.picture_page.compare.save_output(path)
    read, scene = pictures.read(path), scene_of(window)
    assert read.alpha is not None
    assert np.array_equal(read.alpha, alpha)
    assert np.array_equal(read.pixels[:, :4], gradient(40, 48)[:, :4])
    frame = framing.frame(40, 48, scene.subject.model.autoencoder.info.size)
    assert np.array_equal(read.pixels[:, :40], frame.put_back(scene.output, gradient(40, 48))[:, :40])


def test_saving_waits_for_nothing_and_loses_nothing(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures are written on another thread, one after the other; each that was asked for is there in the end."""
    save, go_on = saving.save, threading.Event()
    threads: list[threading.Thread] = []

    def slow(*arguments: Any) -> None:
        threads.append(threading.current_thread())
        assert go_on.wait(10)
        save(*arguments)

    monkeypatch.setattr(saving, "save", slow)
    paths = [tmp_path / f"{number}.png" for number in range(3)]
    for path in paths:
        window.picture_page.compare.save_output(path)
    assert not any(path.exists() for path in paths)
    go_on.set()
    qtbot.waitUntil(lambda: all(path.exists() for path in paths))
    assert threading.main_thread() not in threads


def test_the_result_is_copied(qtbot: QtBot, window: Window) -> None:
    """The clipboard holds what would be saved, once it is made on another thread."""
    with qtbot.waitSignal(window.services.told):
        window.services.actions["picture.copy"].trigger()
    copied = to_pixels(QGuiApplication.clipboard().image())
    assert np.array_equal(copied, scene_of(window).result()[0])


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Pixels, Pixels]]:
    """What each drag carries: the picture in its file, and the picture itself."""
    carried: list[tuple[Pixels, Pixels]] = []

    def drop_elsewhere(drag: QDrag, _action: Qt.DropAction) -> Qt.DropAction:
        data = drag.mimeData()
        image = data.imageData()
        assert isinstance(image, QImage)
        carried.append((pictures.read(Path(data.urls()[0].toLocalFile())).pixels, to_pixels(image)))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr("desktop.widgets.drag_handle.QDrag.exec", drop_elsewhere)
    return carried


def test_the_result_is_dragged_out(
    qtbot: QtBot, window: Window, pane: ComparePane, carried: list[tuple[Pixels, Pixels]]
) -> None:
    """A press and a move on the handle begin a drag that carries a PNG file and the picture; a second one at once."""
    expected = scene_of(window).result()[0]
    with qtbot.waitSignal(pane.handover.ready):
        qtbot.mousePress(pane.handle, LEFT, pos=QPoint(20, 10))
    assert carried == []
    qtbot.mouseMove(pane.handle, QPoint(60, 10))
    qtbot.mousePress(pane.handle, LEFT, pos=QPoint(20, 10))
    qtbot.mouseMove(pane.handle, QPoint(60, 10))
    assert len(carried) == 2
    for from_file, from_data in carried:
        assert np.array_equal(from_file, expected)
        assert np.array_equal(from_data, expected)


def test_a_large_result_is_dragged_out_when_it_is_made(
    qtbot: QtBot,
    window: Window,
    pane: ComparePane,
    carried: list[tuple[Pixels, Pixels]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The window waits for nothing: the drag begins when the file is written, if the mouse still holds it."""
    save, go_on, threads = saving.save, threading.Event(), list[threading.Thread]()

    def slow(*arguments: Any, **options: Any) -> None:
        threads.append(threading.current_thread())
        assert go_on.wait(10)
        save(*arguments, **options)

    monkeypatch.setattr(saving, "save", slow)
    qtbot.mousePress(pane.handle, LEFT, pos=QPoint(20, 10))
    qtbot.mouseMove(pane.handle, QPoint(60, 10))
    assert carried == []
    assert pane.handle.cursor().shape() == Qt.CursorShape.BusyCursor
    with qtbot.waitSignal(pane.handover.ready):
        go_on.set()
    assert len(carried) == 1
    assert threading.main_thread() not in threads
    go_on.clear()
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.random"].trigger()
    qtbot.mouseClick(pane.handle, LEFT)
    with qtbot.waitSignal(window.services.told):
        go_on.set()
    assert window.message.text == "The picture can be dragged out now."
    assert len(carried) == 1


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
    saving.save_png(path, gradient(200, 300))
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


def test_the_way_of_comparing_comes_back(qtbot: QtBot, entry: ModelEntry, tmp_path: Path) -> None:
    """The next start compares as the last one did; a file that names no way of comparing begins side by side."""
    for written, found in (("difference", "side"), (None, "difference")):
        settings = Settings(tmp_path / "settings.ini")
        window = Window([entry], "cpu", settings)
        qtbot.addWidget(window)
        assert window.picture_page.compare.comparison.mode == found
        if written is not None:
            window.services.actions[f"compare.{written}"].setChecked(True)
        window.close()
    settings.set_text("compare-mode", "sideways")
    window = Window([entry], "cpu", settings)
    qtbot.addWidget(window)
    assert window.picture_page.compare.comparison.mode == "side"
    window.close()


def test_a_code_of_another_size_leaves_the_original_in_sight(qtbot: QtBot, window: Window, free: Bundle) -> None:
    """Random codes have the trained size: the original is scaled beside them, and both sizes are said."""
    with qtbot.waitSignal(window.session.rendered):
        window.open(library.open_entry(free.folder), Picture("wide", gradient(96, 160)))
    pane, actions = window.picture_page.compare, window.services.actions
    with qtbot.waitSignal(window.session.rendered):
        actions["explore.random"].trigger()
    comparison, scene = pane.comparison, scene_of(window)
    assert scene.output.shape[:2] != (96, 160)
    assert np.array_equal(comparison.original.canvas.left.layers[-1].raster.pixels, gradient(96, 160))
    assert (comparison.original.facts, comparison.output.facts) == ("160 × 96", size_text(scene.output))
    assert comparison.facts.text("Shown size") == size_text(scene.output)
    height, width = scene.output.shape[:2]
    place = comparison.original.canvas.left.layers[-1].place
    assert place.width() / place.height() == pytest.approx(160 / 96)
    assert QRectF(0, 0, width, height).contains(place)
    assert not comparison.difference.isVisible()
    assert not actions["compare.difference"].isEnabled()
    actions["compare.split"].trigger()
    assert comparison.stage.is_split
    comparison.set_mode("difference")  # chosen before, while there was one
    assert comparison.original.isVisible()
    assert not comparison.heat_scale.isVisible()


def size_text(pixels: Pixels) -> str:
    """A size as the user reads it."""
    return f"{pixels.shape[1]} × {pixels.shape[0]}"
