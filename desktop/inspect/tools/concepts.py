"""A slider made from examples."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.i18n import bind, tr
from desktop.inspect.tools.layout import column
from desktop.widgets.labels import button, label
from desktop.widgets.rows import row

FEWEST = 3  # pictures on each pile


class ConceptMaker(QWidget):
    """Two piles of pictures, and a name for what they differ in.

    Signals:
        cleared(): Both piles are to be empty.
        asked(name): A slider is to be made.
    """

    cleared = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        """Both piles empty."""
        super().__init__()
        self.said = label("", "number")
        self.clear = button("Clear", "Empty both")
        self.name, self.make = QLineEdit(), button("Make slider", "A concept slider in Explore, from these pictures")
        bind(self.name, self.name.setPlaceholderText, "What they differ in")
        bind(self.name, self.name.setAccessibleName, "Name of the concept")
        for each in (self.clear, self.make):
            each.setProperty("role", "small")
        rows = column(self)
        rows.addWidget(label("A slider from examples", "heading"))
        rows.addLayout(row(self.said, None, self.clear))
        rows.addLayout(row(self.name, self.make))
        self.clear.clicked.connect(self.cleared)
        self.make.clicked.connect(self._ask)
        self.name.returnPressed.connect(self._ask)
        self.name.textChanged.connect(self._follow)
        self.set_counts(0, 0)

    def set_counts(self, more: int, less: int) -> None:
        """How many pictures are on each pile; with none under `less`, all others are."""
        self._counts = more, less
        if not more and not less:
            said = tr("Select pictures, and press Add to more")
        elif not less:
            said = tr("More: {more:,} · less: all others", more=more)
        else:
            said = tr("More: {more:,} · less: {less:,}", more=more, less=less)
        self.said.setText(said)
        self._follow()

    def propose(self, name: str) -> None:
        """A name to be typed over, where none is typed."""
        if not self.name.text().strip():
            self.name.setText(name)
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    @Slot()
    def _follow(self) -> None:
        more, less = self._counts
        enough = more >= FEWEST and (less >= FEWEST or not less)
        self.make.setEnabled(enough and bool(self.name.text().strip()))
        self.clear.setEnabled(any(self._counts))

    @Slot()
    def _ask(self) -> None:
        if self.make.isEnabled():
            self.asked.emit(self.name.text())
