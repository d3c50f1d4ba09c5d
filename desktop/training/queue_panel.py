"""The trainings that wait, as a list with buttons; the next one starts when nothing trains."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.errors import TrainingError
from desktop.i18n import bind, told
from desktop.training import words
from desktop.training.launch import Plan
from desktop.training.queue import Entry, TrainingQueue
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row

LOOK_MS = 1000
ROWS_SHOWN = 3
KEY_ROLE = Qt.ItemDataRole.UserRole


class QueuePanel(QWidget):
    """Hidden while nothing waits.

    Signals:
        started(run): The next training began, in this window.
        failed(text): The queue cannot be kept, or a training cannot be started; it waits on.
    """

    started = Signal(object)
    failed = Signal(str)

    def __init__(self, queue: TrainingQueue, start: Callable[[Plan], int], is_busy: Callable[[], bool]) -> None:
        """Looks at the file once, and again and again while something waits.

        Args:
            queue: That of all windows.
            start: Starts a training and returns its process id; raises `TrainingError`.
            is_busy: Whether any training goes on.
        """
        super().__init__()
        self.queue, self._start, self._is_busy = queue, start, is_busy
        self._failed_at = ""
        self.list = QListWidget()
        bind(self.list, self.list.setAccessibleName, "Queue")
        self.list.setMaximumHeight(ROWS_SHOWN * theme.ROW_HEIGHT + 2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP_SMALL)
        self._column.addWidget(label("Queue", "heading"))
        self._column.addWidget(self.list)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.look()

    def add_buttons(self, *actions: QAction) -> None:
        """Buttons below the list."""
        self._column.addLayout(row(*(ActionButton(action, role="quiet") for action in actions), None))

    @property
    def chosen(self) -> str:
        """The key of the entry that is chosen; "" for none."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(KEY_ROLE))

    def add(self, plan: Plan) -> None:
        """Appends a training; it starts at once where nothing trains."""
        self._change(lambda: self.queue.add(plan))

    def move_chosen(self, places: int) -> None:
        """Moves the entry that is chosen."""
        self._change(lambda: self.queue.move(self.chosen, places))

    def remove(self) -> None:
        """Takes the entry that is chosen out."""
        self._change(lambda: self.queue.remove(self.chosen))

    @Slot()
    def look(self) -> None:
        """Shows what waits, and starts the next training where nothing trains."""
        entries = self.queue.entries
        if entries or self.queue.was_cut_short:
            self._start_next()
            entries = self.queue.entries
        self._show(entries)
        if entries != [] and not self._timer.isActive():
            self._timer.start()
        elif not entries:
            self._timer.stop()

    def stop(self) -> None:
        """The window closes; what waits is kept."""
        self._timer.stop()

    def _start_next(self) -> None:
        try:
            plan = self.queue.start_next(self._start, self._is_busy)
        except TrainingError as error:
            if str(error) != self._failed_at:  # said once, not every second
                self._failed_at = str(error)
                self.failed.emit(told(error))
            return
        self._failed_at = ""
        if plan is not None:
            run: Path = plan.out
            self.started.emit(run)

    def _change(self, change: Callable[[], object]) -> None:
        try:
            change()
        except TrainingError as error:
            self.failed.emit(told(error))
        self.look()

    def _show(self, entries: list[Entry]) -> None:
        keys = [entry.key for entry in entries]
        if [self.list.item(place).data(KEY_ROLE) for place in range(self.list.count())] != keys:
            chosen = self.chosen
            self.list.clear()
            for entry in entries:
                item = QListWidgetItem(words.waiting(entry.plan))
                item.setSizeHint(QSize(0, theme.ROW_HEIGHT))
                item.setData(KEY_ROLE, entry.key)
                self.list.addItem(item)
            self.list.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.setVisible(bool(entries))
