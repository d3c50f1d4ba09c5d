"""A run as whoever watches it sees it: its status, written as it goes on, and the requests that it follows."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from trainer.errors import DataError, DivergedError, NoMemoryError, TrainerError
from trainer.machine.stop import StopRequest
from trainer.run.contract import (
    Failure,
    State,
    Status,
    asked,
    forget_request,
    read_status,
    tell_early_failure,
    write_status,
)
from trainer.run.contract.sentence import Sentence
from trainer.run.metrics import Row

EVERY_S = 0.5  # between two writings: often enough for curves, and nothing that a step would notice
LOOK_S = 0.2  # between two looks while it is paused
FULL = frozenset((errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EROFS))
SMOOTHED = 0.1  # the newest step's share of the time that a step is expected to take


class Live:
    """Writes `status.json` at most twice a second, and does what `request` says. A disk that refuses stops nothing.

    Args:
        folder: The run folder.
        stop: What a request to stop is handed to.
        writes: Whether this process writes at all; only the one that does looks for requests.
        notes: What was chosen, and why; of a run that goes on, without any, those that it had.
    """

    def __init__(self, folder: Path, stop: StopRequest, writes: bool = True, notes: Sequence[str] = ()) -> None:
        self._folder, self._stop, self._writes = folder, stop, writes
        before = read_status(folder) if writes and not notes else None
        self._status = Status("preparing", os.getpid(), notes=before.notes if before else tuple(notes))
        self._written = self._last_step = 0.0
        self._step_seconds: float | None = None

    def prepare(self, what: str, done: int, total: int) -> None:
        """So many of so many pictures are prepared."""
        if self._is_run():
            self._say("preparing", message=what, step=done, total_steps=total)

    def begin(self, seconds: float, step: int, total_steps: int) -> None:
        """The first step is next; what was asked of an earlier process is forgotten."""
        if self._writes:
            forget_request(self._folder)
        self._last_step = time.monotonic()
        self._say("training", True, message="", step=step, total_steps=total_steps, seconds=seconds)

    def step(self, row: Row, total_steps: int, seconds: float, spent: float) -> None:
        """A step is done, after so many seconds of training and such a share of the time limit."""
        now = time.monotonic()
        took, self._last_step = now - self._last_step, now
        before = took if self._step_seconds is None else self._step_seconds
        self._step_seconds = before + SMOOTHED * (took - before)
        left = (total_steps - row.step) * self._step_seconds
        if spent > 0:  # a time limit ends the run before its last step
            left = min(left, seconds * (1 / spent - 1))
        psnr = self._status.holdout_psnr if row.holdout_psnr is None else row.holdout_psnr
        self._say(
            "training",
            row.holdout_psnr is not None,
            step=row.step,
            total_steps=total_steps,
            epoch=row.epoch,
            loss=_finite(row.loss),
            gradient_norm=_finite(row.gradient_norm),
            active_latents=row.active_latents,
            holdout_psnr=psnr,
            images_per_second=row.images_per_second,
            seconds=seconds,
            seconds_left=left,
        )
        self._follow_requests()

    def note(self, notes: Sequence[str]) -> None:
        """What the run came to takes the place of what was chosen for it, with the next state."""
        self._status = replace(self._status, notes=tuple(notes) or self._status.notes)

    def add(self, note: Sentence) -> None:
        """One more sentence after what was chosen, in place of an earlier one of its kind, with the next state."""
        others = (each for each in self._status.notes if getattr(each, "template", "") != note.template)
        self._status = replace(self._status, notes=(*others, note))

    def end(self, state: State, message: str = "") -> None:
        """It is over, or its report is made; why it failed is its message."""
        if self._folder.is_dir():
            self._say(state, True, message=message, seconds_left=None)

    def _is_run(self) -> bool:
        """Whether the folder is a run yet, which it becomes when its pictures are known to be sound."""
        return (self._folder / "config.json").is_file()

    def _follow_requests(self) -> None:
        """Waits while the run is asked to pause; a request to stop is taken as Ctrl-C is."""
        if not self._writes:
            return
        request = asked(self._folder)
        if request == "stop" and self._stop.signal is None:
            self._stop.signal = signal.SIGTERM
        if request != "pause":
            return
        self._say("paused", True, seconds_left=None)
        while asked(self._folder) == "pause" and self._stop.signal is None:
            time.sleep(LOOK_S)
        if asked(self._folder) == "stop" and self._stop.signal is None:
            self._stop.signal = signal.SIGTERM
        self._last_step = time.monotonic()
        self._say("training", True)

    def _say(self, state: State, at_once: bool = False, **values: object) -> None:
        status = replace(self._status, state=state, memory_mib=_peak_mib(), **values)  # type: ignore[arg-type]
        changed = state != self._status.state
        self._status = status
        if self._writes and (at_once or changed or time.monotonic() - self._written >= EVERY_S):
            self._written = time.monotonic()
            with contextlib.suppress(OSError):
                write_status(self._folder, status)


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _peak_mib() -> float:
    """The most memory that this process has had, in MiB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def tell_failure(folder: Path, message: str, failure: Failure = "", cure: str = "") -> None:
    """Writes into the status of this process's run why it ended; a run of another process is left alone.

    Args:
        folder: The run folder, which may not be a run yet: then whoever asked for it is told.
        message: The sentence.
        failure: What kind of failure it is.
        cure: Options, as they are typed, with which the training may not fail.
    """
    status = read_status(folder)
    if status is not None and status.pid == os.getpid():
        failed = replace(status, state="failed", message=message, seconds_left=None, failure=failure, cure=cure)
        with contextlib.suppress(OSError):
            write_status(folder, failed)
    else:
        tell_early_failure(message, failure, cure)


def kind_of_failure(error: BaseException) -> Failure:
    """What kind of failure an error is: of what it was raised for, where that says more."""
    causes = [error]
    while causes[-1].__cause__ is not None:
        causes.append(causes[-1].__cause__)
    if any(_is_refusal(cause, reads=isinstance(error, DataError)) for cause in causes):
        return "disk"
    kinds: tuple[tuple[type[TrainerError], Failure], ...] = (
        (NoMemoryError, "memory"),
        (DivergedError, "diverged"),
        (DataError, "data"),
    )
    return next((failure for kind, failure in kinds if isinstance(error, kind)), "")


def _is_refusal(error: BaseException, reads: bool) -> bool:
    """Whether a disk refused to be written to: it is full, a quota is, it is read-only, or belongs to somebody else.

    Where pictures are read too, a file that may not be used tells nothing of the disk.
    """
    if isinstance(error, OSError) and (error.errno in FULL or (error.errno == errno.EACCES and not reads)):
        return True
    return "(os error 28)" in str(error)  # safetensors keeps the number in its text alone
