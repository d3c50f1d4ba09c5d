"""Saving a film without waiting for it."""

from __future__ import annotations

import functools
import queue
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop import failures
from desktop.engine.errors import StoppedError
from desktop.engine.film import films
from desktop.engine.film.films import Kind
from desktop.engine.pictures import Pixels
from desktop.engine.watch import Progress, Stopped
from desktop.runner import Runner
from desktop.worker import Spare

LOOK_S = 0.1  # how often a thread that waits for a frame looks whether it is still wanted


class FilmExport(QObject):
    """Writes films, one after another, on a thread of its own; frames are decoded where all others are, as spare work.

    Signals:
        progressed(name, done, total): So many frames of the film of that name are decoded.
        finished(path): The film is there.
        failed(text): It is not, and why; nothing was written.
        stopped(): It was cancelled; nothing was written.
        changed(): A film was asked for, or has ended.
    """

    progressed = Signal(str, int, int)
    finished = Signal(object)
    failed = Signal(str)
    stopped = Signal()
    changed = Signal()
    _asked = Signal(object, object)

    def __init__(self, spare: Spare, parent: QObject | None = None) -> None:
        """Nothing to write."""
        super().__init__(parent)
        self._spare, self._runner = spare, Runner(self)
        self._runner.progressed.connect(self.progressed)
        self._runner.changed.connect(self.changed)
        self._asked.connect(self._make_frame, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a film is being written."""
        return self._runner.busy

    def start(self, path: Path, kind: Kind, decode: Callable[[int], Pixels], count: int, per_second: int) -> None:
        """Writes the `count` frames that `decode(frame)` gives, after the films that were asked for before."""

        def write(progress: Progress, stopped: Stopped) -> Path:
            films.write(path, kind, self._frames(decode, count, progress, stopped), count, per_second)
            return path

        self._runner.start(path.name, write, self.finished.emit, self._tell_failure)

    @Slot()
    def cancel(self) -> None:
        """Gives up the film that is being written."""
        self._runner.cancel()

    def stop(self) -> None:
        """Gives every film up, and returns once the thread has ended."""
        self._runner.stop()

    def _frames(
        self, decode: Callable[[int], Pixels], count: int, progress: Progress, stopped: Stopped
    ) -> Iterator[Pixels]:
        """On the film's thread: asks for one frame after another, and waits for each."""
        answers: queue.SimpleQueue[Pixels | Exception] = queue.SimpleQueue()
        for frame in range(count):
            self._asked.emit(functools.partial(decode, frame), answers.put)
            progress(frame, count)
            yield _wait(stopped, answers)

    @Slot(object, object)
    def _make_frame(self, decode: Callable[[], Pixels], put: Callable[[Pixels | Exception], object]) -> None:
        """On the GUI thread."""
        self._spare(decode, put, put)

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, StoppedError):
            self.stopped.emit()
        else:
            self.failed.emit(failures.sentence(error))


def _wait(stopped: Stopped, answers: queue.SimpleQueue[Pixels | Exception]) -> Pixels:
    """The frame that was asked for.

    Raises:
        StoppedError: The film was given up.
    """
    while not stopped():
        try:
            answer = answers.get(timeout=LOOK_S)
        except queue.Empty:
            continue
        if isinstance(answer, Exception):
            raise answer
        return answer
    raise StoppedError("Stopped before its end, as you asked.")
