"""The batches that wait for their turn."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from desktop.engine.batch.plan import BatchJob
from desktop.i18n import bind, tr
from desktop.widgets.labels import button, label
from desktop.widgets.rows import row

ROWS = 3  # that are seen at once


class WaitingList(QWidget):
    """A line for each batch, the next one first; hidden while none waits."""

    def __init__(self) -> None:
        """None waits."""
        super().__init__()
        self._jobs: list[BatchJob] = []
        self.list = _List()
        bind(self.list, self.list.setAccessibleName, "Batches that wait")
        self.list.setFixedHeight(ROWS * 24)
        self.remove = button(
            "Remove from the queue", "Remove the chosen batch from the queue", icon="remove", role="quiet"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row(label("Next", "heading"), None, self.remove))
        column.addWidget(self.list)
        self.remove.clicked.connect(self._remove)
        self.list.deleted.connect(self._remove)
        self.hide()

    def add(self, job: BatchJob) -> None:
        """One more, after those that wait."""
        self._show([*self._jobs, job])

    def take_next(self) -> BatchJob | None:
        """The batch that has waited for longest, which waits no more; None where none does."""
        first = self._jobs[0] if self._jobs else None
        self._show(self._jobs[1:])
        return first

    def clear(self) -> None:
        """None waits any more."""
        self._show([])

    def _show(self, jobs: list[BatchJob]) -> None:
        self._jobs = jobs
        self.list.clear()
        for job in jobs:
            text = tr("{source} to {target}, by {name}", source=job.source, target=job.target, name=job.entry.name)
            self.list.addItem(text)
        if jobs:
            self.list.setCurrentRow(0)
        self.setVisible(bool(jobs))

    def _remove(self) -> None:
        row = self.list.currentRow()
        self._show([job for place, job in enumerate(self._jobs) if place != row])


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
