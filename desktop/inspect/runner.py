"""Inspection on threads of its own: one long piece of work at a time, and quick looks beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine.watch import Progress, Stopped
from desktop.worker import Worker

Work = Callable[[Progress, Stopped], object]


class InspectionRunner(QObject):
    """Runs functions of the engine and brings their answers home.

    Signals:
        progressed(done, total): How far the long piece of work is.
        finished(name, answer): It is done; it may have been cut short.
        looked(name, answer): The newest quick look is done.
        failed(error): One of the two raised.
        busy_changed(): A long piece of work has begun or ended.
    """

    progressed = Signal(int, int)
    finished = Signal(str, object)
    looked = Signal(str, object)
    failed = Signal(object)
    busy_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing runs."""
        super().__init__(parent)
        self._stop: threading.Event | None = None
        self._long, self._quick = Worker(self._run, self), Worker(_call, self)
        self._long.answered.connect(self._on_answer)
        self._long.failed.connect(self._on_failure)
        self._quick.answered.connect(self._on_look)
        self._quick.failed.connect(self._on_failed_look)

    @property
    def busy(self) -> bool:
        """Whether a long piece of work runs."""
        return self._stop is not None

    def start(self, name: str, work: Work) -> bool:
        """Begins a long piece of work, unless one runs; whether it did. The name comes back with the answer."""
        if self._stop is not None:
            return False
        self._stop = threading.Event()
        self._long.submit((name, work, self._stop))
        self.busy_changed.emit()
        return True

    def look(self, name: str, function: Callable[[], object]) -> None:
        """Asks for a quick look, in place of one that still waits."""
        self._quick.submit((name, function))

    def cancel(self) -> None:
        """Ends the long piece of work at its next step; what was done is kept."""
        if self._stop is not None:
            self._stop.set()

    def stop(self) -> None:
        """Ends everything; nothing is said after this."""
        self.cancel()
        self._long.stop()
        self._quick.stop()

    def _run(self, asked: tuple[str, Work, threading.Event]) -> tuple[str, object]:
        """On the worker's thread."""
        name, work, stop = asked
        return name, work(
            self.progressed.emit, stop.is_set
        )  # queued: it is emitted on another thread than this object's

    @Slot(int, object)
    def _on_answer(self, _number: int, answer: tuple[str, object]) -> None:
        self._end()
        self.finished.emit(*answer)

    @Slot(int, object)
    def _on_failure(self, _number: int, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    @Slot(int, object)
    def _on_look(self, _number: int, answer: tuple[str, object]) -> None:
        self.looked.emit(*answer)

    @Slot(int, object)
    def _on_failed_look(self, _number: int, error: Exception) -> None:
        self.failed.emit(error)

    def _end(self) -> None:
        self._stop = None
        self.busy_changed.emit()


def _call(asked: tuple[str, Callable[[], object]]) -> tuple[str, object]:
    name, function = asked
    return name, function()
