"""Pictures written to files one after another, on a thread of their own."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop import failures
from desktop.engine import picture_writer
from desktop.engine.errors import PictureError, StoppedError
from desktop.engine.pictures import Alpha, Pixels
from desktop.engine.watch import Progress, Stopped
from desktop.runner import Runner

Result = Callable[[], tuple[Pixels, Alpha | None]]


class Saver(QObject):
    """Writes every picture that it was asked to, in that order.

    Signals:
        saved(path): A picture is there.
        failed(text): One is not, and why; the others go on.
        stopped(): All of those that waited were cancelled.
        changed(): Another number of pictures is `waiting`.
    """

    saved = Signal(object)
    failed = Signal(str)
    stopped = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing to write."""
        super().__init__(parent)
        self._runner = Runner(self)
        self._runner.changed.connect(self.changed)

    @property
    def names(self) -> list[str]:
        """Of the pictures that are not there yet; the first of them is being written."""
        return self._runner.names

    @property
    def waiting(self) -> int:
        """How many pictures are not there yet."""
        return len(self.names)

    def save(self, path: Path, result: Result, profile: bytes | None = None) -> None:
        """Writes what `result` gives on the saver's thread, in the format that the suffix names, in that profile."""

        def write(_progress: Progress, stopped: Stopped) -> Path:
            _require_folder(path)
            picture_writer.save(path, *result(), stopped, profile)
            return path

        self._runner.start(path.name, write, self.saved.emit, self._tell_failure)

    @Slot()
    def cancel(self) -> None:
        """Cancels every picture that is not there yet, the one that is being written among them."""
        self._runner.cancel_all()

    def stop(self) -> None:
        """Ends the thread once the picture that it is at is written; those after it are not."""
        self._runner.stop()

    def _tell_failure(self, error: Exception) -> None:
        if not isinstance(error, StoppedError):
            self.failed.emit(failures.sentence(error))
        elif not self.waiting:
            self.stopped.emit()


def _require_folder(path: Path) -> None:
    """The folder was there when it was chosen: that of a disk that was taken out is not made anew."""
    if not path.parent.is_dir():
        raise PictureError("{target} cannot be written ({strerror}).", target=path, strerror=os.strerror(errno.ENOENT))
