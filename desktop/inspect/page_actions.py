"""The actions of the Inspect page that find something, and those that turn to a view."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, Slot

from desktop.i18n import mark, tr
from desktop.inspect import PAGE
from desktop.inspect.folder_bar import FolderBar
from desktop.inspect.inspection import Inspection
from desktop.inspect.panels import VIEWS, Panels
from desktop.state.actions import Actions


class PageActions(QObject):
    """Find anomalies, find similar, and each view by its number."""

    def __init__(self, actions: Actions, inspection: Inspection, panels: Panels, bar: FolderBar) -> None:
        """Registers the actions."""
        super().__init__(panels)
        self._inspection, self._panels, self._bar = inspection, panels, bar
        act, scoring = (
            actions.of_page(PAGE, "edit"),
            mark("Score every picture with a detector fitted on the good ones"),
        )
        self.anomalies = act("anomalies", self.find_anomalies, "Find anomalies", scoring, keys="Ctrl+J", separated=True)
        nearest = mark("Show the pictures nearest to the chosen one")
        self.similar = act("similar", lambda: panels.views.show("similar"), "Find similar", nearest, keys="Ctrl+L")
        act = actions.of_page(PAGE, "view")
        for number, (name, title, tip) in enumerate(VIEWS, start=1):
            show = functools.partial(self._show, name)
            act(f"view.{name}", show, title, tip, keys=f"Alt+{number}", separated=number == 1)
        panels.anomalies.asked.connect(self.find_anomalies)
        inspection.indexed.connect(self._follow)
        inspection.forgotten.connect(self._follow)
        self._follow()

    @Slot()
    def find_anomalies(self) -> None:
        """Scores every picture with a detector that is fitted on the good ones."""
        good = self._bar.good.path
        if good is None or not good.is_dir():
            self._inspection.failed.emit(tr("Choose a folder of good pictures first."))
            return
        self._inspection.score(good.resolve(), self._panels.anomalies.false_alarm_rate)
        self._panels.views.show("anomalies")

    def _show(self, name: str, _checked: bool = False) -> None:
        self._panels.views.show(name)

    @Slot()
    def _follow(self) -> None:
        known = self._inspection.rows is not None
        for action in (self.anomalies, self.similar):
            action.setEnabled(known)
