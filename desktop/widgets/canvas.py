"""The surround on which pictures are compared: it zooms, pans, splits, and says what is under the cursor."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.hint import paint_hint
from desktop.widgets.layer import Layer
from desktop.widgets.viewport import WHEEL_FACTOR, Viewport

GRAB = 10  # device-independent pixels on either side of the divider that take hold of it
HANDLE_RADIUS = 12
DIVIDER_STEP = 0.02
PAN_STEP = 48


@dataclasses.dataclass(frozen=True)
class Side:
    """Layers painted one over the other, and the words for them in the corner, if any."""

    layers: Sequence[Layer] = ()
    name: str = ""


class Canvas(QWidget):
    """Shows one side, or two with a divider between them.

    Signals:
        hovered(point): The point of the picture under the cursor, a QPointF; None where there is none.
        menu_asked(place): The right button or the menu key asks what can be done with the picture; on the screen.
    """

    hovered = Signal(object)
    menu_asked = Signal(QPoint)

    def __init__(self, viewport: Viewport, invites: bool = False) -> None:
        """An `invites` canvas draws a dashed outline while it is empty: this is where a picture goes."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(96, 96)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport = viewport
        self.divider = 0.5  # of what is seen of the picture, from its left
        self.left, self.right = Side(), Side()
        self._invites, self._highlighted, self._hint = invites, False, ("", "")
        self._dragged: QPointF | None = None
        self._holds_divider = False
        viewport.changed.connect(self._follow)

    def show_sides(self, left: Side, right: Side | None = None) -> None:
        """One side; or two, the second to the right of the divider."""
        sides = left, right or Side()
        if sides != (self.left, self.right):
            self.left, self.right = sides
            self.update()

    def set_hint(self, first: str, second: str) -> None:
        """Two lines for the time without a picture."""
        if self._hint != (first, second):
            self._hint = (first, second)
            self.update()

    def set_highlighted(self, highlighted: bool) -> None:
        """Whether something is being dragged over the window, to be dropped."""
        self._highlighted = highlighted
        self.update()

    @property
    def is_split(self) -> bool:
        """Whether there are two sides."""
        return bool(self.left.layers and self.right.layers)

    @property
    def divider_x(self) -> float:
        """Where the divider stands, in device-independent pixels from the left."""
        seen = self._seen()
        return seen.left() + self.divider * seen.width()

    def set_divider(self, share: float) -> None:
        """Moves the divider to a share of what is seen, 0 to 1."""
        self.divider = min(max(share, 0.0), 1.0)
        self.update()

    def zoom(self, factor: float) -> None:
        """Zooms about the middle."""
        self.viewport.zoom_by(factor, QRectF(self.rect()).center(), self._size())

    def zoom_to_pixels(self) -> None:
        """One device pixel for each of the picture's."""
        self.viewport.zoom_to(1 / self.devicePixelRatio(), QRectF(self.rect()).center(), self._size())

    @property
    def percent(self) -> float:
        """Device pixels for each of the picture's, in percent."""
        return 100 * self.viewport.scale(self._size()) * self.devicePixelRatio()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms at the cursor."""
        if self.left.layers:
            notches = event.angleDelta().y() / 120
            self.viewport.zoom_by(WHEEL_FACTOR**notches, event.position(), self._size())
            self._tell(event.position())
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the divider, or of the picture."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._dragged = event.position()
            self._holds_divider = event.button() == Qt.MouseButton.LeftButton and self._is_at_divider(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves what is held, and tells what is under the cursor."""
        here = event.position()
        if self._dragged is not None and self._holds_divider:
            seen = self._seen()
            self.set_divider((here.x() - seen.left()) / max(1.0, seen.width()))
        elif self._dragged is not None:
            self.viewport.pan(here - self._dragged, self._size())
            self._dragged = here
        self._choose_cursor(here)
        self._tell(here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        self._dragged, self._holds_divider = None, False
        self._choose_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The whole picture, or its pixels."""
        if not self.viewport.is_fitted:
            self.viewport.fit()
        else:
            self.viewport.zoom_to(max(1.0, 4 * self.viewport.scale(self._size())), event.position(), self._size())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu, where there is a picture."""
        if self.left.layers:
            self.menu_asked.emit(event.globalPos())
            event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor."""
        self.hovered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom, 0 fits, 1 shows pixels; arrows pan, with Shift they move the divider."""
        key, keys = event.key(), Qt.Key
        steps = {keys.Key_Left: (1, 0), keys.Key_Right: (-1, 0), keys.Key_Up: (0, 1), keys.Key_Down: (0, -1)}
        if key in (keys.Key_Plus, keys.Key_Equal):
            self.zoom(WHEEL_FACTOR)
        elif key == keys.Key_Minus:
            self.zoom(1 / WHEEL_FACTOR)
        elif key == keys.Key_0:
            self.viewport.fit()
        elif key == keys.Key_1:
            self.zoom_to_pixels()
        elif key in steps and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.is_split:
            self.set_divider(self.divider - DIVIDER_STEP * steps[keys(key)][0])
        elif key in steps and not self.viewport.is_fitted:
            across, down = steps[keys(key)]
            self.viewport.pan(QPointF(across, down) * PAN_STEP, self._size())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surround, pictures or hint, and the outline while something is dragged over the window."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, whole = self.palette(), QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.alternateBase())
        painter.drawRoundedRect(whole, theme.RADIUS, theme.RADIUS)
        if self.left.layers:
            self._paint_sides(painter, whole)
        else:
            paint_hint(painter, whole, colours, self._hint)
        if self._highlighted:
            self._paint_outline(painter, QPen(colours.highlight(), 3))
        elif self._invites and not self.left.layers:
            self._paint_outline(painter, QPen(colours.placeholderText(), 1.5, Qt.PenStyle.DashLine))
        elif self.hasFocus():
            self._paint_outline(painter, QPen(colours.highlight(), 1.5))

    def _paint_sides(self, painter: QPainter, whole: QRectF) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(whole, theme.RADIUS, theme.RADIUS)
        painter.save()
        painter.setClipPath(outline)
        if not self.is_split:
            self._paint_layers(painter, self.left, whole)
            self._paint_name(painter, self.left.name, at_right=False)
        else:
            x = self.divider_x
            self._paint_layers(painter, self.left, QRectF(0, 0, x, whole.height()))
            self._paint_layers(painter, self.right, QRectF(x, 0, whole.width() - x, whole.height()))
            self._paint_name(painter, self.left.name, at_right=False)
            self._paint_name(painter, self.right.name, at_right=True)
            _paint_divider(painter, x, whole)
        painter.restore()

    def _paint_layers(self, painter: QPainter, side: Side, part: QRectF) -> None:
        painter.save()
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        target, scale = self.viewport.target(self._size()), self.viewport.scale(self._size())
        for layer in side.layers:
            place = QRectF(target.topLeft() + layer.place.topLeft() * scale, layer.place.size() * scale)
            layer.paint(painter, place, part, self.devicePixelRatio(), crisp=not self.viewport.is_fitted)
        painter.restore()

    def _paint_name(self, painter: QPainter, name: str, at_right: bool) -> None:
        """A side's name in its lower corner, legible on any picture."""
        if not name:
            return
        font = painter.font()
        font.setPixelSize(theme.SMALL_TEXT)
        painter.setFont(font)
        width, height = painter.fontMetrics().horizontalAdvance(name) + 2 * theme.GAP_SMALL, theme.SMALL_TEXT + 10
        left = self.width() - width - theme.GAP_SMALL if at_right else theme.GAP_SMALL
        chip = QRectF(left, self.height() - height - theme.GAP_SMALL, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawRoundedRect(chip, height / 2, height / 2)
        painter.setPen(QColor("white"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_outline(self, painter: QPainter, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.RADIUS, theme.RADIUS)

    @Slot()
    def _follow(self) -> None:
        self.update()

    def _size(self) -> QSizeF:
        return QSizeF(self.size())

    def _seen(self) -> QRectF:
        """What of the canvas the picture covers."""
        return self.viewport.target(self._size()).intersected(QRectF(self.rect()))

    def _is_at_divider(self, position: QPointF) -> bool:
        return self.is_split and abs(position.x() - self.divider_x) <= GRAB

    def _choose_cursor(self, position: QPointF) -> None:
        shapes = Qt.CursorShape
        if self._holds_divider or (self._dragged is None and self._is_at_divider(position)):
            self.setCursor(shapes.SplitHCursor)
        elif self.viewport.is_fitted:
            self.unsetCursor()
        else:
            self.setCursor(shapes.OpenHandCursor if self._dragged is None else shapes.ClosedHandCursor)

    def _tell(self, position: QPointF) -> None:
        self.hovered.emit(self.viewport.to_picture(position, self._size()) if self.left.layers else None)


def _paint_divider(painter: QPainter, x: float, whole: QRectF) -> None:
    """A line with a handle that shows both ways, light on dark, so that it is seen on any picture."""
    middle = QPointF(x, whole.center().y())
    for colour, width in ((QColor(0, 0, 0, 110), 4.0), (QColor("white"), 2.0)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QPointF(x, 0), QPointF(x, whole.height()))
    painter.setPen(QPen(QColor(0, 0, 0, 110), 1))
    painter.setBrush(QColor("white"))
    painter.drawEllipse(middle, HANDLE_RADIUS, HANDLE_RADIUS)
    painter.setPen(QPen(QColor(60, 60, 60), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for way in (-1, 1):
        tip = middle + QPointF(way * 7, 0)
        painter.drawLine(tip, tip + QPointF(-way * 3.5, -3.5))
        painter.drawLine(tip, tip + QPointF(-way * 3.5, 3.5))
