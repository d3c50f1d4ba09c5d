"""Pictures scored one at a time as they come off a production line, by a detector that was fitted before."""

from __future__ import annotations

import dataclasses
import math
import os
import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.detector import Detector
from desktop.engine.anomaly.whole import Looker
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError, PictureError
from desktop.engine.folder.index import model_key
from desktop.engine.machine.blas import one_thread
from export.bundle import SizeRule

RECENT = 100  # passed pictures whose scores are compared with those of the good ones
FEWEST_RECENT = 20
DRIFT = 1e-3  # chance of so large a difference, below which the distribution is said to have moved


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What is said of one picture.

    Attributes:
        path: Its file.
        anomalous: Whether it is past the threshold; True for one that cannot be read, so that it never passes.
        score: Of the detector's own score; None where it could not be read.
        chance: Of a good picture that scores as high, in (0, 1].
        latency_ms: From opening the file to the verdict.
        problem: Why it could not be read; else empty.
        delay_ms: In a watched folder, from the file's last change to the verdict; else None.
    """

    path: Path
    anomalous: bool
    score: float | None
    chance: float | None
    latency_ms: float
    problem: str = ""
    delay_ms: float | None = None


class Gate:
    """A model and its detector, made ready; not for several threads at once."""

    def __init__(self, model: Autoencoder, detector: Detector) -> None:
        """Keeps of the detector what its verdict needs, and warms the model up.

        Raises:
            InspectionError: The detector is another model's.
        """
        if detector.origin.model != model_key(model.info):
            raise InspectionError(
                "the detector was made with another model, {model_name}; fit it again.",
                model_name=detector.origin.model_name,
            )
        self.detector = detector.needed()
        size = SizeRule("fixed", 1, detector.origin.height, detector.origin.width)
        self._looker = Looker(model, size, detector.origin.whole)
        self._workers = ThreadPoolExecutor(os.cpu_count() or 1)  # numpy lets them run beside one another
        self._recent: deque[float] = deque(maxlen=RECENT)
        self._needs = self.detector.local_need, self.detector.fixed_need
        self._looker.fixed(np.zeros((size.height, size.width, 3), np.uint8), self._needs[1])

    def score_file(self, path: Path) -> Verdict:
        """A verdict on one picture file. What cannot be read is a verdict too: it does not pass."""
        started = time.perf_counter()
        try:
            pixels = self._looker.read(path)
        except PictureError as error:
            return Verdict(path, True, None, None, (time.perf_counter() - started) * 1000, str(error))
        with one_thread():
            looked = self.detector.look_at(self._looker.look(pixels, self._needs[0]), self._workers)
            local = {name: np.array([value]) for name, value in looked.items()}
            verdicts = self.detector.score(self._looker.fixed(pixels, self._needs[1]), local)
        name, anomalous = self.detector.origin.score, bool(verdicts.anomalous[0])
        score, chance = float(verdicts.scores[name][0]), math.exp(float(verdicts.log_chances[name][0]))
        if not anomalous:
            self._recent.append(score)
        return Verdict(path, anomalous, score, chance, (time.perf_counter() - started) * 1000)

    def drift(self) -> float | None:
        """The chance that the last passed pictures are like the good ones the detector was fitted to; None of too few.

        By their scores below the threshold: the test of Kolmogorov and Smirnov for two samples.
        """
        if len(self._recent) < FEWEST_RECENT:
            return None
        good = self.detector.held_out[self.detector.origin.score]
        return same_distribution(np.array(self._recent), good[good < self.detector.threshold()])


def same_distribution(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """The chance of so large a distance between the distribution functions of two samples of one distribution.

    The limit for many samples, with the correction of M. A. Stephens (J. Royal Statistical Society B 32, 1970).
    """
    every = np.sort(np.concatenate([first, second]))
    below = [np.searchsorted(np.sort(each), every, side="right") / len(each) for each in (first, second)]
    distance = float(np.abs(below[0] - below[1]).max())
    root = math.sqrt(len(first) * len(second) / (len(first) + len(second)))
    scaled = (root + 0.12 + 0.11 / root) * distance
    if scaled < 0.3:  # where the sum below converges slowly, it is 1 to five digits
        return 1.0
    terms = [(2.0 if k % 2 else -2.0) * math.exp(-2 * (k * scaled) ** 2) for k in range(1, 101)]
    return min(1.0, max(0.0, math.fsum(terms)))


@dataclasses.dataclass(frozen=True)
class Summary:
    """What a run of the gate came to.

    Attributes:
        passed, anomalous, unreadable: How many pictures.
        latency_p50_ms, latency_p99_ms: None without a picture.
        false_alarm_rate: Asked for.
        false_alarm_rate_between: Where it lies for pictures like the good ones, 19 times in 20.
        drift: The chance that those that passed are like the good ones; None where they are too few.
        drifted: Whether that chance is below one in a thousand.
        longest_delay_ms: In a watched folder; else None.
    """

    passed: int
    anomalous: int
    unreadable: int
    latency_p50_ms: float | None
    latency_p99_ms: float | None
    false_alarm_rate: float
    false_alarm_rate_between: tuple[float, float]
    drift: float | None
    drifted: bool
    longest_delay_ms: float | None


def summarise(gate: Gate, verdicts: Iterable[Verdict]) -> Summary:
    """Counts, latencies and drift of the verdicts that a gate gave."""
    every = list(verdicts)
    unreadable = sum(bool(each.problem) for each in every)
    anomalous = sum(each.anomalous for each in every) - unreadable
    times = [each.latency_ms for each in every]
    delays = [each.delay_ms for each in every if each.delay_ms is not None]
    drift = gate.drift()
    return Summary(
        len(every) - anomalous - unreadable,
        anomalous,
        unreadable,
        float(np.percentile(times, 50)) if times else None,
        float(np.percentile(times, 99)) if times else None,
        gate.detector.origin.false_alarm_rate,
        gate.detector.rate_between(),
        drift,
        drift is not None and drift < DRIFT,
        max(delays, default=None),
    )
