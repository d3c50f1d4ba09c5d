"""The map: all pictures on a plane, where a point is decoded, a path is played and a lasso selects."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from desktop.engine.embedding import methods, paths
from desktop.engine.embedding.methods import Embedding
from desktop.engine.embedding.plane import Plane
from desktop.engine.embedding.point_cloud import PointCloud
from desktop.engine.film.films import Kind
from desktop.engine.pictures import Pixels
from desktop.i18n import tr
from desktop.inspect import words
from desktop.inspect.inspection import Inspection
from desktop.inspect.selection import Selection
from desktop.inspect.tools.map import MapTools
from desktop.inspect.views.colours import coloured, labels
from desktop.inspect.views.view import Blank, View
from desktop.qt_images import to_qimage
from desktop.widgets.plane.view import PlaneView
from desktop.widgets.thumbnail_grid import ThumbnailGrid

FRAME_MS = 1000 // paths.FRAMES_PER_SECOND  # between two pictures of a painted morph


class MapView(View):
    """Lays the pictures out, and decodes what the mouse points at.

    Signals:
        film_asked(): The painted path is to be saved as a film.
        open_asked(): The chosen picture is to be opened.
    """

    film_asked = Signal()
    open_asked = Signal()

    def __init__(
        self,
        inspection: Inspection,
        tools: MapTools,
        plane: PlaneView,
        grid: ThumbnailGrid,
        selection: Selection,
        parent: QObject | None = None,
    ) -> None:
        """`selection` takes the pictures within a lasso; `grid` has the thumbnails that are shown on the map."""
        super().__init__(tools, plane, parent)
        self._inspection, self._tools, self._plane, self._grid = inspection, tools, plane, grid
        self._selection = selection
        self._laid_out: Plane | None = None
        self._painted: list[QPointF] = []
        self._to_play: list[QPointF] = []
        self._player = QTimer(self, interval=FRAME_MS)
        self._player.timeout.connect(self._play)
        tools.changed.connect(self._colour)
        tools.tool_chosen.connect(self._choose_tool)
        tools.layout_chosen.connect(self._lay_out)
        tools.film_asked.connect(self.film_asked)
        plane.pointed.connect(self._decode)
        plane.painted.connect(self._start_playing)
        plane.chosen.connect(self._choose)
        plane.opened.connect(self._open)
        plane.lassoed.connect(self._select)
        inspection.looks.point_decoded.connect(self._show_decoded)
        selection.current_changed.connect(self._mark_current)
        inspection.forgotten.connect(self._clear)
        inspection.indexed.connect(self._take_index)
        inspection.scored.connect(self._take_scores)
        inspection.laid_out.connect(self._take_layout)
        inspection.busy_changed.connect(self._name_layout)

    def blank(self) -> Blank | None:
        """While the pictures are being laid out, and where they cannot be."""
        if self._inspection.plane is not None:
            return None
        if self._inspection.is_asked("map"):
            return Blank(tr("The pictures are being laid out on a map."))
        return Blank(tr("There is no map of this folder."), tr("Lay out the map"), self._inspection.lay_out)

    def arrive(self) -> None:
        """Lays the pictures out, unless that was done."""
        if self._inspection.plane is None and not self._inspection.is_asked("map"):
            self._inspection.lay_out()
        self.refresh()

    def refresh(self) -> None:
        """The pictures where they lie."""
        if self._inspection.plane is None or not self.is_shown:
            return
        _, plane, cloud = self._inspection.plane
        if self._laid_out is not plane:
            self._laid_out = plane
            grey = np.full((len(plane.points), 3), 128, np.uint8)
            self._plane.show_points(cloud, grey, self._thumbnail, self._name)
        self._colour()
        self.show_selected()
        share = tr("{share} of the variance", share=f"{plane.share:.0%}")
        self._tools.said.setText("" if isinstance(plane, Embedding) else share)
        self._name_layout()

    def show_selected(self) -> None:
        """The selected pictures are marked."""
        if self._inspection.plane is not None:
            self._plane.set_selected(np.flatnonzero(np.isin(self._inspection.plane[0], self._selection.rows)))

    def leave(self) -> None:
        """A morph that plays stops."""
        self._player.stop()

    def retranslate(self) -> None:
        """The choices, the legend and the share."""
        self._tools.retranslate()
        self.refresh()

    def save_film(self, path: Path, kind: Kind) -> None:
        """Writes the painted path as it is played: forth and back."""
        if self._inspection.plane is not None and self._painted:
            points = np.array([[point.x(), point.y()] for point in self._painted])
            self._inspection.outputs.film(paths.ping_pong_codes(self._inspection.plane[1], points), path, kind)

    @Slot()
    def _clear(self) -> None:
        """Pictures of another folder, or of another state of this one, lie nowhere any more."""
        self._laid_out = None
        self._plane.show_points(
            PointCloud(np.empty((0, 2), np.float32)), np.empty((0, 3), np.uint8), lambda _: QImage()
        )
        self._tools.said.setText("")

    @Slot()
    def _take_index(self) -> None:
        self._tools.set_scores([])
        self._tools.set_factors(list(self._inspection.labels.factors))
        self._forget_path()

    @Slot()
    def _take_scores(self) -> None:
        if self._inspection.report is not None:
            self._tools.set_scores(words.score_choices(self._inspection.report))

    @Slot()
    def _take_layout(self) -> None:
        self._forget_path()
        self.refresh()

    def _forget_path(self) -> None:
        """A path on another map means nothing on this one."""
        self._player.stop()
        self._painted = []
        self._tools.film.setEnabled(False)

    @Slot()
    def _colour(self) -> None:
        """The colours that were chosen, their legend, and the names of kinds where these lie."""
        if self._inspection.plane is not None and self._laid_out is self._inspection.plane[1]:
            chosen = coloured(self._inspection, self._tools.colour_by, self._tools.legend)
            self._plane.set_colours(chosen.colours)
            self._plane.set_labels(labels(self._laid_out.points, chosen))

    def _thumbnail(self, position: int) -> QImage:
        return self._grid.pictures.thumbnail(self._row(position))

    def _name(self, position: int) -> str:
        return self._inspection.name_of(self._row(position))

    def _row(self, position: int) -> int:
        assert self._inspection.plane is not None
        return int(self._inspection.plane[0][position])

    @Slot(str)
    def _lay_out(self, name: Literal["pca", "tsne", "umap"]) -> None:
        """The principal plane at once, or another map in the background."""
        if name in methods.METHODS:
            self._inspection.embed(name)
        else:
            self._inspection.lay_out()

    @Slot()
    def _name_layout(self) -> None:
        """How the map that is shown is laid out, once no other is on its way."""
        plane = self._inspection.plane
        if plane is not None and not self._inspection.is_asked("map"):
            self._tools.set_plan(plane[1].method if isinstance(plane[1], Embedding) else "pca")

    @Slot(str)
    def _choose_tool(self, name: str) -> None:
        self._plane.tool = "lasso" if name == "lasso" else "point"

    @Slot(object)
    def _decode(self, point: QPointF) -> None:
        if self._inspection.plane is not None:
            self._inspection.looks.decode(self._inspection.plane[1].code(point.x(), point.y()))

    @Slot(object)
    def _start_playing(self, points: list[QPointF]) -> None:
        self._painted = points
        self._to_play = [*points, *reversed(points)]
        self._tools.film.setEnabled(True)
        self._player.start()

    @Slot()
    def _play(self) -> None:
        """Shows the next point of the path, forth and back once."""
        if not self._to_play:
            self._player.stop()
            return
        self._decode(self._to_play.pop(0))

    @Slot(object)
    def _show_decoded(self, pixels: Pixels) -> None:
        """What is decoded is shown beside the mouse, while it is dragged."""
        if self.is_shown:
            self._plane.show_ghost(to_qimage(pixels))

    @Slot(int)
    def _choose(self, position: int) -> None:
        """A picture that is clicked is the chosen one, and the only one selected."""
        row = self._row(position)
        self._selection.select(np.array([row], np.int64))
        self._selection.choose(row)

    @Slot(int)
    def _open(self, position: int) -> None:
        self._choose(position)
        self.open_asked.emit()

    @Slot(int)
    def _mark_current(self, row: int) -> None:
        if self._inspection.plane is not None:
            found = np.flatnonzero(self._inspection.plane[0] == row).tolist()
            self._plane.set_current(found[0] if found else -1)

    @Slot(object)
    def _select(self, inside: NDArray[np.int64]) -> None:
        """What the lasso holds is selected."""
        if self._inspection.plane is None:
            return
        self._selection.select(self._inspection.plane[0][inside])
        self._tools.said.setText(tr("{n:,} pictures selected", n=len(inside)))
