"""A few small pictures under a slider: what it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.track import HANDLE_RADIUS

FRAMES = 5
SIDE, LOW_SIDE = 46, 30  # device-independent pixels; the second where there is little room


class Filmstrip(QWidget):
    """`FRAMES` squares, each in the middle of its share of the track above it; blank until there are pictures.

    Signals:
        chosen(index): One was clicked.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        """Blank."""
        super().__init__()
        self.images: Sequence[QImage] = ()
        self._side = SIDE
        self.setFixedHeight(SIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_side(self, side: int) -> None:
        """Squares of another size; none at all where it is 0."""
        self._side = side
        self.setFixedHeight(side)
        self.setVisible(side > 0)

    def set_images(self, images: Sequence[QImage]) -> None:
        """As many pictures as there are frames, or none."""
        self.images = images
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Says which one was clicked."""
        inside = event.position().x() - HANDLE_RADIUS
        width = self.width() - 2 * HANDLE_RADIUS
        if event.button() == Qt.MouseButton.LeftButton and 0 <= inside < width:
            self.chosen.emit(int(inside / width * FRAMES))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures, or their places."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index in range(FRAMES):
            place, outline = self._place(index), QPainterPath()
            outline.addRoundedRect(place, 4, 4)
            if index < len(self.images):
                painter.setClipPath(outline)
                painter.drawImage(_fitted(self.images[index], place), self.images[index])
                painter.setClipping(False)
            else:
                painter.fillPath(outline, self.palette().alternateBase())

    def _place(self, index: int) -> QRectF:
        """Where a picture goes, in pixels."""
        share = (self.width() - 2 * HANDLE_RADIUS) / FRAMES
        side = min(self._side, share - 4)
        return QRectF(HANDLE_RADIUS + (index + 0.5) * share - side / 2, (self._side - side) / 2, side, side)


def _fitted(image: QImage, place: QRectF) -> QRectF:
    """The place itself, wider or higher where the picture is no square, so that it is filled."""
    scale = max(place.width() / image.width(), place.height() / image.height())
    fitted = QRectF(0, 0, image.width() * scale, image.height() * scale)
    fitted.moveCenter(place.center())
    return fitted
