"""A plane to move in: one slider across, another one up."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.i18n import bind

HEIGHT = 180  # device-independent pixels
RADIUS = 7
INSET = 12
STEPS = 40  # of the keyboard from one end to the other; with Shift each is a fifth of that


class Pad(QWidget):
    """A handle in a plane, in the two sliders' own units.

    Signals:
        moved(x, y): The user moved it.
        grabbed(): The user pressed it or let it go: a new movement begins.
        reset_asked(): The user wants both back at their starts: a double click, or Delete.
    """

    moved = Signal(float, float)
    grabbed = Signal()
    reset_asked = Signal()

    def __init__(self) -> None:
        """From -1 to 1 both ways."""
        super().__init__()
        self._across, self._up = (-1.0, 1.0), (-1.0, 1.0)
        self.position = (0.0, 0.0)
        self._start = (0.0, 0.0)
        self._is_held = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        bind(self, self.setAccessibleName, "Pad: arrows move two sliders at once")

    def set_limits(self, across: tuple[float, float], up: tuple[float, float]) -> None:
        """The ends of both sliders."""
        self._across, self._up = across, up
        self.update()

    def set_position(self, start: tuple[float, float], position: tuple[float, float]) -> None:
        """Where both go back to, and where they stand; no signal."""
        self._start, self.position = start, position
        self.update()

    def place_of(self, position: tuple[float, float]) -> QPointF:
        """Where a position is in the widget; one beyond the ends lies at the edge."""
        area = self._area()
        shares = [
            min(max((value - low) / max(high - low, 1e-9), 0.0), 1.0)
            for value, (low, high) in zip(position, (self._across, self._up))
        ]
        return QPointF(area.left() + shares[0] * area.width(), area.bottom() - shares[1] * area.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The handle goes to the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_held = True
            self.grabbed.emit()
            self._follow(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The handle follows the mouse."""
        if self._is_held:
            self._follow(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The handle stays."""
        if self._is_held and event.button() == Qt.MouseButton.LeftButton:
            self._is_held = False
            self.grabbed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Both back to their starts."""
        self._is_held = False
        self.reset_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, finer with Shift; Delete resets."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        key = Qt.Key(event.key())
        if key in steps:
            fine = 5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            values = [
                min(max(value + way * (high - low) / (STEPS * fine), low), high)
                for value, way, (low, high) in zip(self.position, steps[key], (self._across, self._up))
            ]
            self.moved.emit(*values)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.reset_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plane, lines through the start, and the handle."""
        painter, colours = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(colours.highlight(), 1.5) if self.hasFocus() else QPen(colours.mid(), 1))
        painter.setBrush(colours.alternateBase())
        painter.drawRoundedRect(whole, theme.RADIUS, theme.RADIUS)
        area, start, here = self._area(), self.place_of(self._start), self.place_of(self.position)
        painter.setPen(QPen(colours.placeholderText(), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(area.left(), start.y()), QPointF(area.right(), start.y()))
        painter.drawLine(QPointF(start.x(), area.top()), QPointF(start.x(), area.bottom()))
        painter.setPen(QPen(colours.highlight(), 2))
        painter.drawLine(start, here)
        painter.setPen(QPen(colours.window(), 2))
        painter.setBrush(colours.highlight() if self.isEnabled() else colours.mid())
        painter.drawEllipse(here, RADIUS, RADIUS)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)

    def _follow(self, place: QPointF) -> None:
        area = self._area()
        across = min(max((place.x() - area.left()) / area.width(), 0.0), 1.0)
        up = min(max((area.bottom() - place.y()) / area.height(), 0.0), 1.0)
        values = [low + share * (high - low) for share, (low, high) in zip((across, up), (self._across, self._up))]
        self.moved.emit(*values)
