"""One worker thread on which the newest request wins."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

Answer = TypeVar("Answer")


class Spare(Protocol):
    """`Worker.spare`, for those who need no more of a worker."""

    def __call__(
        self, job: Callable[[], Answer], done: Callable[[Answer], object], failed: Callable[[Exception], object], /
    ) -> None:
        """Runs a short job once nothing else waits."""


class Worker(QObject):
    """Runs a pure function away from the GUI thread, one request at a time, and brings the answers home.

    While the function runs, only the newest request waits; an older one that waited is dropped. Every field is
    touched on the GUI thread alone, so there is nothing to lock: the thread pool sees a function and its argument,
    and its answer comes back through a queued signal.

    Beside requests there is spare work (filmstrips, frames of a morph): short jobs that run one by one while no request
    waits. A request comes before all of them, so it is never later than by the one job that runs.

    Signals:
        answered(number, answer): The request of that number is done.
        failed(number, error): It raised.
    """

    answered = Signal(int, object)
    failed = Signal(int, object)
    _finished = Signal(int, object, object)
    _spare_finished = Signal(object, object)

    def __init__(self, function: Callable[[Any], object], parent: QObject | None = None) -> None:
        """`function` is called with each request; it must not touch a widget."""
        super().__init__(parent)
        self._function = function
        self._number = 0
        self._waiting: tuple[int, object] | None = None
        self._spare: deque[tuple[Callable[[], object], Callable[[Any], object], Callable[[Exception], object]]] = (
            deque()
        )
        self._busy = False
        self._stopped = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._spare_finished.connect(self._deliver_spare, Qt.ConnectionType.QueuedConnection)

    def submit(self, request: object) -> int:
        """Asks for `function(request)`, in place of any request that still waits; gives the request's number."""
        self._number += 1
        self._waiting = (self._number, request)
        self._start_waiting()
        return self._number

    def spare(
        self, job: Callable[[], Answer], done: Callable[[Answer], object], failed: Callable[[Exception], object]
    ) -> None:
        """Runs a short job once nothing else waits, after those given before it.

        `done` is called with its answer, or `failed` with what it raised, on the GUI thread.
        """
        self._spare.append((job, done, failed))
        self._start_waiting()

    def stop(self) -> None:
        """Ends the thread once the running request is done. No answer comes after this."""
        self._stopped = True
        self._pool.waitForDone()

    def _start_waiting(self) -> None:
        if self._busy or self._stopped:
            return
        if self._waiting is not None:
            number, request = self._waiting
            self._waiting, self._busy = None, True
            self._pool.start(lambda: self._run(number, request))
        elif self._spare:
            job, done, failed = self._spare.popleft()
            self._busy = True
            self._pool.start(lambda: self._run_spare(job, done, failed))

    def _run(self, number: int, request: object) -> None:
        """On the worker thread."""
        try:
            answer, error = self._function(request), None
        except Exception as raised:  # whatever it is, it belongs to whoever asked
            answer, error = None, raised
        self._finished.emit(number, answer, error)

    def _run_spare(
        self, job: Callable[[], object], done: Callable[[Any], object], failed: Callable[[Exception], object]
    ) -> None:
        """On the worker thread."""
        deliver: Callable[[Any], object] = done
        try:
            answer = job()
        except Exception as raised:  # whatever it is, it belongs to whoever asked
            answer, deliver = raised, failed
        self._spare_finished.emit(deliver, answer)

    @Slot(object, object)
    def _deliver_spare(self, deliver: Callable[[Any], object], answer: object) -> None:
        """Back on the GUI thread."""
        self._busy = False
        if not self._stopped:
            self._start_waiting()
            deliver(answer)

    @Slot(int, object, object)
    def _deliver(self, number: int, answer: object, error: Exception | None) -> None:
        """Back on the GUI thread. The next request starts first, so that the thread works while this one is shown."""
        self._busy = False
        if self._stopped:
            return
        self._start_waiting()
        if error is None:
            self.answered.emit(number, answer)
        else:
            self.failed.emit(number, error)
