"""Where in a folder the picture that is shown is, and in which order the folder is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.i18n import bind, mark, tr
from desktop.widgets.labels import label, tool
from desktop.widgets.rows import row


class FolderBar(QWidget):
    """ "6 of 500" between two arrows, what is being measured, and the order.

    Signals:
        stepped(by): The user wants the picture before (-1) or after (1).
        sorted(name): The user chose an order.
    """

    stepped = Signal(int)
    sorted = Signal(str)

    def __init__(self, orders: Sequence[tuple[str, str]]) -> None:
        """Name and text, in English, of each order."""
        super().__init__()
        self._orders = orders
        self.place, self.note = label("", "number"), label("", "number")
        self.order = QComboBox()
        bind(self.order, self.order.setAccessibleName, "Order of the pictures")
        bind(self.order, self.order.setToolTip, "Order of the pictures")
        self.back = tool("previous", mark("Previous picture"))
        self.on = tool("next", mark("Next picture"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(self.back, self.place, self.on, self.note, None, self.order, gap=4))
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.order.activated.connect(lambda place: self.sorted.emit(orders[place][0]))
        self._fill()

    def show_place(self, number: int, total: int) -> None:
        """Which of how many is shown, counted from 1; 0 where it is none of them."""
        if number:
            self.place.setText(tr("{number} of {total}", number=f"{number:,}", total=f"{total:,}"))
        else:
            self.place.setText(tr("{n:,} pictures", n=total))
        self.back.setEnabled(number > 1)
        self.on.setEnabled(number < total)

    def choose(self, name: str) -> None:
        """Shows another order; no signal."""
        with QSignalBlocker(self.order):
            self.order.setCurrentIndex([each for each, _ in self._orders].index(name))

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        with QSignalBlocker(self.order):
            chosen = max(0, self.order.currentIndex())
            self.order.clear()
            self.order.addItems([tr(text) for _, text in self._orders])
            self.order.setCurrentIndex(chosen)
