"""The pictures from which a concept slider is made."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from desktop.engine.folder.index import Rows
from desktop.inspect.inspection import Inspection
from desktop.inspect.tools.concepts import ConceptMaker
from desktop.widgets.thumbnail_grid import ThumbnailGrid


class Piles(QObject):
    """Puts the grid's selected pictures on the pile `more` or `less`, and asks for a slider from both."""

    def __init__(self, inspection: Inspection, maker: ConceptMaker, grid: ThumbnailGrid) -> None:
        """Both piles empty."""
        super().__init__(maker)
        self._inspection, self._maker, self._grid = inspection, maker, grid
        self._piles: dict[str, Rows] = {}
        maker.added.connect(self._add)
        maker.cleared.connect(self.clear)
        maker.asked.connect(self._make)
        inspection.indexed.connect(self.clear)
        inspection.concept_made.connect(self.clear)
        self.clear()

    @Slot()
    def clear(self) -> None:
        """Both piles empty."""
        self._piles = {"more": np.empty(0, np.int64), "less": np.empty(0, np.int64)}
        self.show_counts()

    def show_counts(self) -> None:
        """How many pictures are on each pile, in the language of the window."""
        self._maker.set_counts(len(self._piles["more"]), len(self._piles["less"]))

    @Slot(str)
    def _add(self, pile: str) -> None:
        self._piles[pile] = np.union1d(self._piles[pile], self._grid.selected_rows)
        self.show_counts()

    @Slot(str)
    def _make(self, name: str) -> None:
        self._inspection.make_concept(name, self._piles["more"], self._piles["less"])
