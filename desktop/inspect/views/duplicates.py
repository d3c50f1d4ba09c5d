"""Duplicates: groups of pictures that are nearly the same."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from desktop.i18n import mark
from desktop.inspect import words
from desktop.inspect.inspection import Inspection
from desktop.inspect.tools.duplicates import LARGEST_LIMIT, DuplicateTools
from desktop.inspect.views.view import View
from desktop.widgets import plain
from desktop.widgets.thumbnail_grid import ThumbnailGrid


class DuplicatesView(View):
    """One group after another, of pictures that are joined by a distance up to the chosen one."""

    hint = (mark("No duplicates"), mark("No two pictures are as near as that; try a larger distance"))

    def __init__(
        self, inspection: Inspection, tools: DuplicateTools, grid: ThumbnailGrid, parent: QObject | None = None
    ) -> None:
        """Nothing is compared yet."""
        super().__init__(tools, grid, parent)
        self._inspection, self._tools, self._grid = inspection, tools, grid
        tools.changed.connect(self.refresh)
        inspection.duplicates_found.connect(self.refresh)

    def arrive(self) -> None:
        """Compares all pictures, unless that was done."""
        if self._inspection.duplicates is None:
            self._inspection.find_duplicates(LARGEST_LIMIT)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """The groups up to the chosen distance."""
        if not self.is_shown:
            return
        if self._inspection.duplicates is None:
            self._tools.said.setText("")
            self._grid.pictures.show_rows(np.empty(0, np.int64))
            return
        rows, pairs = self._inspection.duplicates
        groups = pairs.groups(self._tools.limit)
        positions = np.array([position for group in groups for position in group], np.int64)
        captions = words.group_captions(groups)
        said = words.duplicates(self._tools.limit, pairs.limit, len(groups))
        self._tools.said.setText(said)
        self._tools.said.setToolTip(plain.tip(said))
        self._grid.pictures.show_rows(rows[positions], captions.__getitem__)

    def retranslate(self) -> None:
        """How many groups there are."""
        self.refresh()
