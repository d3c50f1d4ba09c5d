"""A plane of pictures that zooms, is pointed at, and selects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPolygonF,
    QWheelEvent,
)

from desktop.engine.embedding.thumbnail_map import ROOM
from desktop.widgets import outlines
from desktop.widgets.plane.canvas import PlaneCanvas
from desktop.widgets.plane.painter import paint_card

Tool = Literal["point", "lasso"]

ZOOM = 1.2  # for each notch of the wheel, and for each key
STEP = 6  # device-independent pixels between the points of a painted path
KEY_STEP = 60  # device-independent pixels that an arrow key moves the plane by
REACH = 14  # device-independent pixels around a dot in which the mouse is on it


class PlaneView(PlaneCanvas):
    """The plane.

    The left button chooses a picture, decodes an empty place, and paints a path or a lasso (also with Shift); any other
    button moves the plane, the wheel zooms. A click of the right button, or the menu key, asks for the menu. Keys:
    arrows move, + and - zoom, 0 shows the whole plane, Space chooses the picture in the middle, Enter opens the chosen
    one, A selects what is in sight.

    Signals:
        pointed(point): An empty place of the plane is pointed at, or the mouse is dragged over it: a QPointF.
        painted(points): A path was drawn: a list of QPointF, at least two.
        chosen(position): A picture was clicked.
        opened(position): A picture was clicked twice.
        lassoed(positions): A lasso was closed around these, int64 `[N]`.
        menu_asked(place): What can be done with the picture there, or with what is selected; on the screen.
    """

    pointed = Signal(object)
    painted = Signal(object)
    chosen = Signal(int)
    opened = Signal(int)
    lassoed = Signal(object)
    menu_asked = Signal(QPoint)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.tool: Tool = "point"
        self._trail: list[QPointF] = []
        self._trail_is_lasso = self._is_panning = False
        self._mouse, self._panned, self._pressed = QPointF(), QPointF(), QPointF()
        self._ghost = QImage()

    def show_ghost(self, image: QImage) -> None:
        """The decoded picture of the place that the mouse is dragged over, shown beside it until it is let go."""
        self._ghost = image if self._trail and not self._trail_is_lasso else QImage()
        self.update()

    def position_at(self, place: QPointF) -> int:
        """The position of the picture under a place of the widget, a thumbnail before a dot; -1 where there is none."""
        for position in self.shown[::-1].tolist():
            at = self.frame.to_widget(*self.cloud.points[position].tolist())
            if abs(at.x() - place.x()) <= ROOM / 2 - 4 and abs(at.y() - place.y()) <= ROOM / 2 - 4:
                return int(position)
        point, (across, up) = self.frame.to_plane(place), self.frame.scale
        return self.cloud.nearest(point.x(), point.y(), REACH / across, REACH / up)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms; what is under the mouse stays there."""
        self.frame.zoom_at(event.position(), ZOOM ** (event.angleDelta().y() / 120))
        self.moved()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button chooses, points or draws, another one moves the plane."""
        here = event.position()
        if event.button() != Qt.MouseButton.LeftButton:
            self._is_panning, self._panned, self._pressed = True, here, here
            return
        self._trail = [here]
        self._trail_is_lasso = self.tool == "lasso" or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not self._trail_is_lasso:
            position = self.position_at(here)
            if position >= 0:
                self.chosen.emit(position)
            else:
                self.pointed.emit(self.frame.to_plane(here))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draws, moves the plane, or looks what is under the mouse."""
        here = self._mouse = event.position()
        if self._is_panning:
            self.frame.move(here.x() - self._panned.x(), here.y() - self._panned.y())
            self._panned = here
            self.moved()
        elif self._trail and (here - self._trail[-1]).manhattanLength() >= STEP:
            self._trail.append(here)
            if not self._trail_is_lasso:
                self.pointed.emit(self.frame.to_plane(here))
        elif not self._trail:
            self.hovered = self.position_at(here)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends what was drawn: a path of two points and more, or a lasso of three and more."""
        if event.button() != Qt.MouseButton.LeftButton:
            self._is_panning = False
            if event.button() == Qt.MouseButton.RightButton:
                self._ask_for_menu(event)
            return
        if self._trail and (event.position() - self._trail[-1]).manhattanLength() >= STEP:
            self._trail.append(event.position())
        trail, self._trail, self._ghost = self._trail, [], QImage()
        self.update()
        if self._trail_is_lasso and len(trail) >= 3:
            self.lassoed.emit(self._within(trail))
        elif not self._trail_is_lasso and len(trail) >= 2:
            self.painted.emit([self.frame.to_plane(each) for each in trail])

    def _ask_for_menu(self, event: QMouseEvent) -> None:
        """Of the picture under the mouse, which is chosen unless it is one of those selected; none after a move."""
        if (event.position() - self._pressed).manhattanLength() < STEP:
            position = self.position_at(event.position())
            if position >= 0 and position not in self._marked:
                self.chosen.emit(position)
            self.menu_asked.emit(event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key; what the mouse asks for is known once its button is up."""
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self.menu_asked.emit(self.mapToGlobal(self.rect().center()))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A picture is opened; elsewhere the whole plane is shown again."""
        position = self.position_at(event.position())
        if position >= 0:
            self.opened.emit(position)
        else:
            self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is on no picture."""
        self.hovered = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything that the mouse does, but for painting."""
        key, middle = event.key(), QPointF(self.width() / 2, self.height() / 2)
        moves = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        if key in moves:
            across, down = moves[Qt.Key(key)]
            self.frame.move(KEY_STEP * across, KEY_STEP * down)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.frame.zoom_at(middle, ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.frame.zoom_at(middle, 1 / ZOOM)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_A:
            self.lassoed.emit(np.sort(self.cloud.inside(*self.frame.in_sight())))
        elif key == Qt.Key.Key_Space:
            self._choose_in_the_middle()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)
            return
        self.moved()

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """What is being drawn, and a card of what the mouse is on."""
        if len(self._trail) > 1:
            path = QPainterPath()
            path.addPolygon(QPolygonF(self._trail))
            if self._trail_is_lasso:
                path.closeSubpath()
            outlines.stroke(painter, path)
        if not self._ghost.isNull():
            paint_card(painter, self.palette(), area, self._mouse, self._ghost, "")
        elif self.hovered >= 0 and not self._trail:
            image = self.thumbnails.image(self.hovered)
            paint_card(painter, self.palette(), area, self._mouse, image, self.name(self.hovered).rsplit("/", 1)[-1])

    def _choose_in_the_middle(self) -> None:
        point, (across, up) = self.frame.centre, self.frame.scale
        reach = max(self.width(), self.height())
        position = self.cloud.nearest(point.x(), point.y(), reach / across, reach / up)
        if position >= 0:
            self.chosen.emit(position)

    def _within(self, outline: Sequence[QPointF]) -> NDArray[np.int64]:
        """The positions within an outline, to the pixel."""
        image = QImage(self.width(), self.height(), QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255))
        painter.drawPolygon(QPolygonF(outline))
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(self.height(), image.bytesPerLine())
        return self.cloud.within(self.frame.view(), rows[:, : self.width()] > 127)
