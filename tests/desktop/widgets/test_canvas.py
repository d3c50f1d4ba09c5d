"""A canvas, driven by mouse, wheel and keyboard."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine.pictures import Pixels
from desktop.qt_images import to_pixels
from desktop.widgets.canvas import Canvas, Side
from desktop.widgets.layer import Layer, Raster
from desktop.widgets.viewport import Viewport
from tests.pictures import gradient

LEFT = Qt.MouseButton.LeftButton


def whole(pixels: Pixels) -> Side:
    """A side with one layer that covers everything."""
    height, width, _ = pixels.shape
    return Side([Layer(Raster(pixels), QRectF(0, 0, width, height))])


def black_and_white() -> tuple[Side, Side]:
    """Two sides that cannot be taken for each other."""
    return whole(np.zeros((100, 100, 3), np.uint8)), whole(np.full((100, 100, 3), 255, np.uint8))


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    """A shown canvas of 400 x 400 pixels over pictures of 100 x 100."""
    viewport = Viewport()
    viewport.set_picture(100, 100)
    canvas = Canvas(viewport)
    viewport.setParent(canvas)
    qtbot.addWidget(canvas)
    canvas.resize(400, 400)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


def shown(canvas: Canvas) -> Pixels:
    """What is painted."""
    return to_pixels(canvas.grab().toImage())


def turn_wheel(canvas: Canvas, position: QPointF, notches: int) -> None:
    """One turn of the wheel over a place."""
    none, delta = Qt.MouseButton.NoButton, QPoint(0, 120 * notches)
    where = canvas.mapToGlobal(position)
    keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(canvas, QWheelEvent(position, where, QPoint(), delta, none, keys, phase, False))


def test_the_divider_stands_between_the_sides(qtbot: QtBot, canvas: Canvas) -> None:
    """One side is left of it and the other right; dragged, it takes the border with it."""
    canvas.show_sides(*black_and_white())
    row = shown(canvas)[60]
    assert (row[20:190] == 0).all()
    assert (row[210:380] == 255).all()
    qtbot.mousePress(canvas, LEFT, pos=QPoint(203, 60))
    qtbot.mouseMove(canvas, QPoint(100, 60))
    qtbot.mouseRelease(canvas, LEFT, pos=QPoint(100, 60))
    row = shown(canvas)[60]
    assert (row[20:90] == 0).all()
    assert (row[110:380] == 255).all()
    qtbot.mouseMove(canvas, QPoint(300, 60))
    assert canvas.divider == pytest.approx(0.25)


def test_the_keyboard_moves_the_divider(qtbot: QtBot, canvas: Canvas) -> None:
    """Shift and an arrow, in steps."""
    canvas.show_sides(*black_and_white())
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.divider == pytest.approx(0.52)
    qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.divider == pytest.approx(0.5)


def test_the_wheel_zooms_at_the_cursor(canvas: Canvas) -> None:
    """The pixel under the cursor stays there, and is told."""
    canvas.show_sides(whole(gradient(100, 100)))
    told: list[QPointF] = []
    canvas.hovered.connect(told.append)
    size, place = QSizeF(canvas.size()), QPointF(120, 280)
    before = canvas.viewport.to_picture(place, size)
    turn_wheel(canvas, place, 6)
    assert canvas.viewport.scale(size) == pytest.approx(4 * 1.25**6)
    assert (canvas.viewport.to_picture(place, size) - before).manhattanLength() < 1e-6
    assert (told[-1] - before).manhattanLength() < 1e-6
    turn_wheel(canvas, place, -20)
    assert canvas.viewport.is_fitted


def test_a_drag_pans_once_it_is_zoomed(qtbot: QtBot, canvas: Canvas) -> None:
    """The picture follows the mouse; as a whole it stays."""
    canvas.show_sides(whole(gradient(100, 100)))
    for zoomed, expected in ((False, 0.0), (True, -5.0)):
        if zoomed:
            canvas.viewport.zoom_to(8.0, QPointF(200, 200), QSizeF(canvas.size()))
        before = canvas.viewport.to_picture(QPointF(0, 0), QSizeF(canvas.size()))
        qtbot.mousePress(canvas, LEFT, pos=QPoint(200, 200))
        qtbot.mouseMove(canvas, QPoint(240, 200))
        qtbot.mouseRelease(canvas, LEFT, pos=QPoint(240, 200))
        after = canvas.viewport.to_picture(QPointF(0, 0), QSizeF(canvas.size()))
        assert (after - before).x() == pytest.approx(expected)


def test_keys_zoom_fit_and_show_pixels(qtbot: QtBot, canvas: Canvas) -> None:
    """Plus, 0, 1 and the arrows; at 100 % a pixel of the picture is one of the screen's."""
    canvas.show_sides(whole(gradient(900, 900)))
    canvas.viewport.set_picture(900, 900)
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.percent == pytest.approx(100)
    middle = shown(canvas)[150:250, 150:250]
    assert any(np.array_equal(middle, gradient(900, 900)[row : row + 100, 400:500]) for row in range(398, 403))
    corner = canvas.viewport.to_picture(QPointF(0, 0), QSizeF(canvas.size()))
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.viewport.to_picture(QPointF(0, 0), QSizeF(canvas.size())).x() == pytest.approx(corner.x() + 48)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.percent == pytest.approx(125)
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.viewport.is_fitted


