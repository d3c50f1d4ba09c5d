"""How often each level occurs in a picture, for red, green and blue."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.i18n import bind

HEIGHT = 72  # device-independent pixels
BINS = 64
MOST_PIXELS = 200_000  # that are counted: of a larger picture every second one, and so on
COLOURS = (QColor(224, 60, 49), QColor(46, 160, 67), QColor(56, 110, 240))


class Histogram(QWidget):
    """Filled curves of what is shown; thin lines of the original, where there is one to compare with."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.counts: NDArray[np.float64] | None = None
        self._original: NDArray[np.float64] | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bind(self, self.setAccessibleName, "Histogram of red, green and blue")

    def show_pixels(self, shown: NDArray[np.uint8] | None, original: NDArray[np.uint8] | None) -> None:
        """Counts the levels of pictures, uint8 `[H, W, 3]`."""
        self.counts = None if shown is None else levels(shown)
        self._original = None if original is None else levels(original)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Three curves over one another."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().alternateBase())
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        if self.counts is None:
            return
        highest = max(float(each.max()) for each in (self.counts, self._original) if each is not None)
        for channel, colour in enumerate(COLOURS):
            soft = QColor(colour)
            soft.setAlpha(90)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(soft)
            painter.drawPolygon(self._curve(self.counts[channel], highest, closed=True))
            if self._original is not None:
                painter.setPen(QPen(colour, 1.2))
                painter.drawPolyline(self._curve(self._original[channel], highest, closed=False))

    def _curve(self, counts: NDArray[np.float64], highest: float, closed: bool) -> QPolygonF:
        inside = QRectF(self.rect()).adjusted(theme.GAP_SMALL, 6, -theme.GAP_SMALL, -6)
        heights = np.sqrt(counts / max(highest, 1e-12)) * inside.height()  # a root, so that small counts are seen
        points = [
            QPointF(inside.left() + (place + 0.5) / BINS * inside.width(), inside.bottom() - height)
            for place, height in enumerate(heights.tolist())
        ]
        ends = [QPointF(points[-1].x(), inside.bottom()), QPointF(points[0].x(), inside.bottom())] if closed else []
        return QPolygonF([*points, *ends])


def levels(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The share of pixels in each of `BINS` ranges of levels, float64 `[3, BINS]`."""
    step = int(np.ceil(np.sqrt(max(1.0, pixels.shape[0] * pixels.shape[1] / MOST_PIXELS))))
    seen = pixels[::step, ::step].reshape(-1, 3) // (256 // BINS)
    return np.stack([np.bincount(seen[:, channel], minlength=BINS) for channel in range(3)]) / max(1, len(seen))
