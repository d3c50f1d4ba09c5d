"""How far a batch is, how fast it goes, and how it is paused and ended."""

from __future__ import annotations

import collections
import dataclasses
import threading
import time

from desktop.engine.batch.journal import Record

SPEED_WINDOW_S = 20.0
SURE_AFTER = 3  # pictures from which a speed is worth telling


@dataclasses.dataclass(frozen=True)
class Progress:
    """Where a batch stands.

    Attributes:
        done: Pictures whose files are written, and those that an earlier run had finished.
        failed: Pictures that nothing came of.
        total: All pictures.
        per_second: How fast it goes lately, pauses left out; None until that can be told.
        last: The record of the picture that was done last; None where it failed.
        working: A picture that is in work, by its path below the source; empty where none is.
    """

    done: int
    failed: int
    total: int
    per_second: float | None
    last: Record | None = None
    working: str = ""

    @property
    def seconds_left(self) -> float | None:
        """At that speed; None until it can be told."""
        left = self.total - self.done - self.failed
        return None if self.per_second is None else left / self.per_second


class Control:
    """Pause, go on and cancel, from any thread."""

    def __init__(self) -> None:
        """Neither paused nor cancelled."""
        self._going, self._cancelled = threading.Event(), threading.Event()
        self._lock, self._left_out_s, self._since = threading.Lock(), 0.0, 0.0
        self._going.set()

    @property
    def paused(self) -> bool:
        """Whether it waits."""
        return not self._going.is_set()

    @property
    def paused_s(self) -> float:
        """For how many seconds it was paused, all pauses together."""
        with self._lock:
            return self._left_out_s + (time.monotonic() - self._since if self.paused else 0.0)

    @property
    def cancelled(self) -> bool:
        """Whether it ends after the pictures at hand."""
        return self._cancelled.is_set()

    def pause(self) -> None:
        """No picture is given to the model from now on."""
        with self._lock:
            if not self.paused:
                self._since = time.monotonic()
                self._going.clear()

    def resume(self) -> None:
        """Goes on."""
        with self._lock:
            if self.paused:
                self._left_out_s += time.monotonic() - self._since
                self._going.set()

    def cancel(self) -> None:
        """Ends it; what is finished stays, and the next run goes on from there."""
        self._cancelled.set()
        self.resume()

    def wait(self) -> None:
        """Waits as long as it is paused."""
        self._going.wait()


class Speed:
    """Pictures a second over the last `SPEED_WINDOW_S` seconds at work."""

    def __init__(self, control: Control) -> None:
        """The clock starts now; it stands still while `control` pauses."""
        self._control = control
        self._times = collections.deque([self._now()])

    @property
    def per_second(self) -> float | None:
        """None until there were enough pictures to tell."""
        count, span = len(self._times) - 1, self._times[-1] - self._times[0]
        return count / span if count >= SURE_AFTER and span > 0 else None

    def count(self) -> None:
        """One picture more is done."""
        now = self._now()
        self._times.append(now)
        while len(self._times) > SURE_AFTER + 1 and now - self._times[1] > SPEED_WINDOW_S:
            self._times.popleft()

    def _now(self) -> float:
        return time.monotonic() - self._control.paused_s
