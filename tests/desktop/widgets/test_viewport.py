"""Zoom and place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.widgets.viewport import LARGEST_SCALE, Viewport

CANVAS = QSizeF(400, 300)


@pytest.fixture
def viewport() -> Viewport:
    """A picture of 800 x 300 pixels, fitted."""
    viewport = Viewport()
    viewport.set_picture(800, 300)
    return viewport


def test_at_first_the_whole_picture_fits(viewport: Viewport) -> None:
    """It is as large as the canvas allows, and in its middle."""
    assert viewport.is_fitted
    assert viewport.target(CANVAS) == QRectF(0, 75, 400, 150)


@given(x=st.floats(0, 400), y=st.floats(0, 300), factor=st.floats(3, 20))
def test_the_point_under_the_cursor_stays(x: float, y: float, factor: float) -> None:
    """Zooming in at a point that lies well within leaves it where it is."""
    viewport = Viewport()
    viewport.set_picture(300, 300)
    position = QPointF(x, y)
    before = viewport.to_picture(position, CANVAS)
    viewport.zoom_by(factor, position, CANVAS)
    after = viewport.to_picture(position, CANVAS)
    if 75 <= x <= 325:  # nearer to its edge than that, the picture fills the canvas instead
        assert (after - before).manhattanLength() < 1e-6


@given(moves=st.lists(st.tuples(st.floats(-900, 900), st.floats(-900, 900)), max_size=8), scale=st.floats(0.01, 500))
def test_no_move_loses_the_picture(moves: list[tuple[float, float]], scale: float) -> None:
    """Whatever is dragged, a canvas that the picture could fill is filled."""
    viewport = Viewport()
    viewport.set_picture(800, 300)
    viewport.zoom_to(scale, QPointF(200, 150), CANVAS)
    for x, y in moves:
        viewport.pan(QPointF(x, y), CANVAS)
    target = viewport.target(CANVAS)
    assert viewport.scale(CANVAS) <= LARGEST_SCALE
    for low, high, length in (
        (target.left(), target.right(), CANVAS.width()),
        (target.top(), target.bottom(), CANVAS.height()),
    ):
        if high - low >= length:
            assert low <= 1e-6
            assert high >= length - 1e-6
        else:
            assert abs(low + high - length) < 1e-6


def test_zooming_out_ends_at_fitting(viewport: Viewport) -> None:
    """A picture is never smaller than it need be; from there it follows the canvas's size again."""
    viewport.zoom_by(4, QPointF(10, 10), CANVAS)
    assert not viewport.is_fitted
    viewport.zoom_by(0.01, QPointF(10, 10), CANVAS)
    assert viewport.is_fitted
    assert viewport.target(QSizeF(800, 800)).width() == 800


def test_a_picture_of_the_same_size_keeps_the_place(viewport: Viewport) -> None:
    """Another picture of that size is seen in the same place, one of another size as a whole."""
    viewport.zoom_by(4, QPointF(10, 10), CANVAS)
    viewport.set_picture(800, 300)
    assert not viewport.is_fitted
    viewport.set_picture(64, 64)
    assert viewport.is_fitted
