"""One slider along one principal axis."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from desktop import theme
from desktop.widgets.labels import label

TICKS = 100  # slider positions in one unit of spread
HANDLE_RADIUS = 7


class AxisSlider(QWidget):
    """Number of the axis, track, and the coordinate in units of spread; 0 is the mean.

    Signals:
        moved(): The user moved or reset it.
    """

    moved = Signal()

    def __init__(self, number: int, low: float, high: float, effect: float) -> None:
        """`low` and `high` in units of spread; `effect` in 8-bit levels, from low to high."""
        super().__init__()
        self._low, self._high = low, high
        self.start = self._exact = 0.0
        self.track = _Track()
        self.track.setAccessibleName(f"Axis {number}")
        self.setToolTip(
            f"Axis {number}: from end to end it changes the picture by {effect:.1f} levels of 255 on average"
        )
        self._text = label("", "number")
        self._text.setFixedWidth(44)
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name = label(str(number), "number")
        name.setFixedWidth(20)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_SMALL // 2)
        row.addWidget(name)
        row.addWidget(self.track, 1)
        row.addWidget(self._text)
        self.setFixedHeight(theme.ROW_HEIGHT)
        self.track.valueChanged.connect(self._on_track)
        self.track.reset_asked.connect(self.reset)
        self.set_start(0.0)

    @property
    def value(self) -> float:
        """The coordinate: exactly what was set until the user moves the slider, then a whole number of ticks."""
        ticks = self.track.value()
        return self._exact if ticks == round(self._exact * TICKS) else ticks / TICKS

    @property
    def text(self) -> str:
        """The coordinate as shown."""
        return self._text.text()

    def set_start(self, start: float) -> None:
        """Where the slider stands now and goes back to; its ends make room for a start beyond them."""
        self.start = start
        low, high = min(self._low, start), max(self._high, start)
        with QSignalBlocker(self.track):
            self.track.setRange(math.floor(low * TICKS), math.ceil(high * TICKS))
        self.track.start = round(start * TICKS)
        self.set_value(start)

    def set_value(self, value: float) -> None:
        """Moves the slider without a signal."""
        self._exact = value
        with QSignalBlocker(self.track):
            self.track.setValue(round(value * TICKS))
        self._show()

    @Slot()
    def reset(self) -> None:
        """Back to the start, with a signal."""
        self.set_value(self.start)
        self.moved.emit()

    @Slot()
    def _on_track(self) -> None:
        self._show()
        self.moved.emit()

    def _show(self) -> None:
        value = round(self.value, 2) + 0.0  # no "-0.00"
        self._text.setText(f"{value:+.2f}".replace("-", "\u2212") if value else "0.00")
        self.track.update()


class _Track(QSlider):
    """The line, a mark at the start, the stretch moved, and the handle, which goes to where the mouse is pressed."""

    reset_asked = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.start = 0
        self.setSingleStep(TICKS // 20)
        self.setPageStep(TICKS // 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_asked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Moves the slider that has the focus; over any other the wheel scrolls the list."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
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
