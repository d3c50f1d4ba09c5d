"""Which part of a plane a widget shows: the whole of it fills the widget, and is zoomed and moved from there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from desktop.engine.embedding.point_cloud import View

LARGEST_ZOOM = 2000.0
EDGE = 34  # device-independent pixels around the points, room for half a thumbnail


class PlaneFrame:
    """Centre, zoom and size. The plane's two directions are scaled each on its own, so that it fills the widget."""

    def __init__(self) -> None:
        """The unit square."""
        self.extent, self.size = QRectF(0, 0, 1, 1), (1, 1)
        self.zoom, self.centre = 1.0, QPointF(0.5, 0.5)

    def show_all(self, extent: QRectF) -> None:
        """The whole of another plane, whose points lie within `extent`; what has no width gets one."""
        self.extent = QRectF(extent)
        if not extent.width() > 0:
            self.extent.adjust(-0.5, 0, 0.5, 0)
        if not extent.height() > 0:
            self.extent.adjust(0, -0.5, 0, 0.5)
        self.zoom, self.centre = 1.0, self.extent.center()

    @property
    def scale(self) -> tuple[float, float]:
        """Device-independent pixels for one unit of the plane, across and up."""
        width, height = self.size
        return (
            self.zoom * max(1, width - 2 * EDGE) / self.extent.width(),
            self.zoom * max(1, height - 2 * EDGE) / self.extent.height(),
        )

    def view(self, ratio: float = 1.0) -> View:
        """Scale and offset with which a point becomes a pixel, `ratio` pixels to a device-independent one."""
        across, up = self.scale
        x = self.size[0] / 2 - self.centre.x() * across
        y = self.size[1] / 2 + self.centre.y() * up
        return across * ratio, -up * ratio, x * ratio, y * ratio

    def to_plane(self, position: QPointF) -> QPointF:
        """The point of the plane under a position of the widget."""
        across, up = self.scale
        x = self.centre.x() + (position.x() - self.size[0] / 2) / across
        return QPointF(x, self.centre.y() - (position.y() - self.size[1] / 2) / up)

    def to_widget(self, x: float, y: float) -> QPointF:
        """Where a point of the plane is shown."""
        across, up = self.scale
        return QPointF(self.size[0] / 2 + (x - self.centre.x()) * across, self.size[1] / 2 - (y - self.centre.y()) * up)

    def in_sight(self) -> tuple[float, float, float, float]:
        """The rectangle that is shown: left, low, right, high."""
        first, last = self.to_plane(QPointF(0, self.size[1])), self.to_plane(QPointF(self.size[0], 0))
        return first.x(), first.y(), last.x(), last.y()

    def zoom_at(self, position: QPointF, factor: float) -> None:
        """Zooms; what is under the position stays there."""
        before = self.to_plane(position)
        self.zoom = min(max(self.zoom * factor, 1.0), LARGEST_ZOOM)
        self.centre += before - self.to_plane(position)
        self._keep_in()

    def move(self, across: float, down: float) -> None:
        """Moves what is shown by so many device-independent pixels."""
        scale_x, scale_y = self.scale
        self.centre += QPointF(-across / scale_x, down / scale_y)
        self._keep_in()

    def _keep_in(self) -> None:
        """The middle stays among the points, so that they are never lost."""
        extent = self.extent
        self.centre = QPointF(
            min(max(self.centre.x(), extent.left()), extent.right()),
            min(max(self.centre.y(), extent.top()), extent.bottom()),
        )
