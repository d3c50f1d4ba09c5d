"""Pictures written to files one after another, on a thread of their own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.engine import saving
from desktop.engine.pictures import Alpha, Pixels
from desktop.i18n import told
from desktop.worker import Worker

Result = Callable[[], tuple[Pixels, Alpha | None]]


class Saver(QObject):
    """Writes every picture that it was asked to, in that order.

    Signals:
        saved(path): A picture is there.
        failed(text): One is not, and why; the others go on.
        changed(): Another number of pictures is `waiting`.
    """

    saved = Signal(object)
    failed = Signal(str)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing to write."""
        super().__init__(parent)
        self.waiting = 0
        self._worker = Worker(lambda _: None, self)  # for its spare jobs, which are all done, one after the other

    def save(self, path: Path, result: Result) -> None:
        """Writes what `result` gives on the saver's thread, in the format that the path's suffix names."""
        self.waiting += 1
        self._worker.spare(
            lambda: saving.save(path, *result()), functools.partial(self._tell, path), self._tell_failure
        )
        self.changed.emit()

    def stop(self) -> None:
        """Ends the thread once the picture that it is at is written; those after it are not."""
        self._worker.stop()

    def _tell(self, path: Path, _: None) -> None:
        self.waiting -= 1
        self.saved.emit(path)
        self.changed.emit()

    def _tell_failure(self, error: Exception) -> None:
        self.waiting -= 1
        self.failed.emit(told(str(error)))
        self.changed.emit()
