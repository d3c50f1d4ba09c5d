"""The controls of the overview."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.i18n import bind
from desktop.inspect.tools.layout import column
from desktop.widgets.labels import label
from desktop.widgets.rows import row

WIDTH = 260  # device-independent pixels


class OverviewTools(QWidget):
    """A line for a part of a name.

    Signals:
        changed(): Other pictures are shown.
        folder_asked(): The user wants to choose another folder.
    """

    changed = Signal()
    folder_asked = Signal()

    def __init__(self) -> None:
        """All pictures."""
        super().__init__()
        self.filter, self.said = QLineEdit(), label("", "number")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(WIDTH)
        bind(self.filter, self.filter.setPlaceholderText, "Part of a name")
        bind(self.filter, self.filter.setAccessibleName, "Part of a name")
        column(self).addLayout(row(self.filter, self.said, None))
