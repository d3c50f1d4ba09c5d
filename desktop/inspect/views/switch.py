"""Which of the views is shown, or what stands in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from desktop.i18n import tr
from desktop.inspect.early import Early
from desktop.inspect.inspection import Inspection
from desktop.inspect.tabs import Tabs
from desktop.inspect.views.blank import BlankPage
from desktop.inspect.views.view import Blank, View
from desktop.widgets.thumbnail_grid import ThumbnailGrid

FIRST = "overview"


class Views(QObject):
    """Shows one view at a time: its tab is in front, its tools are above, its surface is below.

    Before the folder is indexed the first view shows the pictures' files.

    Signals:
        shown_changed(name): Another view is shown.
        begun(has_begun): Whether there is a folder whose pictures are shown, or will be; said whenever it may be new.
    """

    shown_changed = Signal(str)
    begun = Signal(bool)

    def __init__(
        self, inspection: Inspection, views: Mapping[str, View], tabs: Tabs, grid: ThumbnailGrid, early: Early
    ) -> None:
        """The first view is shown."""
        super().__init__(tabs)
        self._inspection, self._views, self._tabs, self._grid, self._early = inspection, views, tabs, grid, early
        self.tools, self.surfaces, self.blank = QStackedWidget(), QStackedWidget(), BlankPage()
        self.start: Callable[[], Blank] = lambda: Blank("", "", lambda: None)
        self.tools.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.surfaces.addWidget(self.blank)
        for view in views.values():
            self.tools.addWidget(view.tools)
            if self.surfaces.indexOf(view.surface) < 0:
                self.surfaces.addWidget(view.surface)
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self.show_state)
        self._shown = FIRST
        self._turn_to(self._shown)
        tabs.chosen.connect(self.show)
        early.listed.connect(self._show_early)
        early.arrived.connect(grid.pictures.refresh)
        inspection.forgotten.connect(self._clear)
        inspection.indexed.connect(self._take_index)
        for change in (inspection.scored, inspection.duplicates_found, inspection.qualities_found, inspection.laid_out):
            change.connect(self._soon.start)
        inspection.looks.similar_found.connect(self._soon.start)
        inspection.busy_changed.connect(self._soon.start)

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
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """The view that is in front, or the sentence in its place."""
        view, blank = self._views[self._shown], self._blank()
        self.tools.setVisible(self._inspection.rows is not None and (blank is None or blank.has_tools))
        if blank is not None:
            self.blank.show_blank(blank)
        self.surfaces.setCurrentWidget(view.surface if blank is None else self.blank)
        self.begun.emit(self._inspection.rows is not None or self._inspection.is_indexing)

    def leave(self) -> None:
        """What plays stops."""
        self._views[self._shown].leave()

    def retranslate(self) -> None:
        """Says everything again in another language."""
        for view in self._views.values():
            view.retranslate()
        self.show_state()

    def _blank(self) -> Blank | None:
        if self._inspection.rows is not None:
            return self._views[self._shown].blank()
        if not self._inspection.is_indexing:
            return self.start()
        if self._shown == FIRST and self._early.names:
            return None
        sentence = tr("The pictures are being encoded. This view is there once that is done.")
        if self._shown == FIRST:
            return Blank(sentence)
        return Blank(sentence, tr("Show overview"), lambda: self.show(FIRST))

    def _turn_to(self, name: str) -> None:
        """The view's tools and its place; other tools take no room, so that none stands in a gap for the highest."""
        self.leave()
        self._shown = name
        self._tabs.choose(name)
        for key, view in self._views.items():
            view.is_shown = key == name
            policy = QSizePolicy.Policy.Preferred if view.is_shown else QSizePolicy.Policy.Ignored
            view.tools.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self.tools.setCurrentWidget(self._views[name].tools)
        self.shown_changed.emit(name)

    @Slot()
    def _show_early(self) -> None:
        """The files, before there are rows."""
        if self._inspection.rows is None:
            self._grid.pictures.set_source(self._early.thumbnail, self._early.name)
            self._grid.pictures.show_rows(np.arange(len(self._early.names)))
            self.show_state()

    @Slot()
    def _clear(self) -> None:
        """Rows of another folder, or of another state of this one, are rows no more."""
        self._grid.pictures.show_rows(np.empty(0, np.int64))
        self._soon.start()

    @Slot()
    def _take_index(self) -> None:
        self._early.forget()
        self._grid.pictures.set_source(self._inspection.thumbnail_of, self._inspection.name_of)
        self.show(self._shown)
