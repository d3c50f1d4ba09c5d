"""How far a long piece of work is, and a way to give it up."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop import theme
from desktop.i18n import bind
from desktop.widgets.labels import button, label

SMALL_WIDTH = 120  # of the bar, in device-independent pixels


class ProgressStrip(QWidget):
    """A line of text, a bar, and Cancel; hidden while nothing is going on.

    Signals:
        cancelled(): The user gives the work up.
    """

    cancelled = Signal()

    def __init__(self, is_small: bool = False) -> None:
        """Hidden; a small one fits into a status bar."""
        super().__init__()
        self._text, self.bar = label("", "number" if is_small else "muted"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        bind(self.bar, self.bar.setAccessibleName, "Progress")
        self.cancel_button = button("Cancel", "Cancel this; what is shown stays")
        if is_small:
            self.bar.setFixedWidth(SMALL_WIDTH)
            self.cancel_button.setProperty("role", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_SMALL if is_small else theme.GAP)
        row.addWidget(self._text)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel_button)
        self.cancel_button.clicked.connect(self.cancelled)
        self.hide()

    @property
    def text(self) -> str:
        """What is said to be going on."""
        return self._text.text()

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Shows that so many of so many steps are done; of 0 steps, that it is not known how many there are."""
        self._text.setText(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.show()

    @Slot()
    def finish(self) -> None:
        """Nothing is going on any more."""
        self.hide()
