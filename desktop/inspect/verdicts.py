"""What the user says of pictures that were called wrongly: the detector learns from it, one verdict after another."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from desktop.engine.anomaly.anomalies import Report
from desktop.engine.folder.index import Rows
from desktop.i18n import mark, tr
from desktop.inspect import PAGE
from desktop.inspect.inspection import Inspection
from desktop.inspect.place import Place
from desktop.inspect.selection import Selection
from desktop.state.actions import Actions

Change = Callable[[Place, Report], Report]


class Verdicts(QObject):
    """Each verdict changes the report that the one before left; while there is none, they wait."""

    def __init__(
        self,
        actions: Actions,
        inspection: Inspection,
        selection: Selection,
        remember: Callable[[Callable[[], object]], None],
    ) -> None:
        """`remember` takes what undoes a verdict."""
        super().__init__(inspection)
        self._inspection, self._selection, self._remember = inspection, selection, remember
        self._waiting: deque[Change] = deque()
        act = actions.of_page(PAGE, "edit")
        good = mark("The selected pictures are good: the detector learns from it")
        self.normal = act("normal", functools.partial(self._say, False), "Not an anomaly", good, keys="N")
        bad = mark("The selected pictures are anomalies: the detector learns from it")
        self.missed = act("missed", functools.partial(self._say, True), "Missed", bad, keys="M")
        inspection.busy_changed.connect(self._next)
        inspection.scored.connect(self._next)

    def say(self, rows: Rows, bad: bool) -> None:
        """The user's verdict on some pictures; it can be undone."""
        if self._inspection.scored_report() is None:
            return
        self._add(functools.partial(self._inspection.inspector.correct, rows=rows, bad=bad))
        self._remember(self.undo)

    @Slot()
    def undo(self) -> None:
        """The detector is what it was before the last verdict."""
        self._add(self._inspection.inspector.undo_correction)

    def _say(self, bad: bool, _checked: bool = False) -> None:
        if len(self._selection.rows):
            self.say(self._selection.rows, bad)
        else:
            self._inspection.failed.emit(tr("First select the pictures that were scored wrongly."))

    def _add(self, change: Change) -> None:
        self._waiting.append(change)
        self._next()

    @Slot()
    def _next(self) -> None:
        inspection = self._inspection
        settled = not inspection.is_asked("verdicts") and not inspection.is_asked("scores")
        if self._waiting and inspection.report is not None and settled:
            inspection.revise(self._waiting.popleft())
