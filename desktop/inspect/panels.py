"""The views of the Inspect page, with their tools and what they show their findings in."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot

from desktop.i18n import mark
from desktop.inspect import words
from desktop.inspect.early import Early
from desktop.inspect.inspection import Inspection
from desktop.inspect.selection import Selection
from desktop.inspect.tabs import Tabs
from desktop.inspect.tools.anomalies import AnomalyTools
from desktop.inspect.tools.duplicates import DuplicateTools
from desktop.inspect.tools.map import MapTools
from desktop.inspect.tools.overview import OverviewTools
from desktop.inspect.tools.similar import SimilarTools
from desktop.inspect.views.anomalies import AnomaliesView
from desktop.inspect.views.duplicates import DuplicatesView
from desktop.inspect.views.groups_table import GroupsModel, GroupsTable
from desktop.inspect.views.map import MapView
from desktop.inspect.views.overview import Overview
from desktop.inspect.views.similar import SimilarView
from desktop.inspect.views.switch import Views
from desktop.widgets.plane.view import PlaneView
from desktop.widgets.thumbnail_grid import ThumbnailGrid

VIEWS = [
    ("overview", mark("Overview"), mark("Every picture of the folder")),
    ("anomalies", mark("Anomalies"), mark("Pictures unlike the good ones, the most anomalous first")),
    ("similar", mark("Similar"), mark("Pictures similar to the chosen one, the nearest first")),
    ("duplicates", mark("Duplicates"), mark("Groups of pictures that are nearly the same")),
    ("map", mark("Map"), mark("All pictures on the plane on which they differ most")),
]


class Panels(QObject):
    """All five views, and one selection for all of them.

    Signals:
        menu_asked(place): The right button or the menu key asks what can be done with what is selected; on the screen.
    """

    menu_asked = Signal(QPoint)

    def __init__(self, inspection: Inspection, selection: Selection, early: Early, parent: QObject) -> None:
        """The overview is in front."""
        super().__init__(parent)
        self._inspection, self._selection = inspection, selection
        self.grid, self.plane = ThumbnailGrid(), PlaneView()
        thumbnail = self.grid.pictures.thumbnail
        self.groups = GroupsTable(GroupsModel(inspection.name_of, self._quality, thumbnail))
        self.tabs = Tabs(VIEWS)
        self.overview, self.anomalies, self.similar = OverviewTools(), AnomalyTools(), SimilarTools()
        self.duplicates, self.map = DuplicateTools(), MapTools()
        self.overview_view = Overview(inspection, self.overview, self.grid, self)
        self.anomalies_view = AnomaliesView(inspection, self.anomalies, self.grid, self)
        self.similar_view = SimilarView(inspection, self.similar, self.grid, selection, self)
        self.duplicates_view = DuplicatesView(inspection, self.duplicates, self.groups, self)
        self.map_view = MapView(inspection, self.map, self.plane, self.grid, selection, self)
        views = {
            "overview": self.overview_view,
            "anomalies": self.anomalies_view,
            "similar": self.similar_view,
            "duplicates": self.duplicates_view,
            "map": self.map_view,
        }
        self.views = Views(inspection, views, self.tabs, self.grid, early)
        self._connect()

    def _connect(self) -> None:
        grid, groups, inspection = self.grid, self.groups, self._inspection
        grid.selection_changed.connect(self._take_grid)
        grid.current_changed.connect(self._choose)
        grid.pictures.modelReset.connect(self._select_again)
        groups.selection_changed.connect(self._take_groups)
        groups.current_changed.connect(self._choose)
        groups.groups.modelReset.connect(self._select_again)
        self._selection.changed.connect(self._select_again)
        for surface in (grid, groups):
            surface.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            viewport = surface.viewport()
            surface.customContextMenuRequested.connect(
                lambda place, viewport=viewport: self.menu_asked.emit(viewport.mapToGlobal(place))
            )
        self.plane.menu_asked.connect(self.menu_asked)
        inspection.forgotten.connect(self._forget)
        inspection.indexed.connect(self._count_pictures)
        self.anomalies.counted.connect(lambda count: self.tabs.set_count("anomalies", count))
        self.duplicates.changed_groups.connect(lambda count: self.tabs.set_count("duplicates", count))
        self.overview.changed.connect(self.views.show_state)
        self.duplicates.changed_groups.connect(self.views.show_state)
        self.similar.overview_asked.connect(lambda: self.views.show("overview"))
        self._is_telling = False

    def _quality(self, row: int) -> str:
        return words.quality(self._inspection.qualities.get(row))

    @Slot()
    def _take_grid(self) -> None:
        if self._inspection.rows is not None and not self._is_telling:
            self._selection.select(self.grid.selected_rows)

    @Slot()
    def _take_groups(self) -> None:
        if not self._is_telling:
            self._selection.select(self.groups.selected_rows)

    @Slot(int)
    def _choose(self, row: int) -> None:
        if self._inspection.rows is not None and row >= 0 and not self._is_telling:
            self._selection.choose(row)

    @Slot()
    def _select_again(self) -> None:
        """What is selected is selected in the view that is shown, too."""
        if self._inspection.rows is None or self._is_telling:
            return
        self._is_telling = True
        shown = self.views.shown
        if shown == "map":
            self.map_view.show_selected()
        else:
            surface = self.groups if shown == "duplicates" else self.grid
            if not np.array_equal(np.sort(surface.selected_rows), np.sort(self._selection.rows)):
                surface.select(self._selection.rows)
        self._is_telling = False

    @Slot()
    def _forget(self) -> None:
        self._selection.clear()
        for name, _, _ in VIEWS:
            self.tabs.set_count(name, None)

    @Slot()
    def _count_pictures(self) -> None:
        self.tabs.set_count("overview", len(self._inspection.names))
