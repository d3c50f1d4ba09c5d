"""Work on many files at once, of which one that never ends stops nothing."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

LIMIT_S = 60.0  # for a file of a few megabytes, on a slow disk and a busy machine
SLOWEST_BYTES_PER_S = 1 << 20  # of what is larger
LOOK_S = 0.25  # between two looks at how long a file takes
AHEAD = 8  # files on each thread that are worked on before their turn


class Late:
    """A result that stands for work that took too long."""

    def __init__(self, seconds: float) -> None:
        self.reason = f"not read within {seconds:.0f} s"


def limit_of(size_bytes: int) -> float:
    """The seconds that reading a file of this size may take."""
    return LIMIT_S + size_bytes / SLOWEST_BYTES_PER_S


def in_order(
    work: Callable[[Item], Result], items: Sequence[Item], limit_s: Callable[[Item], float] = lambda _: LIMIT_S
) -> Iterator[Result | Late]:
    """The result for each item, in order, worked out on as many threads as there are processors.

    An item on which the work takes longer than its limit gets `Late` and a new thread goes on with the others: a file
    on a disk that has gone away may never answer. Its own thread cannot be ended; it does not keep the process.

    Raises:
        Exception: Whatever the work raised, in its turn.
    """
    return iter(_Workers(work, items, limit_s))


class _Workers(Generic[Item, Result]):
    def __init__(self, work: Callable[[Item], Result], items: Sequence[Item], limit_s: Callable[[Item], float]) -> None:
        self._work, self._items, self._limit_s = work, items, limit_s
        self._changed = threading.Condition()
        self._next = self._taken = 0
        self._started: dict[int, float] = {}
        self._done: dict[int, Result | Exception] = {}
        self._over = False

    def __iter__(self) -> Iterator[Result | Late]:
        threads = min(len(self._items), os.cpu_count() or 1)
        self._ahead = AHEAD * threads
        for _ in range(threads):
            self._start()
        try:
            for index in range(len(self._items)):
                yield self._result(index)
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()

    def _start(self) -> None:
        threading.Thread(target=self._run, name="files", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._over and self._next - self._taken >= self._ahead:
                    self._changed.wait()
                if self._over or self._next == len(self._items):
                    return
                index = self._next
                self._next += 1
                self._started[index] = time.monotonic()
            try:
                found: Result | Exception = self._work(self._items[index])
            except Exception as error:
                found = error
            with self._changed:
                if self._started.pop(index, None) is None:  # too late: another thread took this one's place
                    return
                self._done[index] = found
                self._changed.notify_all()

    def _result(self, index: int) -> Result | Late:
        limit = self._limit_s(self._items[index])
        with self._changed:
            while index not in self._done:
                started = self._started.get(index)
                if started is not None and time.monotonic() - started > limit:
                    del self._started[index]
                    self._start()
                    self._taken += 1
                    self._changed.notify_all()
                    return Late(limit)
                self._changed.wait(LOOK_S)
            found = self._done.pop(index)
            self._taken += 1
            self._changed.notify_all()
        if isinstance(found, Exception):
            raise found
        return found
