"""Points of a picture to be dragged, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.drag_overlay import FAST_STEP, KEY_STEP, DragOverlay
from desktop.widgets.viewport import Viewport

LEFT = Qt.MouseButton.LeftButton
Told = list[tuple[str, tuple[float, float] | None]]


@pytest.fixture
def overlay(qtbot: QtBot) -> DragOverlay:
    """Over a canvas of 200 x 100 with a picture of 100 x 100, of which the model sees the right half at 64 x 128."""
    canvas, viewport = QWidget(), Viewport()
    qtbot.addWidget(canvas)
    viewport.setParent(canvas)
    canvas.resize(200, 100)
    viewport.set_picture(100, 100)
    overlay = DragOverlay(canvas, viewport)
    overlay.set_picture(QRectF(50, 0, 50, 100), QSizeF(64, 128))
    canvas.show()
    overlay.set_active(True)
    return overlay


def listen(overlay: DragOverlay) -> Told:
    """What it tells from now on."""
    told: Told = []
    overlay.grasped.connect(lambda point: told.append(("grasped", (point.x(), point.y()))))
    overlay.dragged.connect(lambda point: told.append(("dragged", (point.x(), point.y()))))
    overlay.released.connect(lambda: told.append(("released", None)))
    return told


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(-50, 250), st.floats(-50, 150), st.floats(0.5, 8))
def test_places_and_points_go_there_and_back(overlay: DragOverlay, x: float, y: float, factor: float) -> None:
    """However far the picture is zoomed."""
    overlay._viewport.fit()
    overlay._viewport.zoom_by(factor, QPointF(120, 60), QSizeF(200, 100))
    back = overlay.place_of(overlay.point_at(QPointF(x, y)))
    assert (back.x(), back.y()) == (pytest.approx(x, abs=1e-6), pytest.approx(y, abs=1e-6))


def test_the_mouse_takes_hold_drags_and_lets_go(qtbot: QtBot, overlay: DragOverlay) -> None:
    """In pixels of the decoded picture; what is dragged may leave it."""
    told = listen(overlay)
    start, end = QPointF(100, 50).toPoint(), QPointF(150, 100).toPoint()
    assert overlay.point_at(QPointF(start)) == QPointF(0, 64)
    qtbot.mouseMove(overlay, end)
    qtbot.mousePress(overlay, LEFT, pos=start)
    qtbot.mouseMove(overlay, end)
    qtbot.mouseRelease(overlay, LEFT, pos=end)
    assert told[0] == ("grasped", (0.0, 64.0))
    assert told[-2:] == [("dragged", (64.0, 128.0)), ("released", None)]


def test_beside_the_decoded_picture_nothing_is_held(qtbot: QtBot, overlay: DragOverlay) -> None:
    """Nor by another button, which is the canvas's."""
    told = listen(overlay)
    qtbot.mousePress(overlay, LEFT, pos=QPointF(60, 50).toPoint())
    qtbot.mousePress(overlay, Qt.MouseButton.RightButton, pos=QPointF(120, 50).toPoint())
    qtbot.mouseMove(overlay, QPointF(130, 50).toPoint())
    assert told == []


def test_the_keyboard_does_what_the_mouse_does(qtbot: QtBot, overlay: DragOverlay) -> None:
    """From the middle: Space takes hold, an arrow drags by a pixel, with Shift by eight, Space lets go."""
    told = listen(overlay)
    qtbot.keyClick(overlay, Qt.Key.Key_Right)
    qtbot.keyClick(overlay, Qt.Key.Key_Space)
    qtbot.keyClick(overlay, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(overlay, Qt.Key.Key_Space)
    x = 32 + KEY_STEP
    assert told == [("grasped", (x, 64.0)), ("dragged", (x, 64.0 - FAST_STEP)), ("released", None)]


def test_put_away_in_the_middle_it_lets_go(qtbot: QtBot, overlay: DragOverlay) -> None:
    """Nothing stays held by a mode that has ended, and it is as large as its canvas when it comes back."""
    told = listen(overlay)
    qtbot.mousePress(overlay, LEFT, pos=QPointF(100, 50).toPoint())
    overlay.set_active(False)
    assert told[-1] == ("released", None)
    assert overlay.isHidden()
    overlay._canvas.resize(300, 150)
    overlay.set_active(True)
    assert overlay.size() == overlay._canvas.size()
    overlay.show_points(QPointF(1, 1), QPointF(20, 20))
    assert not overlay.grab().isNull()
