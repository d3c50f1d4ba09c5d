"""One thread away from the window: of requests the newest of a kind is answered, of jobs every one is done."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from desktop.engine.machine import runs

PATIENCE_MS = 3000  # for what runs to end by itself
CUT_OFF_MS = 3000  # and once it was cut off
LOOK_MS = 20
LONG_PATIENCE_MS = 60_000  # for jobs that are to be done before the end
_left_behind: list[Worker] = []

Answer = TypeVar("Answer")
Failed = Callable[[Exception], object]


class Spare(Protocol):
    """`Worker.spare`, for those who need no more of a worker."""

    def __call__(self, job: Callable[[], Answer], done: Callable[[Answer], object], failed: Failed, /) -> None:
        """Runs a short job once nothing else waits."""


@dataclasses.dataclass(frozen=True)
class _Job:
    """What runs on the thread, and who is told on the GUI thread."""

    run: Callable[[], object]
    done: Callable[[Any], object]
    failed: Failed


def was_left_behind() -> bool:
    """Whether a thread did not end when it was told to: Qt would wait for it without end, and so for the process."""
    return bool(_left_behind)


class Worker(QObject):
    """Runs pure functions on a thread of its own, one at a time, and brings their answers home to the GUI thread.

    There are two ways in. Of *requests* (`submit`) only the newest of its kind waits: one that has not begun is
    replaced by a newer one, as a slider wants no picture but the last. *Jobs* (`spare`) are all done, in their order,
    while no request waits; a request is never later than by the one job that runs.

    Every field is touched on the GUI thread alone, so there is nothing to lock: the thread pool sees a function, and
    its answer comes back through a queued signal. `done` and `failed` belong to objects of the GUI thread.
    """

    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing to do."""
        super().__init__(parent)
        self._requests: dict[Hashable, _Job] = {}
        self._jobs: deque[_Job] = deque()
        self._busy = False
        self._stopped = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self, job: Callable[[], Answer], done: Callable[[Answer], object], failed: Failed, kind: Hashable = None
    ) -> None:
        """Asks for an answer, in place of a request of the same kind that still waits."""
        self._requests.pop(kind, None)  # the newest comes last, also where it takes another one's place
        self._requests[kind] = _Job(job, done, failed)
        self._start_next()

    def spare(self, job: Callable[[], Answer], done: Callable[[Answer], object], failed: Failed) -> None:
        """Runs a job once no request waits, after the jobs that were given before it."""
        self._jobs.append(_Job(job, done, failed))
        self._start_next()

    def stop(self, finish: bool = False) -> None:
        """Ends the thread once what runs is done, and with `finish` every job that waits too. No answer comes after.

        What takes too long is cut off, where it is a model that runs; whatever goes on even then is left behind.
        """
        if not self._stopped and finish:
            for job in self._jobs:
                self._pool.start(lambda job=job: self._run(job))
        self._stopped = True
        self._requests.clear()
        self._jobs.clear()
        if self._pool.waitForDone(LONG_PATIENCE_MS if finish else PATIENCE_MS):
            return
        for _ in range(CUT_OFF_MS // LOOK_MS):  # a run that begins meanwhile is cut off too
            runs.end_all()
            if self._pool.waitForDone(LOOK_MS):
                return
        _left_behind.append(self)

    def _start_next(self) -> None:
        if self._busy or self._stopped:
            return
        if self._requests:
            job = self._requests.pop(next(iter(self._requests)))
        elif self._jobs:
            job = self._jobs.popleft()
        else:
            return
        self._busy = True
        self._pool.start(lambda: self._run(job))

    def _run(self, job: _Job) -> None:
        """On the worker's thread."""
        answer, error = None, None
        try:
            answer = job.run()
        except Exception as raised:  # whatever it is, it belongs to whoever asked
            error = raised
        self._finished.emit(job, answer, error)

    @Slot(object, object, object)
    def _deliver(self, job: _Job, answer: object, error: Exception | None) -> None:
        """Back on the GUI thread. What waits starts first, so that the thread works while this answer is shown."""
        self._busy = False
        if self._stopped:
            return
        self._start_next()
        if error is None:
            job.done(answer)
        else:
            job.failed(error)
