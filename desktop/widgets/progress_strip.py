"""How far a long piece of work is, and a way to give it up."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop import theme
from desktop.i18n import bind
from desktop.widgets.labels import button, label


class ProgressStrip(QWidget):
    """A line of text, a bar, and Cancel; hidden while nothing is going on.

    Signals:
        cancelled(): The user gives the work up.
    """

    cancelled = Signal()

    def __init__(self) -> None:
        """Hidden."""
        super().__init__()
        self._text, self.bar = label("", "muted"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        bind(self.bar, self.bar.setAccessibleName, "Progress")
        self.cancel_button = button("Cancel", "Give this up; what is shown stays")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
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
        """Shows that so many of so many steps are done."""
        self._text.setText(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.show()

    @Slot()
    def finish(self) -> None:
        """Nothing is going on any more."""
        self.hide()
