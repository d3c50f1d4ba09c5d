"""How the benchmarks measure: contenders take turns, so that what else the machine does hits all of them alike."""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Literal

Unit = Literal["ms", "pictures/s", "s", "MiB", "GFLOP/s", "GiB/s"]

SMALLER_IS_BETTER = frozenset({"ms", "s", "MiB"})


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


def race(contenders: Mapping[str, Callable[[], object]], seconds: float, rounds: int = 3) -> dict[str, float]:
    """The median time in seconds of a call of each contender.

    Each is called twice first, so that caches and compilers are warm. Then they take turns call by call until the
    slowest has had its `seconds`, and at least `rounds` calls.
    """
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for call in contenders.values():
        call()
        call()
    ends = time.perf_counter() + seconds * len(contenders)
    while time.perf_counter() < ends or min(map(len, times.values())) < rounds:
        for name, call in contenders.items():
            started = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - started)
    return {name: statistics.median(values) for name, values in times.items()}


def _better(ours: float, theirs: float, unit: Unit) -> float:
    return theirs / ours if unit in SMALLER_IS_BETTER else ours / theirs
