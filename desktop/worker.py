"""One worker thread on which the newest request wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot


class Worker(QObject):
    """Runs a pure function away from the GUI thread, one request at a time, and brings the answers home.

    While the function runs, only the newest request waits; an older one that waited is dropped. Every field is
    touched on the GUI thread alone, so there is nothing to lock: the thread pool sees a function and its argument,
    and its answer comes back through a queued signal.

    Signals:
        answered(number, answer): The request of that number is done.
        failed(number, error): It raised.
    """

    answered = Signal(int, object)
    failed = Signal(int, object)
    _finished = Signal(int, object, object)

    def __init__(self, function: Callable[[Any], object], parent: QObject | None = None) -> None:
        """`function` is called with each request; it must not touch a widget."""
        super().__init__(parent)
        self._function = function
        self._number = 0
        self._waiting: tuple[int, object] | None = None
        self._busy = False
        self._stopped = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(self, request: object) -> int:
        """Asks for `function(request)`, in place of any request that still waits; gives the request's number."""
        self._number += 1
        self._waiting = (self._number, request)
        self._start_waiting()
        return self._number

    def stop(self) -> None:
        """Ends the thread once the running request is done. No answer comes after this."""
        self._stopped = True
        self._pool.waitForDone()

    def _start_waiting(self) -> None:
        if self._waiting is None or self._busy or self._stopped:
            return
        number, request = self._waiting
        self._waiting, self._busy = None, True
        self._pool.start(lambda: self._run(number, request))

    def _run(self, number: int, request: object) -> None:
        """On the worker thread."""
        try:
            answer, error = self._function(request), None
        except Exception as raised:  # whatever it is, it belongs to whoever asked
            answer, error = None, raised
        self._finished.emit(number, answer, error)

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
