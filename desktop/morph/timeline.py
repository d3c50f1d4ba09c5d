"""The frames of a film, with marks at those that are its pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSlider

from desktop.i18n import bind

KNOB = 12  # device-independent pixels: how wide the theme draws the handle
HEIGHT = 28


class Timeline(QSlider):
    """A slider over the frames; Page up and Page down go from mark to mark."""

    def __init__(self) -> None:
        """No marks."""
        super().__init__(Qt.Orientation.Horizontal)
        self.marks: Sequence[int] = ()
        self.setFixedHeight(HEIGHT)
        bind(self, self.setAccessibleName, "Frame")
        bind(self, self.setToolTip, "Marks are the pictures; Page up and Page down go from one to the next")

    def set_marks(self, frames: Sequence[int]) -> None:
        """Which frames are pictures."""
        self.marks = tuple(frames)
        self.update()

    def place_of(self, frame: int) -> float:
        """Where a frame is, in pixels from the left."""
        span = max(1, self.maximum() - self.minimum())
        return KNOB / 2 + (frame - self.minimum()) / span * (self.width() - KNOB)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From mark to mark."""
        here = self.value()
        if event.key() == Qt.Key.Key_PageDown and self.marks:
            self.setValue(next((frame for frame in self.marks if frame > here), self.marks[0]))
        elif event.key() == Qt.Key.Key_PageUp and self.marks:
            self.setValue(next((frame for frame in reversed(self.marks) if frame < here), self.marks[-1]))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The slider, and a small mark under each picture's frame."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().highlight().color() if self.isEnabled() else self.palette().mid().color()
        painter.setPen(QPen(colour, 1))
        painter.setBrush(colour)
        foot = self.height() - 1.0
        for frame in self.marks:
            x = self.place_of(frame)
            painter.drawPolygon(QPolygonF([QPointF(x - 3.5, foot), QPointF(x + 3.5, foot), QPointF(x, foot - 6)]))
