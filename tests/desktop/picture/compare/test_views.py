"""How large the views are, and the view as a picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.engine import library, pictures
from desktop.engine.pictures import Picture
from desktop.picture.compare import ComparePane
from desktop.widgets import layer
from desktop.widgets.histogram import BINS, levels
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.windows import open_window
from tests.pictures import gradient

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize(("height", "width"), [(32, 128), (128, 32), (64, 64)])
def test_side_by_side_has_no_bars(qtbot: QtBot, free: Bundle, height: int, width: int) -> None:
    """Landscapes stand above one another, portraits beside; each canvas is as its picture, and zoomed no smaller."""
    window = open_window(qtbot, library.open_entry(free.folder), Picture("p", gradient(height, width)))
    comparison = window.picture_page.compare.comparison
    window.services.actions["compare.side"].setChecked(True)
    original, output = comparison.original, comparison.output
    qtbot.waitUntil(lambda: output.canvas.width() > 100)
    if height != width:
        assert (original.y() < output.y()) == (width > height)
        assert (original.x() < output.x()) == (width < height)
    for canvas in (original.canvas, output.canvas):
        assert canvas.width() / canvas.height() == pytest.approx(width / height, rel=0.05)
    assert original.canvas.size() == output.canvas.size()
    before = output.canvas.width() * output.canvas.height()
    window.services.actions["compare.closer"].trigger()
    assert output.canvas.width() * output.canvas.height() >= before
    window.close()


def test_pixels_are_blocks_from_200_percent_up() -> None:
    """From two screen pixels for each of the picture's, zooming shows them as what they are."""
    assert layer.BLOCKS_FROM == 2.0


def test_the_histogram_is_there_on_demand(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """It counts what is decoded, and follows the sliders."""
    histogram = pane.comparison.histogram
    assert histogram.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert histogram.isVisible()
    assert histogram.counts is not None
    first = histogram.counts.copy()
    assert first.sum(axis=1) == pytest.approx(np.ones(3))
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.mean"].trigger()
    assert not np.array_equal(histogram.counts, first)


def test_levels_are_counted() -> None:
    """Each in its range, and of a large picture a part of them."""
    pixels = np.zeros((2000, 2000, 3), np.uint8)
    pixels[:, 1000:, 0] = 255
    counted = levels(pixels)
    assert counted.shape == (3, BINS)
    assert (counted[0, 0], counted[0, -1], counted[1, 0]) == pytest.approx((0.5, 0.5, 1.0), abs=0.01)


def test_one_key_copies_the_view(qtbot: QtBot, window: Window, pane: ComparePane) -> None:
    """What is seen, both sides and the divider, is on the clipboard."""
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(window, Qt.Key.Key_C, CONTROL_ALT)
    image = QGuiApplication.clipboard().image()
    assert image.size() == pane.comparison.stage.size() * pane.comparison.stage.devicePixelRatio()


def test_the_view_is_exported(
    qtbot: QtBot, window: Window, pane: ComparePane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a file of the name that the dialog proposes."""
    asked, stage = list[str](), pane.comparison.stage
    sizes: list[tuple[int, int]] = []

    def choose(*arguments: object) -> tuple[str, str]:
        asked.append(str(arguments[2]))
        sizes.append((stage.height(), stage.width()))
        return str(tmp_path / "view.png"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(window.services.saver.saved):
        window.services.actions["view.export"].trigger()
    assert asked == ["photo-reconstruction-view.png"]
    assert pictures.read(tmp_path / "view.png").pixels.shape[:2] == sizes[0]
