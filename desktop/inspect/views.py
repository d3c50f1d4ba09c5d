"""What the grid and the map of the Inspect page show: one of four views of what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QTimer, Slot
from PySide6.QtGui import QImage

from desktop.engine.embedding import methods, paths
from desktop.engine.embedding.methods import Embedding
from desktop.engine.errors import InspectionError
from desktop.engine.films import Kind
from desktop.engine.folder.index import Rows
from desktop.engine.gaussian import Floats
from desktop.films.dialog import ask_for_film
from desktop.i18n import mark, tr
from desktop.inspect import words
from desktop.inspect.colours import coloured
from desktop.inspect.tools import LARGEST_LIMIT

if TYPE_CHECKING:
    from desktop.inspect.page import InspectPage

LOOK_ALIKES = 200
FRAME_MS = 1000 // paths.FRAMES_PER_SECOND  # between two pictures of a painted morph
HINTS = {
    "": (mark("No pictures yet"), mark("Choose a folder, or drop one here, and press Index")),
    "odd": (mark("No pictures"), mark("There is none in this folder that can be read")),
    "similar": (mark("No look-alikes yet"), mark("Choose a picture in another view first")),
    "doubles": (mark("No doubles"), mark("No two pictures are as near as that; try a larger distance")),
    "map": ("", ""),
}


class Views(QObject):
    """Chooses, for the page, what is shown and how it is sorted, marked and coloured."""

    def __init__(self, page: InspectPage) -> None:
        """The odd ones are shown first."""
        super().__init__(page)
        self._page, self._inspection = page, page.inspection
        self._shown = "odd"
        self._path: list[QPointF] = []
        self._film: list[QPointF] = []
        self._near: str | None = None  # what look-alikes are shown of; empty for the sliders' code
        self._player = QTimer(self, interval=FRAME_MS)
        self._player.timeout.connect(self._play)
        page.segments.chosen.connect(self.show)
        page.odd.changed.connect(self._refresh_odd)
        page.doubles.changed.connect(self._refresh)
        page.map.changed.connect(self._colour_map)
        page.map.tool_chosen.connect(self._choose_tool)
        page.map.layout_chosen.connect(self._lay_out)
        page.map.film_asked.connect(self._ask_for_film)
        self._inspection.failed.connect(self._name_plan)
        self._inspection.busy_changed.connect(self._name_plan)
        page.plane.pointed.connect(self._decode)
        page.plane.painted.connect(self._start_playing)
        page.plane.lassoed.connect(self._select)
        self._inspection.found.connect(self._on_found)
        self._inspection.forgotten.connect(self._clear)
        self._inspection.looked.connect(self._on_look)

    @property
    def shown(self) -> str:
        """The name of the view."""
        return self._shown

    @Slot(str)
    def show(self, name: str) -> None:
        """Shows a view, and asks for what it needs."""
        self._turn_to(name)
        page = self._page
        if self._inspection.rows is None:
            return
        if name == "similar":
            current = page.grid.currentIndex().row()
            rows = page.grid.pictures.rows
            if len(rows):
                chosen = int(rows[max(0, current)])
                self._near = self._name(chosen)
                self._say_near()
                self._inspection.find_similar(chosen, LOOK_ALIKES)
        elif name == "doubles" and self._inspection.doubles is None:
            self._inspection.find_doubles(LARGEST_LIMIT)
        elif name == "map" and self._inspection.plane is None:
            self._inspection.lay_out()
        else:
            self._refresh()

    def show_similar_to(self, code: Floats) -> None:
        """Shows the pictures nearest to a code."""
        self._turn_to("similar")
        self._near = ""
        self._say_near()
        self._inspection.find_similar_to(code, LOOK_ALIKES)

    def _turn_to(self, name: str) -> None:
        """The view's tools and its place, with nothing new in it."""
        self.stop_playing()
        self._shown = name
        page = self._page
        page.segments.choose(name)
        page.show_tools(["odd", "similar", "doubles", "map"].index(name))
        page.stack.setCurrentWidget(page.plane if name == "map" else page.grid)
        self.show_hint()

    def retranslate(self) -> None:
        """Says everything again in another language."""
        self.show_hint()
        self._refresh()
        if self._near is not None:
            self._say_near()

    def _say_near(self) -> None:
        near = self._near
        said = tr("Nearest to {name}", name=near) if near else tr("Nearest to the sliders' code")
        self._page.similar.said.setText(said)

    def show_hint(self) -> None:
        """What an empty view says."""
        hint = HINTS[self._shown if self._inspection.rows is not None else ""]
        self._page.grid.set_hint(*map(tr, hint))

    def facts(self, row: int) -> str:
        """Name and chance of a picture."""
        said = self._name(row)
        report = self._inspection.report
        if report is None:
            return said
        position = int(np.flatnonzero(report.rows == row)[0]) if row in report.rows else -1
        if position < 0:
            return said
        chances = report.verdicts.log_chances[self._page.odd.chosen_score or "combined"]
        return f"{said}\n{words.chance(float(chances[position]))}"

    def _name(self, row: int) -> str:
        """The path of a row within the folder; empty where the picture has gone since."""
        reader = self._inspection.reader()
        try:
            return reader.path(row).relative_to(reader.folder).as_posix()
        except InspectionError:
            return ""

    def _jpeg(self, row: int) -> bytes | None:
        """The thumbnail of a row; None where the picture has gone since."""
        try:
            return self._inspection.reader().thumbnail(row)
        except InspectionError:
            return None

    def stop_playing(self) -> None:
        """Ends a morph."""
        self._player.stop()

    @Slot()
    def _clear(self) -> None:
        """Rows of another folder, or of another state of this one, are rows no more."""
        self._page.grid.pictures.show_rows(np.empty(0, np.int64))
        self._page.plane.show_points(np.empty((0, 2), np.float32), np.empty((0, 3), np.uint8), lambda _: QImage())

    @Slot(str, object)
    def _on_found(self, task: str, _answer: Any) -> None:
        page = self._page
        if task == "index":
            page.grid.pictures.set_source(self._jpeg, self._name)
            for tools in (page.odd, page.map):
                tools.set_scores([])
            page.map.set_factors(list(self._inspection.labels.factors))
            self._forget_film()
            self.show("odd" if self._shown == "similar" else self._shown)
        elif task == "judge" and self._inspection.report is not None:
            report = self._inspection.report
            choices = words.score_choices(report)
            for tools in (page.odd, page.map):
                tools.set_scores(choices)
            page.odd.show_judge(report.judge.origin)
            self._refresh()
        elif task in ("map", "embed"):
            self._forget_film()
            self._show_map()
        elif task == "doubles":
            self._refresh()

    @Slot(str, object)
    def _on_look(self, what: str, answer: Any) -> None:
        if what in ("similar", "similar_to") and self._shown == "similar":
            rows, distances = answer[:2]
            self._page.grid.pictures.show_rows(rows, lambda position: f"{distances[position]:.3f}")
            self._page.grid.scrollToTop()

    @Slot()
    def _refresh(self) -> None:
        """What the view shows, from what is known."""
        if self._inspection.rows is None:
            return
        if self._shown == "odd":
            self._refresh_odd()
        elif self._shown == "doubles":
            self._refresh_doubles()
        elif self._shown == "map":
            self._show_map()

    @Slot()
    def _refresh_odd(self) -> None:
        page, report = self._page, self._inspection.report
        if self._shown != "odd" or self._inspection.rows is None:
            return
        if report is None:
            page.odd.said.setText(tr("Not judged yet"))
            page.grid.pictures.show_rows(self._inspection.rows)
            return
        score, rate = page.odd.chosen_score, page.odd.false_alarm_rate
        values = report.verdicts.scores[score]
        odd = values >= report.judge.tails[score].threshold(rate)
        order = np.argsort(-values, kind="stable")
        said = words.odd_count(int(odd.sum()), len(odd), rate, score, report)
        page.odd.said.setText(said)
        page.odd.said.setToolTip(said)  # in a narrow window its end is cut off
        if np.array_equal(page.grid.pictures.rows, report.rows[order]):
            page.grid.pictures.set_marked(odd[order])
        else:
            page.grid.pictures.show_rows(report.rows[order], None, odd[order])
            page.grid.scrollToTop()

    def odd_rows(self) -> Rows:
        """The rows that are marked as odd now."""
        report, page = self._inspection.report, self._page
        if report is None:
            return np.empty(0, np.int64)
        score = page.odd.chosen_score
        limit = report.judge.tails[score].threshold(page.odd.false_alarm_rate)
        return report.rows[report.verdicts.scores[score] >= limit]

    def _refresh_doubles(self) -> None:
        page = self._page
        if self._inspection.doubles is None:
            page.grid.pictures.show_rows(np.empty(0, np.int64))
            return
        rows, pairs = self._inspection.doubles
        groups = pairs.groups(page.doubles.limit)
        positions = np.array([position for group in groups for position in group], np.int64)
        captions = words.group_captions(groups)
        said = words.doubles(page.doubles.limit, pairs.limit, len(groups))
        page.doubles.said.setText(said)
        page.doubles.said.setToolTip(said)
        page.grid.pictures.show_rows(rows[positions], captions.__getitem__)

    def _show_map(self) -> None:
        if self._inspection.plane is None:
            return
        rows, plane = self._inspection.plane
        self._page.plane.show_points(plane.points, coloured(self._page, rows).colours, self._thumbnail)
        share = tr("{share} of what varies", share=f"{plane.share:.0%}")
        self._page.map.said.setText("" if isinstance(plane, Embedding) else share)
        self._name_plan()

    @Slot(str)
    def _lay_out(self, name: Literal["pca", "tsne", "umap"]) -> None:
        """The principal plane at once, or another map in the background."""
        if self._inspection.rows is None or self._inspection.busy:
            self._name_plan()
        elif name in methods.METHODS:
            self._inspection.embed(name)
        else:
            self._inspection.lay_out()

    @Slot()
    def _name_plan(self) -> None:
        """How the map is laid out that is shown, once nothing else is on its way."""
        plane = self._inspection.plane
        if plane is not None and not self._inspection.busy:
            self._page.map.set_plan(plane[1].method if isinstance(plane[1], Embedding) else "pca")

    def _forget_film(self) -> None:
        """A path on another map means nothing on this one."""
        self.stop_playing()
        self._film = []
        self._page.map.film.setEnabled(False)

    @Slot()
    def _ask_for_film(self) -> None:
        film = ask_for_film(self._page, self._page.services.warned.emit)
        if film is not None:
            self.save_film(*film)

    def save_film(self, path: Path, kind: Kind) -> None:
        """Writes the painted path as it is played: there and back."""
        if self._inspection.plane is not None and self._film:
            plane = self._inspection.plane[1]
            points = np.array([[point.x(), point.y()] for point in self._film])
            self._inspection.film(paths.codes_there_and_back(plane, points), path, kind)

    @Slot()
    def _colour_map(self) -> None:
        if self._inspection.plane is not None:
            self._page.plane.set_colours(coloured(self._page, self._inspection.plane[0]).colours)

    def _thumbnail(self, position: int) -> QImage:
        assert self._inspection.plane is not None
        return self._page.grid.pictures.thumbnail(int(self._inspection.plane[0][position]))

    @Slot(str)
    def _choose_tool(self, name: str) -> None:
        self._page.plane.tool = "lasso" if name == "lasso" else "point"

    @Slot(object)
    def _decode(self, point: QPointF) -> None:
        if self._inspection.plane is not None:
            code: Floats = self._inspection.plane[1].code(point.x(), point.y())
            self._inspection.decode(code)

    @Slot(object)
    def _start_playing(self, points: list[QPointF]) -> None:
        self._film = points
        self._path = [*points, *reversed(points)]
        self._page.map.film.setEnabled(True)
        self._player.start()

    @Slot()
    def _play(self) -> None:
        """Shows the next point of the path, there and back once."""
        if not self._path:
            self._player.stop()
            return
        self._decode(self._path.pop(0))

    @Slot(object)
    def _select(self, outline: NDArray[np.float64]) -> None:
        """What the lasso holds is shown in the grid, selected, and can be used there."""
        if self._inspection.plane is None:
            return
        rows, plane = self._inspection.plane
        inside = plane.inside(outline)
        self._page.plane.set_selected(inside)
        self._page.grid.pictures.show_rows(rows)
        self._page.grid.select(rows[inside])
        self._page.map.said.setText(tr("{count} selected", count=f"{len(inside):,}"))
