"""The actions of the Inspect page that move pictures, keep what the user says of them, and undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.engine.folder.index import Rows
from desktop.engine.folder.moves import Moved
from desktop.i18n import mark, tr
from desktop.inspect import PAGE, targets
from desktop.inspect.inspection import Inspection
from desktop.inspect.selection import Selection
from desktop.inspect.views.anomalies import AnomaliesView
from desktop.inspect.views.duplicates import DuplicatesView
from desktop.state.services import Services


class MoveActions(QObject):
    """Move, keep the best of each group, tell pictures apart, and undo."""

    def __init__(
        self,
        services: Services,
        inspection: Inspection,
        selection: Selection,
        page: QWidget,
        views: tuple[AnomaliesView, DuplicatesView],
    ) -> None:
        """Registers the actions."""
        super().__init__(page)
        self._services, self._inspection, self._selection, self._page = services, inspection, selection, page
        self._anomalies, self._duplicates = views
        self._done: list[Callable[[], object]] = []  # how to undo each thing that was done, the newest last
        self.undo_verdict: Callable[[], object] = lambda: None
        act = services.actions.of_page(PAGE, "edit")
        away = mark("Move the selected pictures to another folder; nothing is deleted")
        self.move = act("move", self._move_selected, "Move…", away, keys="Ctrl+Shift+M")
        beside = mark("Move every anomaly to a folder beside this one; nothing is deleted, and Undo moves them back")
        self.move_anomalies = act("move_anomalies", self._move_anomalies, "Move anomalies", beside, keys="Ctrl+Shift+J")
        best = mark("Move all but the best of each group to a folder beside this one; Undo moves them back")
        self.keep_best = act("keep_best", self._keep_best, "Keep the best of each", best, keys="Ctrl+Shift+K")
        apart = mark("One picture: it is no duplicate of its group. Several: they are none of one another")
        self.tell_apart = act("apart", self._tell_apart, "Not a duplicate", apart, keys="Ctrl+Shift+N")
        undone = mark("Undo the last move, verdict, or pair told apart")
        self.undo = act("undo", self._undo, "Undo", undone, keys=QKeySequence.StandardKey.Undo)
        inspection.outputs.moved.connect(self._tell_moved)
        inspection.outputs.move_undone.connect(self._tell_undone)

    def remember(self, undo: Callable[[], object]) -> None:
        """Something was done, and this undoes it."""
        self._done.append(undo)

    @Slot()
    def _move_selected(self) -> None:
        self._move(self._selection.rows, "moved", tr("First select the pictures to move."), asks=True)

    @Slot()
    def _move_anomalies(self) -> None:
        none = tr("There are no anomalies to move: find them first, or choose a larger false-alarm rate.")
        self._move(self._anomalies.anomalous, "anomalies", none)

    @Slot()
    def _keep_best(self) -> None:
        none = tr("There are no duplicates to move, or which one is the best is not known yet.")
        self._move(self._duplicates.others(), "duplicates", none)

    def _move(self, rows: Rows, kind: str, none: str, asks: bool = False) -> None:
        """To a folder beside the inspected one; which one is asked where it cannot be made, or with `asks`."""
        place = self._inspection.place
        if place is None or not len(rows):
            self._services.warned.emit(none)
            return
        target: Path | None = targets.proposed(place.folder, kind)
        if asks or target is None or not targets.can_be_made(target):
            target = targets.ask(self._page, len(rows), targets.proposed(place.folder, kind))
        if target is not None:
            self._inspection.outputs.move(rows, target)

    @Slot()
    def _tell_apart(self) -> None:
        said = self._duplicates.told_apart()
        if not said:
            self._services.warned.emit(tr("Select a picture of a group, or several, that are no duplicates."))
            return
        before = changed = self._inspection.notes
        for names, others in said:
            changed = changed.with_remark("no duplicates", names, others)
        self._inspection.outputs.note(changed)
        self.remember(lambda: self._inspection.outputs.note(before))

    @Slot()
    def _undo(self) -> None:
        """The last thing done here; after a new start, the last one of the view that is shown, or the last move."""
        notes = self._inspection.notes
        if self._done:
            self._done.pop()()
        elif self._duplicates.is_shown and notes.apart:
            self._inspection.outputs.note(notes.without_last("no duplicates"))
        elif self._anomalies.is_shown and self._inspection.corrected():
            self.undo_verdict()
        else:
            self._inspection.outputs.undo_move()

    @Slot(object, object)
    def _tell_moved(self, moved: Moved, folder: Path) -> None:
        if moved.done:
            self.remember(self._inspection.outputs.undo_move)
        said = tr("{n:,} pictures were moved to {folder}.", n=len(moved.done), folder=folder)
        self._tell(moved, said, self._undo if moved.done else None)

    @Slot(object)
    def _tell_undone(self, moved: Moved) -> None:
        self._tell(moved, tr("{n:,} pictures are back in their place.", n=len(moved.done)))

    def _tell(self, moved: Moved, text: str, undo: Callable[[], object] | None = None) -> None:
        """Says what was moved and what was not, and indexes the folder anew."""
        if moved.failed:
            path, reason = moved.failed[0]
            text += " " + tr("{n:,} pictures stay where they are, such as {name}: {reason}.",
                             n=len(moved.failed), name=path.name, reason=reason)  # fmt: skip
        if self._inspection.place is not None:
            self._inspection.index(self._inspection.place.entry, self._inspection.place.folder)
        if undo is None:
            self._services.told.emit(text)
        else:
            self._services.undoable.emit(text, undo)
