"""Which part of a picture is seen, and how large: shared by every canvas that must move together with the others."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal

LARGEST_SCALE = 64.0
WHEEL_FACTOR = 1.25  # for each notch


class Viewport(QObject):
    """Zoom and place over a picture of `width` x `height` pixels, for canvases of one size.

    A scale is device-independent pixels for each pixel of the picture. While nothing was zoomed, the whole picture fits
    into whatever canvas asks.

    Signals:
        changed(): Another part is seen, or at another scale.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """A picture of one pixel, fitted."""
        super().__init__(parent)
        self._picture = QSizeF(1, 1)
        self._scale: float | None = None
        self._centre = QPointF(0.5, 0.5)

    @property
    def picture(self) -> QSizeF:
        """Width and height of the picture, in its pixels."""
        return self._picture

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is seen, whatever the canvas's size."""
        return self._scale is None

    def set_picture(self, width: int, height: int) -> None:
        """Another picture; where it has the size of the one before, zoom and place stay."""
        size = QSizeF(width, height)
        if size != self._picture:
            self._picture, self._scale = size, None
            self._centre = QPointF(width / 2, height / 2)
            self.changed.emit()

    def scale(self, canvas: QSizeF) -> float:
        """The scale in a canvas of that size."""
        return self._fitting(canvas) if self._scale is None else self._scale

    def target(self, canvas: QSizeF) -> QRectF:
        """Where the whole picture lies on the canvas; it may reach beyond it."""
        scale, centre = self.scale(canvas), self._held(canvas)
        left, top = canvas.width() / 2 - centre.x() * scale, canvas.height() / 2 - centre.y() * scale
        return QRectF(left, top, self._picture.width() * scale, self._picture.height() * scale)

    def to_picture(self, position: QPointF, canvas: QSizeF) -> QPointF:
        """The point of the picture under a position on the canvas; it may lie outside the picture."""
        return (position - self.target(canvas).topLeft()) / self.scale(canvas)

    def fit(self) -> None:
        """The whole picture."""
        self._scale = None
        self.changed.emit()

    def zoom_to(self, scale: float, position: QPointF, canvas: QSizeF) -> None:
        """Another scale; the point of the picture under `position` stays there. At or below fitting, it fits."""
        fixed, fitting = self.to_picture(position, canvas), self._fitting(canvas)
        scale = min(scale, max(LARGEST_SCALE, fitting))
        if scale <= fitting:
            self.fit()
            return
        middle = QPointF(canvas.width() / 2, canvas.height() / 2)
        self._scale, self._centre = scale, fixed - (position - middle) / scale
        self._centre = self._held(canvas)
        self.changed.emit()

    def zoom_by(self, factor: float, position: QPointF, canvas: QSizeF) -> None:
        """A scale `factor` times as large."""
        self.zoom_to(self.scale(canvas) * factor, position, canvas)

    def pan(self, delta: QPointF, canvas: QSizeF) -> None:
        """Moves the picture by so many device-independent pixels; its edge does not come into a canvas it fills."""
        if self._scale is not None:
            self._centre = self._centre - delta / self._scale
            self._centre = self._held(canvas)
            self.changed.emit()

    def _fitting(self, canvas: QSizeF) -> float:
        return max(1e-6, min(canvas.width() / self._picture.width(), canvas.height() / self._picture.height()))

    def _held(self, canvas: QSizeF) -> QPointF:
        """The centre, kept so that no more than needed of the canvas lies beyond the picture."""
        scale = self.scale(canvas)
        return QPointF(
            _kept(self._centre.x(), self._picture.width(), canvas.width() / scale),
            _kept(self._centre.y(), self._picture.height(), canvas.height() / scale),
        )


def _kept(centre: float, length: float, seen: float) -> float:
    return length / 2 if length <= seen else min(max(centre, seen / 2), length - seen / 2)
