"""The result saved, copied and dragged out, from the real window."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desktop.engine import picture_writer, pictures
from desktop.engine.pictures import Picture, Pixels
from desktop.picture.compare import ComparePane
from desktop.qt_images import to_pixels
from desktop.window import Window
from tests.desktop.windows import scene_of
from tests.pictures import gradient

LEFT = Qt.MouseButton.LeftButton


def test_saved_is_what_the_model_made(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    """Of a picture that is no square the file holds the middle at its own size, its alpha, and nothing around it."""
    alpha = np.full((40, 48), 255, np.uint8)
    alpha[:, 40:] = 128
    with qtbot.waitSignal(window.session.rendered):
        window.open(picture=Picture("clear.png", gradient(40, 48), alpha))
    path = tmp_path / "saved.webp"
    with qtbot.waitSignal(window.services.saver.saved):
        window.picture_page.compare.save_output(path)
    read, scene = pictures.read(path), scene_of(window)
    assert read.alpha is not None
    assert np.array_equal(read.alpha, alpha[:, 4:44])
    made = np.asarray(Image.fromarray(scene.output).resize((40, 40), Image.Resampling.LANCZOS))
    assert np.array_equal(read.pixels[:, :36], made[:, :36])  # what is half clear was put on white and taken off it


def test_saving_waits_for_nothing_and_loses_nothing(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures are written on another thread, one after the other; each that was asked for is there in the end."""
    save, go_on = picture_writer.save, threading.Event()
    threads: list[threading.Thread] = []

    def slow(*arguments: Any) -> None:
        threads.append(threading.current_thread())
        assert go_on.wait(10)
        save(*arguments)

    monkeypatch.setattr(picture_writer, "save", slow)
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
    save, go_on, threads = picture_writer.save, threading.Event(), list[threading.Thread]()

    def slow(*arguments: Any, **options: Any) -> None:
        threads.append(threading.current_thread())
        assert go_on.wait(10)
        save(*arguments, **options)

    monkeypatch.setattr(picture_writer, "save", slow)
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
