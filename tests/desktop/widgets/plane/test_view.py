"""The map: zoomed, moved, pointed at and drawn on."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from pytestqt.qtbot import QtBot

from desktop.engine.embedding.point_cloud import PointCloud
from desktop.widgets.plane.view import PlaneView

POINTS = np.array([[-1, -1], [1, 1], [0.5, -0.5]], np.float32)


@pytest.fixture
def plane(qtbot: QtBot) -> PlaneView:
    """Three pictures on a map of 400 x 300 pixels."""
    plane = PlaneView()
    qtbot.addWidget(plane)
    plane.resize(400, 300)
    plane.show_points(PointCloud(POINTS), np.full((3, 3), 90, np.uint8), lambda _: QImage())
    plane.show()
    return plane


def wheel(plane: PlaneView, place: QPointF, notches: int) -> None:
    """Turns the wheel over a place."""
    nothing, keys = QPoint(0, 0), Qt.KeyboardModifier.NoModifier
    turn = QPoint(0, 120 * notches)
    event = QWheelEvent(place, place, nothing, turn, Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False)
    plane.wheelEvent(event)


def test_the_point_under_the_mouse_stays_where_the_plane_zooms(plane: PlaneView) -> None:
    """And never to less than the whole plane."""
    place = QPointF(300, 100)
    before = plane.frame.to_plane(place)
    wheel(plane, place, 3)
    after = plane.frame.to_plane(place)
    assert plane.frame.zoom > 1.5
    assert (after.x(), after.y()) == (pytest.approx(before.x()), pytest.approx(before.y()))
    wheel(plane, place, -9)
    assert plane.frame.zoom == 1


def test_a_press_on_nothing_points_and_a_drag_paints(qtbot: QtBot, plane: PlaneView) -> None:
    """Each as points of the plane."""
    painted: list[list[QPointF]] = []
    plane.painted.connect(painted.append)
    with qtbot.waitSignal(plane.pointed) as told:
        qtbot.mousePress(plane, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert told.args is not None
    assert told.args[0] == plane.frame.to_plane(QPointF(100, 100))
    qtbot.mouseMove(plane, QPoint(150, 100))
    qtbot.mouseRelease(plane, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    assert [each.x() for each in painted[0]] == sorted(each.x() for each in painted[0])
    assert len(painted[0]) >= 2


def test_a_lasso_is_closed_when_the_mouse_is_released(qtbot: QtBot, plane: PlaneView) -> None:
    """It holds the pictures that it is drawn around; a lasso points at nothing."""
    plane.tool = "lasso"
    middle = plane.place_of(2).toPoint()
    with qtbot.assertNotEmitted(plane.pointed), qtbot.waitSignal(plane.lassoed) as told:
        qtbot.mousePress(plane, Qt.MouseButton.LeftButton, pos=middle + QPoint(-30, -30))
        for place in (QPoint(30, -30), QPoint(30, 30)):
            qtbot.mouseMove(plane, middle + place)
        qtbot.mouseRelease(plane, Qt.MouseButton.LeftButton, pos=middle + QPoint(-30, 30))
    assert told.args is not None
    assert told.args[0].tolist() == [2]


def test_a_press_on_a_picture_chooses_it(qtbot: QtBot, plane: PlaneView) -> None:
    """And points at nothing; twice opens it."""
    place = plane.place_of(1).toPoint()
    with qtbot.assertNotEmitted(plane.pointed), qtbot.waitSignal(plane.chosen) as told:
        qtbot.mouseClick(plane, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [1]
    with qtbot.waitSignal(plane.opened) as opened:
        qtbot.mouseDClick(plane, Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [1]


def test_another_button_moves_the_plane_and_a_double_click_fits_it(qtbot: QtBot, plane: PlaneView) -> None:
    """The point that was grabbed stays under the mouse."""
    wheel(plane, QPointF(200, 150), 3)
    grabbed = plane.frame.to_plane(QPointF(200, 150))
    qtbot.mousePress(plane, Qt.MouseButton.RightButton, pos=QPoint(200, 150))
    qtbot.mouseMove(plane, QPoint(230, 130))
    qtbot.mouseRelease(plane, Qt.MouseButton.RightButton, pos=QPoint(230, 130))
    moved = plane.frame.to_plane(QPointF(230, 130))
    assert (moved.x(), moved.y()) == (pytest.approx(grabbed.x(), abs=1e-6), pytest.approx(grabbed.y(), abs=1e-6))
    qtbot.mouseDClick(plane, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert plane.frame.zoom == 1


def test_selected_pictures_are_seen(plane: PlaneView) -> None:
    """A selected thumbnail has another outline."""
    image = QImage(8, 8, QImage.Format.Format_RGB888)
    plane.show_points(PointCloud(POINTS), np.full((3, 3), 90, np.uint8), lambda _: image)
    before = plane.grab().toImage()
    plane.set_selected(np.array([1]))
    assert plane.grab().toImage() != before
