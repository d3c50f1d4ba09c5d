"""Duplicates: groups of pictures that are nearly the same, and the best of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from desktop.engine.similarity import groups
from desktop.engine.similarity.neighbours import Pairs
from desktop.i18n import tr
from desktop.inspect import words
from desktop.inspect.inspection import Inspection
from desktop.inspect.tools.duplicates import LARGEST_LIMIT, DuplicateTools
from desktop.inspect.views.groups_table import GroupsTable
from desktop.inspect.views.view import Blank, View
from desktop.widgets import plain


class DuplicatesView(View):
    """One group in each line: of copies, or of pictures that are joined by a distance up to the chosen one."""

    def __init__(
        self, inspection: Inspection, tools: DuplicateTools, table: GroupsTable, parent: QObject | None = None
    ) -> None:
        """Nothing is compared yet."""
        super().__init__(tools, table, parent)
        self._inspection, self._tools, self._table = inspection, tools, table
        tools.changed.connect(self._follow)
        inspection.duplicates_found.connect(self._take_pairs)
        inspection.qualities_found.connect(self._mark_best)
        inspection.outputs.noted.connect(self.refresh)
        inspection.forgotten.connect(self._clear)

    def blank(self) -> Blank | None:
        """While pictures are compared, and where there are no duplicates."""
        if self._found() is None:
            return Blank(tr("Every picture is being compared with every other."))
        if self._table.groups.groups:
            return None
        if self._tools.of_copies:
            return Blank(tr("No picture is a copy of another."), tr("Show near latents"), self._tools.show_near, True)
        sentence = tr("No two pictures are that near to each other.")
        return Blank(sentence, tr("Allow a larger distance"), self._tools.allow_more, True)

    def arrive(self) -> None:
        """Compares all pictures, unless that was done."""
        if self._found() is None:
            self._ask()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """The copies, or the groups up to the chosen distance, without what is told apart."""
        if not self.is_shown:
            return
        found = self._found()
        if found is None:
            self._clear()
            self._tools.changed_groups.emit(0)
            return
        rows, pairs = found
        place = dict(zip(self._rows(), self._inspection.names))
        apart = self._inspection.notes.apart
        counted = groups.without_pairs(pairs, apart, [place.get(row, "") for row in rows.tolist()])
        shown = [[int(rows[position]) for position in group] for group in counted.groups(self._tools.limit)]
        said = self._said(pairs, len(shown), len(apart))
        self._tools.said.setText(said)
        self._tools.said.setToolTip(plain.tip(said))
        self._table.groups.show_groups(shown, self._best(shown))
        self._tools.changed_groups.emit(len(shown))
        unknown = [row for group in shown for row in group if row not in self._inspection.qualities]
        if unknown and not self._inspection.is_asked("qualities"):
            self._inspection.measure(np.array(unknown, np.int64))

    def others(self) -> NDArray[np.int64]:
        """Every picture that is not the best of its group, of the groups whose best is known."""
        model, found = self._table.groups, list[int]()
        for line, group in enumerate(model.groups):
            best = model.best_of(line)
            found += [row for row in group if row != best] if best >= 0 else []
        return np.array(found, np.int64)

    def told_apart(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Of each group with selected pictures: those that are no duplicates of one another, or one, and the rest."""
        said, name = [], self._inspection.name_of
        for line, chosen in self._table.selected_by_group().items():
            rest = [row for row in self._table.groups.groups[line] if row not in chosen] if len(chosen) == 1 else []
            said.append((tuple(map(name, chosen)), tuple(map(name, rest))))
        return said

    def retranslate(self) -> None:
        """How many groups there are."""
        self.refresh()

    @Slot()
    def _follow(self) -> None:
        """Another kind is looked for once."""
        if self.is_shown:
            self.arrive()

    def _found(self) -> tuple[NDArray[np.int64], Pairs] | None:
        """What is shown of; None where it was not looked for yet."""
        copies = self._inspection.copies
        if self._tools.of_copies:
            return None if copies is None else copies[:2]
        return self._inspection.duplicates

    def _ask(self) -> None:
        if self._tools.of_copies:
            self._inspection.find_copies()
        else:
            self._inspection.find_duplicates(LARGEST_LIMIT)

    def _said(self, pairs: Pairs, shown: int, apart: int) -> str:
        copies = self._inspection.copies
        if self._tools.of_copies and copies is not None:
            return words.copies(shown, copies[2], apart)
        return words.duplicates(self._tools.limit, pairs.limit, shown, apart, not pairs.is_complete)

    def _rows(self) -> list[int]:
        return [] if self._inspection.rows is None else self._inspection.rows.tolist()

    def _best(self, shown: list[list[int]]) -> list[int]:
        """The place of the best of each group; -1 where not all of it is measured."""
        known = self._inspection.qualities
        return [
            groups.best_of([known[row] for row in group]) if all(row in known for row in group) else -1
            for group in shown
        ]

    @Slot()
    def _take_pairs(self) -> None:
        self.refresh()

    @Slot()
    def _mark_best(self) -> None:
        self._table.groups.set_best(self._best(self._table.groups.groups))

    @Slot()
    def _clear(self) -> None:
        self._table.groups.show_groups([], [])
        self._tools.said.setText("")
