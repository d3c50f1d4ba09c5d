"""The line of a slider, with its handle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider

TICKS = 100  # positions in one unit
STEP, FINE_STEP, PAGE_STEP = TICKS // 20, 1, TICKS // 2
NOTCH = 120  # what Qt counts for one notch of a wheel
HANDLE_RADIUS = 7


class Track(QSlider):
    """The line, a mark at the start, the stretch moved, and the handle, which goes to where the mouse is pressed.

    Signals:
        reset_asked(): Double-clicked, or Delete or Backspace was pressed.
    """

    reset_asked = Signal()

    def __init__(self) -> None:
        """From 0 to 99, as Qt has it, until a range is set."""
        super().__init__(Qt.Orientation.Horizontal)
        self.start = 0
        self._wheel = 0.0  # ticks that a smooth wheel has turned and that are not yet a whole one
        self.setSingleStep(STEP)
        self.setPageStep(PAGE_STEP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The handle goes to the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The handle follows the mouse."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The handle stays."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the start."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With Shift the arrows move by one tick; Delete and Backspace reset."""
        arrows = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        key = Qt.Key(event.key())
        if key in arrows and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.setValue(self.value() + arrows[key] * FINE_STEP)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.reset_asked.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Moves the slider that has the focus, finer with Shift, and any with Ctrl; else the wheel scrolls the list."""
        keys = event.modifiers()
        fine = keys & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        if not self.hasFocus() and not keys & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        turned = event.angleDelta().y() or event.angleDelta().x()  # some platforms turn it sideways with a modifier
        self._wheel += turned / NOTCH * (FINE_STEP if fine else STEP)
        whole = int(self._wheel)
        self._wheel -= whole
        self.setValue(self.value() + whole)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the palette's colours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, middle = self.palette(), self.height() / 2
        accent = colours.highlight() if self.isEnabled() else colours.mid()
        start, now = self._x(self.start), self._x(self.value())
        for first, last, brush in (
            (self._x(self.minimum()), self._x(self.maximum()), colours.mid()),
            (start, now, accent),
        ):
            painter.setPen(QPen(brush, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(first, middle), QPointF(last, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.placeholderText())
        painter.drawRoundedRect(QRectF(start - 1, middle - 5, 2, 10), 1, 1)
        painter.setPen(QPen(colours.text() if self.hasFocus() else colours.window(), 2))
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(now, middle), HANDLE_RADIUS - 1, HANDLE_RADIUS - 1)

    def _x(self, ticks: int) -> float:
        """Where a position is painted, in pixels from the left."""
        span = max(1, self.maximum() - self.minimum())
        return HANDLE_RADIUS + (ticks - self.minimum()) / span * (self.width() - 2 * HANDLE_RADIUS)

    def _follow(self, event: QMouseEvent) -> None:
        share = (event.position().x() - HANDLE_RADIUS) / max(1, self.width() - 2 * HANDLE_RADIUS)
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))
