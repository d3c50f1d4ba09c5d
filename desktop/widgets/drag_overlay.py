"""Points of a picture to be dragged, over a canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.i18n import bind
from desktop.widgets.viewport import Viewport

RADIUS = 5  # device-independent pixels
KEY_STEP, FAST_STEP = 1.0, 8.0  # pixels of the picture; the second with Shift


class DragOverlay(QWidget):
    """While it is active, the left button takes hold of a point and drags it; so does the keyboard.

    Arrows move a cursor, Space takes hold and lets go again.

    Signals, with points in pixels of the decoded picture from its upper left corner:
        grasped(point): A point is held, a QPointF.
        dragged(point): The mouse is there now.
        released(): It was let go.
    """

    grasped = Signal(object)
    dragged = Signal(object)
    released = Signal()

    def __init__(self, canvas: QWidget, viewport: Viewport) -> None:
        """Over a canvas that shows what the viewport sees; hidden until it is active."""
        super().__init__(canvas)
        self._canvas, self._viewport = canvas, viewport
        self._place, self._size = QRectF(), QSizeF(1, 1)
        self._held = False
        self._cursor: QPointF | None = None
        self._shown: tuple[QPointF, QPointF] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        bind(self, self.setAccessibleName, "Drag points: arrows move the cursor, Space takes hold and lets go")
        canvas.installEventFilter(self)
        viewport.changed.connect(self.update)
        self.hide()

    def set_picture(self, place: QRectF, size: QSizeF) -> None:
        """Where the decoded picture lies in the viewport's, and its size in pixels."""
        self._place, self._size = place, size
        self.update()

    def show_points(self, held: QPointF | None, mouse: QPointF | None) -> None:
        """Where what is held is, and where it should be; None for neither."""
        self._shown = None if held is None or mouse is None else (held, mouse)
        self.update()

    def set_active(self, active: bool) -> None:
        """Whether points are dragged here."""
        self.setGeometry(self._canvas.rect())
        self.setVisible(active)
        if not active:
            self._let_go()

    def point_at(self, position: QPointF) -> QPointF:
        """The point of the decoded picture under a place of the widget."""
        point = self._viewport.to_picture(position, QSizeF(self.size())) - self._place.topLeft()
        across, down = self._size.width() / self._place.width(), self._size.height() / self._place.height()
        return QPointF(point.x() * across, point.y() * down)

    def place_of(self, point: QPointF) -> QPointF:
        """Where a point of the decoded picture is in the widget."""
        size = QSizeF(self.size())
        target, scale = self._viewport.target(size), self._viewport.scale(size)
        across, down = self._place.width() / self._size.width(), self._place.height() / self._size.height()
        inside = QPointF(self._place.left() + point.x() * across, self._place.top() + point.y() * down)
        return target.topLeft() + inside * scale

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as its canvas."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of what is there; other buttons are the canvas's."""
        point = self.point_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or not QRectF(QPointF(), self._size).contains(point):
            event.ignore()
            return
        self._take_hold(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags it."""
        if self._held:
            self.dragged.emit(self.point_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cursor, and what is held with it; Space takes hold and lets go."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        here = self._cursor or QPointF(self._size.width() / 2, self._size.height() / 2)
        if key in steps:
            step = FAST_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else KEY_STEP
            x = min(max(here.x() + step * steps[key][0], 0.0), self._size.width())
            y = min(max(here.y() + step * steps[key][1], 0.0), self._size.height())
            self._cursor = QPointF(x, y)
            if self._held:
                self.dragged.emit(self._cursor)
            self.update()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._cursor = here
            self._let_go() if self._held else self._take_hold(here)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The point, the mouse and a line between them, light on dark so that they are seen on any picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().highlight().color()
        if self._shown is not None:
            held, mouse = (self.place_of(point) for point in self._shown)
            for colour, width in ((QColor(0, 0, 0, 160), 4.0), (QColor("white"), 2.0)):
                painter.setPen(QPen(colour, width))
                painter.drawLine(held, mouse)
            for point, fill in ((mouse, QColor("white")), (held, accent)):
                painter.setPen(QPen(QColor(0, 0, 0, 200), 1.5))
                painter.setBrush(fill)
                painter.drawEllipse(point, RADIUS, RADIUS)
        elif self._cursor is not None and self.hasFocus():
            place = self.place_of(self._cursor)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((QColor(0, 0, 0, 160), 4.0), (QColor("white"), 2.0)):
                painter.setPen(QPen(colour, width))
                painter.drawEllipse(place, RADIUS + 2, RADIUS + 2)

    def _take_hold(self, point: QPointF) -> None:
        self._held, self._cursor = True, point
        self.grasped.emit(point)

    def _let_go(self) -> None:
        if self._held:
            self._held = False
            self.released.emit()