def test_arrows_that_move_nothing_are_left_to_others(canvas: Canvas) -> None:
    """While the whole picture is seen, an arrow key goes on to whoever wants it; zoomed, it stays here."""
    canvas.show_sides(whole(gradient(100, 100)))
    for zoomed in (False, True):
        if zoomed:
            canvas.zoom(4.0)
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(canvas, event)
        assert event.isAccepted() == zoomed


def test_enlarged_pixels_are_blocks(canvas: Canvas) -> None:
    """Far in, each pixel is a square of one colour, so that it can be told from its neighbours."""
    noise = np.random.default_rng(0).integers(0, 256, (100, 100, 3), np.uint8)
    canvas.show_sides(whole(noise))
    canvas.viewport.zoom_to(20.0, QPointF(200, 200), QSizeF(canvas.size()))
    painted = shown(canvas)
    corner = canvas.viewport.to_picture(QPointF(210, 210), QSizeF(canvas.size()))
    assert painted[210, 210].tolist() == noise[int(corner.y()), int(corner.x())].tolist()
    assert np.array_equal(painted[203:217, 203:217], np.broadcast_to(painted[210, 210], (14, 14, 3)))


@pytest.mark.parametrize("scale", [0.05, 0.3, 1.0, 3.0])
def test_large_pictures_are_where_small_ones_would_be(canvas: Canvas, scale: float) -> None:
    """A picture with a smaller one for the screen is painted in the same place at every scale."""
    pixels = np.repeat(np.repeat(gradient(75, 100), 40, axis=0), 40, axis=1)
    reduced = np.ascontiguousarray(pixels[::2, ::2])
    place = QRectF(0, 0, 4000, 3000)
    canvas.viewport.set_picture(4000, 3000)
    painted = []
    for preview in (None, reduced):
        canvas.show_sides(Side([Layer(Raster(pixels, preview), place)]))
        canvas.viewport.fit()
        canvas.viewport.zoom_to(scale, QPointF(130, 170), QSizeF(canvas.size()))
        painted.append(shown(canvas).astype(int))
    assert np.abs(painted[0] - painted[1]).mean() < 2


def test_layers_lie_where_they_are_placed(canvas: Canvas) -> None:
    """A layer that covers a part is painted over the one beneath it, and there only."""
    beneath, part = np.zeros((100, 100, 3), np.uint8), np.full((10, 10, 3), 255, np.uint8)
    inner = Layer(Raster(part), QRectF(25, 50, 50, 25))
    canvas.show_sides(Side([Layer(Raster(beneath), QRectF(0, 0, 100, 100)), inner]))
    painted = shown(canvas)
    assert (painted[210:290, 110:290] == 255).all()
    assert not painted[20:190, 20:380].any()
    assert inner.value_at(25, 50) == (255, 255, 255)
    assert inner.value_at(24.9, 50) is None
