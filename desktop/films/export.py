"""Saving a film without waiting for it."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from desktop.engine import films
from desktop.engine.errors import EXPECTED, StoppedError
from desktop.engine.films import Kind
from desktop.engine.pictures import Pixels
from desktop.i18n import told
from desktop.worker import Spare

LOOK_S = 0.1  # how often a thread that waits for a frame looks whether it is still wanted


class FilmExport(QObject):
    """Writes one film at a time on a thread of its own; frames are decoded where all others are, as spare work.

    Signals:
        progressed(done, total): So many frames are decoded.
        finished(path): The film is there.
        failed(text): It is not, and why; nothing was written.
        stopped(): It was cancelled; nothing was written.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)
    stopped = Signal()
    _asked = Signal(int)
    _ended = Signal(object, object)

    def __init__(self, spare: Spare, parent: QObject | None = None) -> None:
        """Nothing to write."""
        super().__init__(parent)
        self._spare = spare
        self._decode: Callable[[int], Pixels] | None = None
        self._stop = threading.Event()
        self._answers: queue.SimpleQueue[Pixels | Exception] = queue.SimpleQueue()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._asked.connect(self._make_frame, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._tell_end, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a film is being written."""
        return self._decode is not None

    def start(self, path: Path, kind: Kind, decode: Callable[[int], Pixels], count: int, per_second: int) -> None:
        """Writes the `count` frames that `decode(frame)` gives.

        Raises:
            RuntimeError: A film is being written already.
        """
        if self.is_busy:
            raise RuntimeError("one film at a time")
        self._decode, self._stop, self._answers = decode, threading.Event(), queue.SimpleQueue()
        stop, answers = self._stop, self._answers
        self._pool.start(lambda: self._write(path, kind, count, per_second, stop, answers))

    @Slot()
    def cancel(self) -> None:
        """Gives the film up."""
        self._stop.set()

    def stop(self) -> None:
        """Gives the film up, and returns once its thread has ended."""
        self.cancel()
        self._pool.waitForDone()

    def _write(
        self,
        path: Path,
        kind: Kind,
        count: int,
        per_second: int,
        stop: threading.Event,
        answers: queue.SimpleQueue[Pixels | Exception],
    ) -> None:
        """On the film's thread."""
        error: Exception | None = None
        try:
            films.write(path, kind, self._frames(count, stop, answers), count, per_second)
        except Exception as raised:  # whatever it is, the user is told
            error = raised
        self._ended.emit(path, error)

    def _frames(
        self, count: int, stop: threading.Event, answers: queue.SimpleQueue[Pixels | Exception]
    ) -> Iterator[Pixels]:
        """On the film's thread: asks for one frame after another, and waits for each."""
        for frame in range(count):
            self._asked.emit(frame)
            self.progressed.emit(frame, count)
            yield _wait(stop, answers)

    @Slot(int)
    def _make_frame(self, frame: int) -> None:
        """On the GUI thread."""
        if self._decode is not None and not self._stop.is_set():
            decode, put = self._decode, self._answers.put
            self._spare(lambda: decode(frame), put, put)

    @Slot(object, object)
    def _tell_end(self, path: Path, error: Exception | None) -> None:
        self._decode = None
        if error is None:
            self.finished.emit(path)
        elif isinstance(error, StoppedError):
            self.stopped.emit()
        else:
            if not isinstance(error, EXPECTED):
                logging.getLogger(__name__).error("A film failed for an unforeseen reason.", exc_info=error)
            self.failed.emit(told(error))


def _wait(stop: threading.Event, answers: queue.SimpleQueue[Pixels | Exception]) -> Pixels:
    """The frame that was asked for.

    Raises:
        StoppedError: The film was given up.
    """
    while not stop.is_set():
        try:
            answer = answers.get(timeout=LOOK_S)
        except queue.Empty:
            continue
        if isinstance(answer, Exception):
            raise answer
        return answer
    raise StoppedError("Stopped before its end, as you asked.")
