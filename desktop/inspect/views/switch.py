"""Which of the views is shown."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from desktop.i18n import mark, tr
from desktop.inspect.inspection import Inspection
from desktop.inspect.views.view import View
from desktop.widgets.segments import Segments
from desktop.widgets.thumbnail_grid import ThumbnailGrid

NOTHING = (mark("No pictures yet"), mark("Choose a folder, or drop one here, and press Index"))
AFTER_INDEXING = {"similar": "anomalies"}  # what is shown of a folder whose pictures are similar to nothing yet


class Views(QObject):
    """Shows one view at a time: its segment is down, its tools are above, its surface is below.

    Signals:
        shown_changed(name): Another view is shown.
    """

    shown_changed = Signal(str)

    def __init__(
        self, inspection: Inspection, views: Mapping[str, View], segments: Segments, grid: ThumbnailGrid
    ) -> None:
        """The first view is shown."""
        super().__init__(segments)
        self._inspection, self._views, self._segments, self._grid = inspection, views, segments, grid
        self.tools, self.surfaces = QStackedWidget(), QStackedWidget()
        self.tools.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for view in views.values():
            self.tools.addWidget(view.tools)
            if self.surfaces.indexOf(view.surface) < 0:
                self.surfaces.addWidget(view.surface)
        self._shown = next(iter(views))
        self._turn_to(self._shown)
        segments.chosen.connect(self.show)
        inspection.forgotten.connect(self._clear)
        inspection.indexed.connect(self._take_index)

    @property
    def shown(self) -> str:
        """The name of the view that is shown."""
        return self._shown

    @Slot(str)
    def show(self, name: str) -> None:
        """Shows a view, which asks for what it needs."""
        self._turn_to(name)
        if self._inspection.rows is not None:
            self._views[name].arrive()
        elif not self._inspection.is_indexing:
            self._inspection.failed.emit(tr("Choose a folder of pictures to inspect, and index it first."))

    def leave(self) -> None:
        """What plays stops."""
        self._views[self._shown].leave()

    def retranslate(self) -> None:
        """Says everything again in another language."""
        self._show_hint()
        for view in self._views.values():
            view.retranslate()

    def _turn_to(self, name: str) -> None:
        """The view's tools and its place; other tools take no room, so that none stands in a gap for the highest."""
        self.leave()
        self._shown = name
        self._segments.choose(name)
        for key, view in self._views.items():
            view.is_shown = key == name
            policy = QSizePolicy.Policy.Preferred if view.is_shown else QSizePolicy.Policy.Ignored
            view.tools.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self.tools.setCurrentWidget(self._views[name].tools)
        self.surfaces.setCurrentWidget(self._views[name].surface)
        self._show_hint()
        self.shown_changed.emit(name)

    def _show_hint(self) -> None:
        hint = self._views[self._shown].hint if self._inspection.rows is not None else NOTHING
        self._grid.set_hint(*map(tr, hint))

    @Slot()
    def _clear(self) -> None:
        """Rows of another folder, or of another state of this one, are rows no more."""
        self._grid.pictures.show_rows(np.empty(0, np.int64))
        self._show_hint()

    @Slot()
    def _take_index(self) -> None:
        self._grid.pictures.set_source(self._inspection.thumbnail_of, self._inspection.name_of)
        self.show(AFTER_INDEXING.get(self._shown, self._shown))
