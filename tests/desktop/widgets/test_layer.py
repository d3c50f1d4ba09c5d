"""A picture that is painted at any scale: its levels, its blocks, its smaller form and its colours from a table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.engine.pictures import Pixels
from desktop.qt_images import to_pixels
from desktop.widgets import layer as module
from desktop.widgets.layer import Layer, Raster

TWO = np.array([[[255, 0, 0], [0, 0, 255]]], np.uint8)  # a red pixel and a blue one


def painted(layer: Layer, width: int, height: int, target: QRectF, crisp: bool = True) -> Pixels:
    """A black canvas on which the layer is painted."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    layer.paint(painter, target, QRectF(0, 0, width, height), 1.0, crisp)
    painter.end()
    return to_pixels(image)


@given(st.floats(-3, 7), st.floats(-3, 7))
def test_levels_are_those_under_the_point(x: float, y: float) -> None:
    """In the coordinates of the place that the layer covers; outside there are none."""
    pixels = np.arange(2 * 4 * 3, dtype=np.uint8).reshape(2, 4, 3)
    found = Layer(Raster(pixels), QRectF(1, 1, 4, 4)).value_at(x, y)
    if 1 <= x < 5 and 1 <= y < 5:
        assert found == tuple(pixels[int((y - 1) / 2), int(x - 1)])
    else:
        assert found is None


def test_one_channel_has_one_level() -> None:
    """A difference's number, not its colour."""
    raster = Raster(np.array([[7, 9]], np.uint8), table=[0xFF000000 + level for level in range(256)])
    assert Layer(raster, QRectF(0, 0, 2, 1)).value_at(1.5, 0.5) == (9,)


def test_enlarged_pixels_are_blocks_where_they_may_be() -> None:
    """From twice their size on each pixel is one colour; smoothed, the border between two is a slope."""
    layer = Layer(Raster(TWO), QRectF(0, 0, 2, 1))
    blocks = painted(layer, 16, 8, QRectF(0, 0, 16, 8))
    assert (blocks[:, :8] == (255, 0, 0)).all()
    assert (blocks[:, 8:] == (0, 0, 255)).all()
    smooth = painted(layer, 16, 8, QRectF(0, 0, 16, 8), crisp=False)
    assert 0 < smooth[4, 7, 2] < 255


def test_only_what_lies_on_the_canvas_is_painted() -> None:
    """The rest of the canvas stays as it is, and a layer beside it paints nothing."""
    layer = Layer(Raster(TWO), QRectF(0, 0, 2, 1))
    half = painted(layer, 16, 8, QRectF(-8, 0, 16, 8))
    assert (half[:, :7] == (0, 0, 255)).all()
    assert not half[:, 9:].any()
    assert not painted(layer, 16, 8, QRectF(20, 0, 16, 8)).any()


def test_a_small_view_of_a_large_picture_uses_the_smaller_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """At or below its scale the reduced pixels are shown, above it the full ones."""
    monkeypatch.setattr(module, "SMALL_PIXELS", 10)
    full, reduced = np.full((8, 8, 3), 200, np.uint8), np.full((2, 2, 3), 50, np.uint8)
    layer = Layer(Raster(full, reduced), QRectF(0, 0, 8, 8))
    assert painted(layer, 2, 2, QRectF(0, 0, 2, 2)).max() == 50
    assert painted(layer, 8, 8, QRectF(0, 0, 8, 8)).min() == 200


@pytest.mark.parametrize("small", [True, False])
def test_a_table_gives_the_colours(monkeypatch: pytest.MonkeyPatch, small: bool) -> None:
    """Of a small picture and of a large one, enlarged and made smaller."""
    monkeypatch.setattr(module, "SMALL_PIXELS", 10**6 if small else 1)
    table = [0xFF000000 | level << 8 for level in range(256)]
    layer = Layer(Raster(np.full((4, 4), 90, np.uint8), table=table), QRectF(0, 0, 4, 4))
    for side in (2, 16):
        assert (painted(layer, side, side, QRectF(0, 0, side, side)) == (0, 90, 0)).all()
