"""Which pictures are selected on the Inspect page, whatever view they were selected in."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from desktop.engine.folder.index import Rows


class Selection(QObject):
    """Rows of the index, and the one that was chosen last.

    Signals:
        changed(): Other pictures are selected.
        current_changed(row): Another picture is the chosen one; -1 for none.
    """

    changed = Signal()
    current_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing."""
        super().__init__(parent)
        self._rows: Rows = np.empty(0, np.int64)
        self._current = -1

    @property
    def rows(self) -> Rows:
        """The selected rows, int64 `[N]`, in the order of the view that they were selected in."""
        return self._rows

    @property
    def current(self) -> int:
        """The row of the chosen picture; -1 for none."""
        return self._current

    def select(self, rows: Rows) -> None:
        """Selects these and no others."""
        if not np.array_equal(rows, self._rows):
            self._rows = rows
            self.changed.emit()

    def choose(self, row: int) -> None:
        """Another picture is the chosen one."""
        if row != self._current:
            self._current = row
            self.current_changed.emit(row)

    def clear(self) -> None:
        """Nothing is selected or chosen."""
        self.select(np.empty(0, np.int64))
        self.choose(-1)
