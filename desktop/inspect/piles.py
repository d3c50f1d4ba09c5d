"""The pictures from which a concept slider is made."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, Slot

from desktop.engine.folder.index import Rows
from desktop.i18n import mark, tr
from desktop.inspect import PAGE
from desktop.inspect.inspection import Inspection
from desktop.inspect.selection import Selection
from desktop.inspect.tools.concepts import ConceptMaker
from desktop.state.actions import Actions

Pile = Literal["more", "less"]


class Piles(QObject):
    """Puts the selected pictures on the pile `more` or `less`, and asks for a slider from both."""

    def __init__(self, actions: Actions, inspection: Inspection, maker: ConceptMaker, selection: Selection) -> None:
        """Both piles empty."""
        super().__init__(maker)
        self._inspection, self._maker, self._selection = inspection, maker, selection
        self._piles: dict[Pile, Rows] = {}
        act = actions.of_page(PAGE, "edit")
        more = mark("These have more of what a new slider is to change")
        self.more = act("more", lambda: self.add("more"), "Add to more", more, keys="Ctrl+Shift+Up")
        less = mark("These have less of what a new slider is to change")
        self.less = act("less", lambda: self.add("less"), "Add to less", less, keys="Ctrl+Shift+Down")
        slider = mark("A slider from these pictures to all others")
        self.slider = act("slider", self.make_of_selection, "Make slider…", slider, keys="Ctrl+Shift+L")
        maker.cleared.connect(self.clear)
        maker.asked.connect(self._make)
        inspection.indexed.connect(self.clear)
        inspection.outputs.concept_made.connect(self._take_concept)
        self.clear()

    @Slot()
    def clear(self) -> None:
        """Both piles empty."""
        self._piles = {"more": np.empty(0, np.int64), "less": np.empty(0, np.int64)}
        self.show_counts()

    def show_counts(self) -> None:
        """How many pictures are on each pile, in the language of the window."""
        self._maker.set_counts(len(self._piles["more"]), len(self._piles["less"]))

    def add(self, pile: Pile) -> None:
        """The selected pictures are on this pile, and not on the other one."""
        rows = self._selection.rows
        other: Pile = "less" if pile == "more" else "more"
        self._piles[pile] = np.union1d(self._piles[pile], rows)
        self._piles[other] = np.setdiff1d(self._piles[other], rows)
        self.show_counts()

    @Slot()
    def make_of_selection(self) -> None:
        """The selected pictures have more of it, all others less; its name is asked for."""
        self.clear()
        self.add("more")
        self._maker.propose(tr("Selected pictures"))

    @Slot(str)
    def _make(self, name: str) -> None:
        self._inspection.outputs.make_concept(name, self._piles["more"], self._piles["less"])

    @Slot()
    def _take_concept(self) -> None:
        self._maker.name.clear()
        self.clear()
