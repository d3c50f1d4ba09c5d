"""The picture of a plane: a dot for each point, thumbnails where there is room, names, and marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.engine.embedding.point_cloud import PointCloud, few_of
from desktop.engine.embedding.thumbnail_map import ROOM
from desktop.i18n import bind
from desktop.widgets import outlines
from desktop.widgets.plane.frame import PlaneFrame
from desktop.widgets.plane.painter import Thumbnails, paint_label

Label = tuple[str, float, float, tuple[int, int, int]]
"""A name, where it stands on the plane, and the colour of what it names."""

CROWD = 6  # pictures in the room of one thumbnail, from which on dots alone are shown
REST_MS = 90  # after the last movement, until thumbnails are chosen anew among many points
MANY = 30_000  # points, from which on that waits for a rest
MOST_MARKS = 3000  # rings around selected pictures: of more, none would be told from the next
DOTS = ((3000, 6), (100_000, 4))  # up to so many points, their dots have a side of so many device-independent pixels
SMALLEST_DOT = 2


class PlaneCanvas(QWidget):
    """Shows points, and what is known of them."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 160)
        bind(self, self.setAccessibleName, "Map of the pictures")
        self.frame, self.cloud = PlaneFrame(), PointCloud(np.empty((0, 2), np.float32))
        self.thumbnails, self.shown = Thumbnails(), np.empty(0, np.int64)
        self.name: Callable[[int], str] = lambda _: ""
        self.hovered, self.current = -1, -1
        self._colours = np.empty((0, 3), np.uint8)
        self._selected, self._marked = np.empty(0, np.int64), set[int]()
        self.labels: Sequence[Label] = ()
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self.choose_thumbnails)

    def show_points(
        self,
        cloud: PointCloud,
        colours: NDArray[np.uint8],
        thumbnail: Callable[[int], QImage],
        name: Callable[[int], str] = lambda _: "",
    ) -> None:
        """Other pictures: N points, colours uint8 `[N, 3]`, and thumbnail and name of each position."""
        self.cloud, self.name = cloud, name
        self.thumbnails.set_source(thumbnail)
        self._selected, self.labels, self.shown = np.empty(0, np.int64), (), np.empty(0, np.int64)
        self.hovered = self.current = -1
        self.set_colours(colours)
        self.fit()

    def set_colours(self, colours: NDArray[np.uint8]) -> None:
        """Other colours, uint8 `[N, 3]`."""
        self._colours = colours
        if len(self.cloud):
            self.cloud.set_colours(colours)
        self.update()

    def set_labels(self, labels: Sequence[Label]) -> None:
        """Names to be read on the plane."""
        self.labels = labels
        self.update()

    def set_selected(self, positions: NDArray[np.int64]) -> None:
        """Marks some pictures."""
        self._selected = positions
        self.choose_thumbnails()

    def set_current(self, position: int) -> None:
        """Marks the chosen picture; -1 for none."""
        self.current = position
        self.update()

    def fit(self) -> None:
        """The whole plane."""
        points = self.cloud.points
        if len(points):
            low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
            self.frame.show_all(QRectF(QPointF(*low), QPointF(*high)))
        self.choose_thumbnails()

    def moved(self) -> None:
        """Something else is in sight."""
        if len(self.cloud) > MANY:
            self._rest.start()
        else:
            self.choose_thumbnails()
        self.update()

    def choose_thumbnails(self) -> None:
        """Those pictures that have room for a thumbnail, selected ones first."""
        self._marked = set(self._selected[:MOST_MARKS].tolist())
        across, up = self.frame.scale
        inside = self.cloud.inside(*self.frame.in_sight())
        if self._marked:
            inside = inside[np.argsort(~np.isin(inside, self._selected), kind="stable")]
        self.shown = few_of(self.cloud.points, inside, (ROOM / across, ROOM / up), CROWD)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same part in another size."""
        self.frame.size = (self.width(), self.height())
        self.moved()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, dots, thumbnails where there is room, names, and what lies over all of them."""
        painter, area = QPainter(self), QRectF(self.rect())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().alternateBase())
        painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(self.cloud):
            painter.setClipRect(self.rect().adjusted(1, 1, -1, -1))
            self._paint_dots(painter)
            places = [(position, self.place_of(position)) for position in self.shown.tolist()]
            if not self.thumbnails.paint(painter, places, self._outline):
                QTimer.singleShot(0, self, self.update)
            self._paint_marks(painter)
            for text, x, y, colour in self.labels:
                paint_label(painter, self.palette(), self.frame.to_widget(x, y), text, QColor(*colour))
        self.paint_over(painter, area)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight(), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        """What lies over all: nothing here."""

    def place_of(self, position: int) -> QPointF:
        """Where a picture is shown."""
        return self.frame.to_widget(*self.cloud.points[position].tolist())

    def _paint_dots(self, painter: QPainter) -> None:
        """All dots as one image, at the resolution of the screen."""
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        side = next((side for most, side in DOTS if len(self.cloud) <= most), SMALLEST_DOT)
        dots = self.cloud.draw(self.frame.view(ratio), width, height, round(side * ratio))
        image = QImage(dots.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(0, 0), image)

    def _paint_marks(self, painter: QPainter) -> None:
        """Rings around the selected dots, and around the chosen picture and that under the mouse."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.palette().highlight(), 2))
        large = set(self.shown.tolist())
        if len(self._selected) <= MOST_MARKS:
            for position in self._marked - large:
                painter.drawEllipse(self.place_of(position), 6, 6)
        for position in {self.current, self.hovered} - {-1}:
            path, place, reach = QPainterPath(), self.place_of(position), ROOM / 2 - 2
            if position in large:
                path.addRect(QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach))
            else:
                path.addEllipse(place, 9, 9)
            outlines.stroke(painter, path)

    def _outline(self, position: int) -> QPen:
        if position in self._marked:
            return QPen(self.palette().highlight(), 3)
        return QPen(QColor(*self._colours[position].tolist()), 2)
