"""Pictures written to files one after another, on a thread of their own."""

from __future__ import annotations

import errno
import functools
import os
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine import picture_writer
from desktop.engine.errors import PictureError, StoppedError
from desktop.engine.pictures import Alpha, Pixels
from desktop.i18n import told
from desktop.worker import Worker

Result = Callable[[], tuple[Pixels, Alpha | None]]


class Saver(QObject):
    """Writes every picture that it was asked to, in that order.

    Attributes:
        names: Of the pictures that are not there yet; the first of them is being written.

    Signals:
        saved(path): A picture is there.
        failed(text): One is not, and why; the others go on.
        stopped(): All of those that waited were given up.
        changed(): Another number of pictures is `waiting`.
    """

    saved = Signal(object)
    failed = Signal(str)
    stopped = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing to write."""
        super().__init__(parent)
        self.names: deque[str] = deque()
        self._stop = threading.Event()  # shared by all pictures that were asked for since the last `cancel`
        self._worker = Worker(lambda _: None, self)  # for its spare jobs, which are all done, one after the other

    @property
    def waiting(self) -> int:
        """How many pictures are not there yet."""
        return len(self.names)

    def save(self, path: Path, result: Result) -> None:
        """Writes what `result` gives on the saver's thread, in the format that the path's suffix names."""
        self.names.append(path.name)
        job = functools.partial(_write, path, result, self._stop.is_set)
        self._worker.spare(job, functools.partial(self._tell, path), self._tell_failure)
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Gives up every picture that is not there yet, the one that is being written among them."""
        self._stop.set()
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ends the thread once the picture that it is at is written; those after it are not."""
        self._worker.stop()

    def _tell(self, path: Path, _: None) -> None:
        self.names.popleft()
        self.saved.emit(path)
        self.changed.emit()

    def _tell_failure(self, error: Exception) -> None:
        self.names.popleft()
        if not isinstance(error, StoppedError):
            self.failed.emit(told(error))
        elif not self.names:
            self.stopped.emit()
        self.changed.emit()


def _write(path: Path, result: Result, stop: Callable[[], bool]) -> None:
    """On the saver's thread."""
    if stop():
        raise StoppedError("Stopped before its end, as you asked.")
    if not path.parent.is_dir():  # it was there when it was chosen: a disk that was taken out is not made anew
        raise PictureError("{target} cannot be written ({strerror}).", target=path, strerror=os.strerror(errno.ENOENT))
    picture_writer.save(path, *result(), stop)
