"""A slider made from examples."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.i18n import bind, tr
from desktop.inspect.tools.layout import column
from desktop.widgets.labels import button, label
from desktop.widgets.rows import row

FEWEST = 3  # pictures on each pile


class ConceptMaker(QWidget):
    """Two piles of pictures, and a name for what they differ in.

    Signals:
        added(pile): The selected pictures are to go on the pile `more` or `less`.
        cleared(): Both piles are to be empty.
        asked(name): A slider is to be made.
    """

    added = Signal(str)
    cleared = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        """Both piles empty."""
        super().__init__()
        self.more = button("More: 0", "Put the selected pictures under 'more'")
        self.less = button("Less: 0", "Put the selected pictures under 'less'")
        self.clear = button("Clear", "Empty both")
        self.name, self.make = QLineEdit(), button("Make slider", "A concept slider in Explore, from these pictures")
        bind(self.name, self.name.setPlaceholderText, "What they differ in")
        bind(self.name, self.name.setAccessibleName, "Name of the concept")
        for each in (self.more, self.less, self.clear, self.make):
            each.setProperty("role", "small")
        rows = column(self)
        rows.addWidget(label("A slider from examples", "heading"))
        rows.addLayout(row(self.more, self.less, self.clear, None))
        rows.addLayout(row(self.name, self.make))
        self.more.clicked.connect(lambda: self.added.emit("more"))
        self.less.clicked.connect(lambda: self.added.emit("less"))
        self.clear.clicked.connect(self.cleared)
        self.make.clicked.connect(self._ask)
        self.name.returnPressed.connect(self._ask)
        self.name.textChanged.connect(self._follow)
        self.set_counts(0, 0)

    def set_counts(self, more: int, less: int) -> None:
        """How many pictures are on each pile."""
        self._counts = more, less
        self.more.setText(tr("More: {count}", count=more))
        self.less.setText(tr("Less: {count}", count=less))
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.make.setEnabled(min(self._counts) >= FEWEST and bool(self.name.text().strip()))
        self.clear.setEnabled(any(self._counts))

    @Slot()
    def _ask(self) -> None:
        if self.make.isEnabled():
            self.asked.emit(self.name.text())
