"""The runs of graphs that go on in this process, so that one that takes too long can be cut off.

A run ends between two nodes of its graph; a model that loops without end is ended so too.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import ParamSpec, Protocol, TypeVar


class Run(Protocol):
    """A run that ends soon after `terminate` is set, such as onnxruntime's `RunOptions`."""

    terminate: bool


GIVEN_UP = "Stopped before its end, as you asked."
AnyRun = TypeVar("AnyRun", bound=Run)
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_going_on: set[Run] = set()
_thread = threading.local()  # whose `stop` the runs of a thread are ended by


class Stop(threading.Event):
    """Set when an answer is no longer wanted; the run that would give it is cut off."""

    def __init__(self) -> None:
        """Wanted still."""
        super().__init__()
        self._runs: set[Run] = set()

    def set(self) -> None:
        """Ends what goes on for its sake, and whatever begins later."""
        super().set()
        for run in list(self._runs):
            run.terminate = True

    @contextlib.contextmanager
    def watch(self) -> Iterator[None]:
        """Within it, every run of this thread ends once the stop is set."""
        _thread.stop = self
        try:
            yield
        finally:
            _thread.stop = None

    def add(self, run: Run) -> None:
        """One more run to end."""
        self._runs.add(run)
        if self.is_set():
            run.terminate = True

    def discard(self, run: Run) -> None:
        """A run that has ended."""
        self._runs.discard(run)


@contextlib.contextmanager
def one(run: AnyRun) -> Iterator[AnyRun]:
    """The run, which is known here as long as it goes on."""
    stop = getattr(_thread, "stop", None)
    _going_on.add(run)
    if stop is not None:
        stop.add(run)
    try:
        yield run
    finally:
        _going_on.discard(run)
        if stop is not None:
            stop.discard(run)


def carried(call: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """The call, for another thread: its runs end with those of the thread that asks for it here."""
    stop: Stop | None = getattr(_thread, "stop", None)

    def made(*arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
        with stop.watch() if stop is not None else contextlib.nullcontext():
            return call(*arguments, **named)

    return made


def end_all() -> None:
    """Cuts off every run that goes on in this process."""
    for run in list(_going_on):
        run.terminate = True
