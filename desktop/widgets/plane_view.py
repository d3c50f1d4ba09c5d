"""A plane of pictures: a dot for each, and thumbnails where there is room. It zooms, is pointed at, and selects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.engine.embedding import thumbnail_map
from desktop.engine.embedding.thumbnail_map import THUMBNAIL, Points
from desktop.i18n import bind
from desktop.widgets import outlines

Tool = Literal["point", "lasso"]

ZOOM = 1.2  # for each notch of the wheel
LARGEST_ZOOM = 400.0
STEP = 6  # device-independent pixels between the points of a painted path


class PlaneView(QWidget):
    """The plane.

    Signals:
        pointed(point): The mouse is pressed or dragged at a point of the plane, a QPointF.
        painted(points): A path was drawn: a list of QPointF, at least two.
        lassoed(outline): A lasso was closed: its corners, float64 `[V, 2]`.
    """

    pointed = Signal(object)
    painted = Signal(object)
    lassoed = Signal(object)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bind(self, self.setAccessibleName, "Map of the pictures")
        self.tool: Tool = "point"
        self._points: Points = np.empty((0, 2), np.float32)
        self._colours = np.empty((0, 3), np.uint8)
        self._selected = np.empty(0, bool)
        self._thumbnail: Callable[[int], QImage] = lambda _: QImage()
        self._zoom, self._centre = 1.0, QPointF(0, 0)
        self._trail: list[QPointF] = []
        self._panned: QPointF | None = None

    def show_points(self, points: Points, colours: NDArray[np.uint8], thumbnail: Callable[[int], QImage]) -> None:
        """Other pictures: coordinates `[N, 2]`, colours uint8 `[N, 3]`, and the thumbnail of each position."""
        self._points, self._colours, self._thumbnail = points, colours, thumbnail
        self._selected = np.zeros(len(points), bool)
        self.fit()

    def set_colours(self, colours: NDArray[np.uint8]) -> None:
        """Other colours, uint8 `[N, 3]`."""
        self._colours = colours
        self.update()

    def set_selected(self, positions: NDArray[np.int64]) -> None:
        """Marks some pictures."""
        self._selected[:] = False
        self._selected[positions] = True
        self.update()

    def fit(self) -> None:
        """The whole plane."""
        self._zoom = 1.0
        if len(self._points):
            low, high = self._points.min(axis=0), self._points.max(axis=0)
            self._centre = QPointF(*((low + high) / 2).tolist())
        self.update()

    @property
    def zoom(self) -> float:
        """1 for the whole plane."""
        return self._zoom

    def to_plane(self, position: QPointF) -> QPointF:
        """The point of the plane under a position of the widget."""
        offset = (position - QRectF(self.rect()).center()) / self._scale()
        return QPointF(self._centre.x() + offset.x(), self._centre.y() - offset.y())

    def to_widget(self, point: QPointF) -> QPointF:
        """Where a point of the plane is shown."""
        offset = QPointF(point.x() - self._centre.x(), self._centre.y() - point.y()) * self._scale()
        return QRectF(self.rect()).center() + offset

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms; what is under the mouse stays there."""
        before = self.to_plane(event.position())
        self._zoom = min(max(self._zoom * ZOOM ** (event.angleDelta().y() / 120), 1.0), LARGEST_ZOOM)
        self._centre += before - self.to_plane(event.position())
        self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button points or draws, another one moves the plane."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._trail = [event.position()]
            if self.tool == "point":
                self.pointed.emit(self.to_plane(event.position()))
        else:
            self._panned = event.position()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draws, or moves the plane."""
        here = event.position()
        if self._panned is not None:
            self._centre += self.to_plane(self._panned) - self.to_plane(here)
            self._panned = here
        elif self._trail and (here - self._trail[-1]).manhattanLength() >= STEP:
            self._trail.append(here)
            if self.tool == "point":
                self.pointed.emit(self.to_plane(here))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends what was drawn: a path of two points and more, or a lasso of three and more."""
        if self._trail and (event.position() - self._trail[-1]).manhattanLength() >= STEP:
            self._trail.append(event.position())
        trail, self._trail, self._panned = [self.to_plane(each) for each in self._trail], [], None
        self.update()
        if self.tool == "point" and len(trail) >= 2:
            self.painted.emit(trail)
        elif self.tool == "lasso" and len(trail) >= 3:
            self.lassoed.emit(np.array([[each.x(), each.y()] for each in trail]))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The whole plane again."""
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, dots, thumbnails where there is room, and what is being drawn."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().alternateBase())
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        if len(self._points):
            painter.setClipRect(self.rect().adjusted(1, 1, -1, -1))
            places, seen = self._places()
            painter.drawImage(0, 0, self._dots(places, seen))
            self._paint_thumbnails(painter, places, seen)
        if len(self._trail) > 1:
            line = QPainterPath()
            line.addPolygon(QPolygonF(self._trail))
            if self.tool == "lasso":
                line.closeSubpath()
            outlines.stroke(painter, line)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight(), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)

    def _scale(self) -> float:
        """Device-independent pixels for one unit of the plane."""
        return self._zoom * thumbnail_map.scale_to_fit(self._points, self.width(), self.height())

    def _places(self) -> tuple[Points, NDArray[np.int64]]:
        """Where every picture is shown, `[N, 2]`, and which ones are in sight."""
        centre = self._centre.x(), self._centre.y()
        places = thumbnail_map.places_of(self._points, centre, self._scale(), self.width(), self.height())
        limits = np.array([self.width(), self.height()], np.float32)
        return places, np.flatnonzero(((places >= 0) & (places < limits)).all(axis=1))

    def _dots(self, places: Points, seen: NDArray[np.int64]) -> QImage:
        """All dots in sight as one image."""
        content = thumbnail_map.dots(places[seen], self._colours[seen], self.width(), self.height()).tobytes()
        return QImage(content, self.width(), self.height(), 4 * self.width(), QImage.Format.Format_RGBA8888).copy()

    def _paint_thumbnails(self, painter: QPainter, places: Points, seen: NDArray[np.int64]) -> None:
        """One thumbnail at most in each square of room; selected pictures before others."""
        order = seen[np.argsort(~self._selected[seen], kind="stable")]
        for position in thumbnail_map.with_room(places, order):
            image = self._thumbnail(position)
            if image.isNull():
                continue
            size = image.size().scaled(THUMBNAIL, THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QPointF(*places[position].tolist()))
            painter.drawImage(place, image)
            red, green, blue = self._colours[position].tolist()
            outline = QPen(QColor(red, green, blue), 2)
            painter.setPen(QPen(self.palette().highlight(), 3) if self._selected[position] else outline)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
