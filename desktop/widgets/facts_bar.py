"""Short facts beside one another: a small name above each value."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets import plain
from desktop.widgets.labels import label

COLUMN_WIDTH, WIDEST_COLUMN = 90, 160


@dataclasses.dataclass(frozen=True)
class Fact:
    """A name, a value, and a sentence that says what it means; all as the user reads them."""

    name: str
    value: str
    tip: str


class FactsBar(QWidget):
    """As many columns as there is room for, and as many rows as that takes."""

    def __init__(self) -> None:
        """No facts."""
        super().__init__()
        self._cells: list[_Cell] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.GAP_SMALL // 2)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Shows these; labels are made once and used again."""
        while len(self._cells) < len(facts):
            self._cells.append(_Cell(self))
            self._columns = 0
        for index, cell in enumerate(self._cells):
            cell.setVisible(index < len(facts))
            if index < len(facts):
                cell.show_fact(facts[index])
        self._arrange()

    def text(self, name: str) -> str:
        """The value of the fact of that name.

        Raises:
            KeyError: It is not shown.
        """
        return {cell.name.text(): cell.value.text() for cell in self._cells if not cell.isHidden()}[name]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arranges the facts anew where another number fits beside one another; a wide screen keeps them left."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        columns = max(2, min(len(self._cells), (self.width() + theme.GAP) // (COLUMN_WIDTH + theme.GAP)))
        self._grid.setContentsMargins(0, 0, max(0, self.width() - columns * WIDEST_COLUMN), 0)
        if columns == self._columns:
            return
        self._columns = columns
        for index, cell in enumerate(self._cells):
            self._grid.addWidget(cell, index // columns, index % columns)
        for index in range(self._grid.columnCount()):
            self._grid.setColumnStretch(index, 0 if index >= columns else 2 if index else 3)  # the first is the longest


class _Cell(QWidget):
    """One fact."""

    def __init__(self, bar: QWidget) -> None:
        super().__init__(bar)  # a cell without a parent would be a window of its own for a moment
        self.name, self.value = label("", "number"), label("", "fact")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.name)
        column.addWidget(self.value)

    def show_fact(self, fact: Fact) -> None:
        if self.name.text() != fact.name:
            self.name.setText(fact.name)
        if self.value.text() != fact.value:
            self.value.setText(fact.value)
        self.setToolTip(plain.tip(fact.tip))
