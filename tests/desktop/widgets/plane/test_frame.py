"""Which part of a plane is shown: there and back, zoomed about a point, and never lost."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from desktop.widgets.plane.frame import EDGE, LARGEST_ZOOM, PlaneFrame

NUMBERS = st.floats(-1e3, 1e3)
SIDES = st.integers(2 * EDGE + 10, 4000)


def framed(left: float, low: float, width: float, height: float, size: tuple[int, int]) -> PlaneFrame:
    """A frame that shows all of a plane in a widget of that size."""
    frame = PlaneFrame()
    frame.size = size
    frame.show_all(QRectF(left, low, width, height))
    return frame


@given(NUMBERS, NUMBERS, st.floats(0, 1e3), st.floats(0, 1e3), SIDES, SIDES)
def test_all_of_a_plane_is_in_sight(
    left: float, low: float, width: float, height: float, across: int, down: int
) -> None:
    """Its corners lie in the widget, a thumbnail's room from the edges, also where all points lie in one place."""
    assume((width == 0 or width > 1e-3) and (height == 0 or height > 1e-3))
    frame = framed(left, low, width, height, (across, down))
    for x, y in ((frame.extent.left(), frame.extent.top()), (frame.extent.right(), frame.extent.bottom())):
        place = frame.to_widget(x, y)
        assert EDGE - 0.01 <= place.x() <= across - EDGE + 0.01
        assert EDGE - 0.01 <= place.y() <= down - EDGE + 0.01
    first_x, low_y, last_x, high_y = frame.in_sight()
    assert first_x <= left <= left + width <= last_x
    assert low_y <= low <= low + height <= high_y


@given(SIDES, SIDES, st.floats(0.01, 100), st.floats(0, 1), st.floats(0, 1))
def test_positions_go_there_and_back(across: int, down: int, factor: float, x: float, y: float) -> None:
    """A position's point is shown at that position, however far it is zoomed; `view` says the same as `to_widget`."""
    frame = framed(-2, 3, 5, 7, (across, down))
    frame.zoom_at(QPointF(across * x, down * y), factor)
    there = frame.to_plane(QPointF(across * y, down * x))
    back = frame.to_widget(there.x(), there.y())
    assert back.x() == pytest.approx(across * y, abs=1e-3)
    assert back.y() == pytest.approx(down * x, abs=1e-3)
    scale_x, scale_y, offset_x, offset_y = frame.view(2.0)
    assert there.x() * scale_x + offset_x == pytest.approx(2 * across * y, abs=0.01)
    assert there.y() * scale_y + offset_y == pytest.approx(2 * down * x, abs=0.01)


@given(st.floats(1, 50), st.floats(0.2, 0.8), st.floats(0.2, 0.8))
def test_zooming_in_keeps_what_is_under_the_mouse(factor: float, x: float, y: float) -> None:
    """The point under the mouse is there before and after."""
    frame, place = framed(0, 0, 1, 1, (600, 400)), QPointF(600 * x, 400 * y)
    before = frame.to_plane(place)
    frame.zoom_at(place, factor)
    after = frame.to_plane(place)
    assert (after.x(), after.y()) == (pytest.approx(before.x(), abs=1e-6), pytest.approx(before.y(), abs=1e-6))


@given(st.lists(st.tuples(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5), st.floats(0.01, 100)), max_size=8))
def test_the_points_are_never_lost(moves: list[tuple[float, float, float]]) -> None:
    """However it is dragged and zoomed, the middle is among the points and the zoom within its bounds."""
    frame = framed(-1, -1, 2, 4, (500, 300))
    for across, down, factor in moves:
        frame.move(across, down)
        frame.zoom_at(QPointF(250, 10), factor)
        assert 1 <= frame.zoom <= LARGEST_ZOOM
        assert -1 <= frame.centre.x() <= 1
        assert -1 <= frame.centre.y() <= 3


def test_what_is_dragged_follows_the_mouse() -> None:
    """Once zoomed in, a drag by some pixels moves what is shown by as many."""
    frame = framed(0, 0, 1, 1, (600, 400))
    frame.zoom_at(QPointF(300, 200), 4)
    before = frame.to_widget(0.5, 0.5)
    frame.move(30, -20)
    after = frame.to_widget(0.5, 0.5)
    assert (after - before).x() == pytest.approx(30)
    assert (after - before).y() == pytest.approx(-20)
