"""How the benchmarks measure: contenders take turns, so that what else the machine does hits all of them alike."""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Literal

Unit = Literal["ms", "pictures/s", "s", "MiB", "GFLOP/s", "GiB/s"]
Call = Callable[[], object]

SMALLER_IS_BETTER = frozenset({"ms", "s", "MiB"})
BLOCKS = 3  # turns of each contender in a race
REST_S = 0.05  # between turns: threads that wait for work spin for a moment before they sleep


@dataclasses.dataclass(frozen=True)
class Settings:
    """What the command line asked for.

    Attributes:
        quick: Fewer and shorter rounds, so that all of it takes less than ten minutes.
    """

    quick: bool = False

    @property
    def seconds(self) -> float:
        """How long one race lasts, for each contender."""
        return 1.5 if self.quick else 6.0

    @property
    def patience_s(self) -> float:
        """How long one benchmark may take before it is given up."""
        return 240.0 if self.quick else 900.0


@dataclasses.dataclass(frozen=True)
class Remark:
    """What could not be measured and why, in one sentence."""

    text: str


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: What was measured.
        ours: ConvAE's figure, in `unit`.
        rival: Against whom.
        theirs: The rival's figure, in `unit`.
        unit: Of both.
        least: The ratio that is aimed at; None where nothing is.
        ceiling: The best that the machine could do, in `unit`; None where it was not measured.
        note: What a reader must know of it.
    """

    what: str
    ours: float
    rival: str
    theirs: float
    unit: Unit
    least: float | None = None
    ceiling: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times better ours is than theirs."""
        return _better(self.ours, self.theirs, self.unit)

    @property
    def share(self) -> float | None:
        """Which part of the ceiling ours reaches, 0 to 1."""
        return None if self.ceiling is None else _better(self.ours, self.ceiling, self.unit)

    @property
    def met(self) -> bool | None:
        """Whether the aim was met; None where there is none."""
        return None if self.least is None else self.ratio >= self.least


def made(makers: Mapping[str, Callable[[], Call]]) -> tuple[dict[str, Call], list[Remark]]:
    """The contenders that can be had here, and a remark for each that cannot."""
    calls: dict[str, Call] = {}
    remarks = []
    for name, make in makers.items():
        try:
            calls[name] = make()
            calls[name]()
        except Exception as error:  # whatever a rival raises, the others are still worth measuring
            calls.pop(name, None)
            remarks.append(Remark(f"{name} was not measured: {sentence(error)}."))
    return calls, remarks


def sentence(error: BaseException) -> str:
    """The first line of what went wrong, without a full stop."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0].rstrip('.')}" if lines else type(error).__name__


def race(contenders: Mapping[str, Call], seconds: float) -> dict[str, float]:
    """The median time in seconds of a call of each contender.

    Each is called twice first, so that compilers are done. Then they take turns of many calls; a turn begins with a
    rest, so that the threads of the one before sleep, and with two calls that do not count, so that caches hold its own
    data as they do where a program makes the same call again and again.

    Args:
        contenders: What to call.
        seconds: How long each is measured, all turns together.
    """
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for call in contenders.values():
        call()
        call()
    for _ in range(BLOCKS):
        for name, call in contenders.items():
            time.sleep(REST_S)
            call()
            call()
            ends = time.perf_counter() + seconds / BLOCKS
            while True:
                started = time.perf_counter()
                call()
                now = time.perf_counter()
                times[name].append(now - started)
                if now >= ends:
                    break
    return {name: statistics.median(values) for name, values in times.items()}


def _better(ours: float, theirs: float, unit: Unit) -> float:
    return theirs / ours if unit in SMALLER_IS_BETTER else ours / theirs
