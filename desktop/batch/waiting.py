"""The batches that wait for their turn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from desktop.engine.batch.plan import BatchJob
from desktop.i18n import bind, tr
from desktop.widgets.labels import button, label
from desktop.widgets.rows import row

ROWS = 3  # that are seen at once


class WaitingList(QWidget):
    """A line for each batch; hidden while none waits.

    Signals:
        removed(place): The user gives one up.
    """

    removed = Signal(int)

    def __init__(self) -> None:
        """None waits."""
        super().__init__()
        self.list = _List()
        bind(self.list, self.list.setAccessibleName, "Batches that wait")
        self.list.setFixedHeight(ROWS * 24)
        self.remove = button("Remove from the queue", "Give up the chosen batch", icon="remove", role="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row(label("Next", "heading"), None, self.remove))
        column.addWidget(self.list)
        self.remove.clicked.connect(self._remove)
        self.list.deleted.connect(self._remove)
        self.hide()

    def show_jobs(self, jobs: Sequence[BatchJob]) -> None:
        """Others in place of all."""
        self.list.clear()
        for job in jobs:
            text = tr("{source} to {target}, by {name}", source=job.source, target=job.target, name=job.entry.name)
            self.list.addItem(text)
        if jobs:
            self.list.setCurrentRow(0)
        self.setVisible(bool(jobs))

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.removed.emit(self.list.currentRow())


class _List(QListWidget):
    """Delete gives one up."""

    deleted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)
