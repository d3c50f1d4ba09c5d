"""The folder of the picture that is shown, in the real window."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine import picture_writer
from desktop.engine.library import ModelEntry
from desktop.picture.folder_strip import FolderStrip
from desktop.window import Window
from tests.desktop.windows import open_window
from tests.pictures import gradient

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry) -> Iterator[Window]:
    """A window that shows the mean of the tiny model."""
    window = open_window(qtbot, entry)
    yield window
    window.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve pictures, 1.png the oldest; a text beside them."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(1, 13):
        path = folder / f"{number}.png"
        picture_writer.save_png(path, gradient(20 + 5 * number, 32))
        os.utime(path, (1_000_000 + number, 1_000_000 + number))
    (folder / "notes.txt").write_text("words")
    return folder


def strip_of(window: Window) -> FolderStrip:
    """The strip at the foot of the page."""
    return window.picture_page.compare.folder


def names(window: Window) -> list[str]:
    """In the order shown."""
    return [path.stem for path in window.services.pictures.paths]


def test_a_single_file_brings_its_folder(qtbot: QtBot, window: Window, folder: Path) -> None:
    """Its place among the pictures beside it is said, numbers by their value; keys and arrows step from there."""
    strip = strip_of(window)
    window.open_paths([folder / "6.png"])
    qtbot.waitUntil(lambda: strip.bar.place.text() == "6 of 12")
    assert strip.isVisible()
    assert names(window) == [str(number) for number in range(1, 13)]
    with qtbot.waitSignal(window.session.rendered):
        qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert strip.bar.place.text() == "7 of 12"
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(strip.bar.back, LEFT)
    assert strip.bar.place.text() == "6 of 12"


def test_the_strip_stays_when_a_lone_file_is_opened(qtbot: QtBot, window: Window, folder: Path, photo: Path) -> None:
    """A picture with none beside it joins those that are there."""
    strip = strip_of(window)
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([folder])
    window.open_paths([photo])
    qtbot.waitUntil(lambda: strip.bar.place.text() == "13 of 13")
    assert strip.isVisible()


def test_the_order_is_chosen_and_remembered(qtbot: QtBot, window: Window, folder: Path) -> None:
    """The newest first, or by name; the picture shown keeps its mark."""
    strip = strip_of(window)
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([folder])
    strip.bar.order.setCurrentIndex(1)
    strip.bar.order.activated.emit(1)
    qtbot.waitUntil(lambda: names(window)[0] == "12")
    assert names(window) == [str(number) for number in range(12, 0, -1)]
    assert strip.bar.place.text() == "12 of 12"
    assert window.services.settings.text("folder-order") == "date"
    strip.bar.order.activated.emit(0)
    qtbot.waitUntil(lambda: names(window)[0] == "1")


def test_the_worst_come_first(qtbot: QtBot, window: Window, folder: Path) -> None:
    """PSNR is measured in idle time, with a count, and is the one that is shown; broken ones come last."""
    (folder / "0.png").write_text("no picture")
    strip, pictures = strip_of(window), window.services.pictures
    with qtbot.waitSignal(window.session.rendered):
        window.open_paths([folder / "3.png"])
    assert window.session.scene is not None
    shown = window.session.scene.psnr_db
    qtbot.waitUntil(lambda: pictures.rowCount() == 13)
    strip.bar.order.activated.emit(2)
    assert strip.bar.note.text().endswith(" of 13")
    qtbot.waitUntil(lambda: strip.bar.note.text() == "" and len(pictures.psnr_db) == 13)
    qtbot.waitUntil(lambda: names(window)[-1] == "0")
    measured = [pictures.psnr_db[path] for path in pictures.paths]
    assert measured == sorted(measured)
    assert pictures.psnr_db[folder / "3.png"] == pytest.approx(shown)


def test_a_hundred_thousand_files_do_not_stall_the_window(window: Window, tmp_path: Path) -> None:
    """Listed, marked and scrolled to within moments, and thumbnails are read for what is in sight alone."""
    paths = [tmp_path / f"{number}.png" for number in range(100_000)]
    strip, pictures = strip_of(window), window.services.pictures
    began = time.thread_time()
    pictures.show_pictures(paths)
    strip.mark_picture(paths[77_777])
    QApplication.processEvents()
    assert time.thread_time() - began < 3  # of this thread's own on the processor; measured 0.3
    assert strip.bar.place.text() == "77,778 of 100,000"
    strip.strip.repaint()
    assert len(pictures._wanted) <= 101
