"""How well a detector does on pictures of which it is known which are bad: curves with intervals, and its errors."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.calibration import Values
from desktop.engine.anomaly.detector import Detector, Verdicts
from desktop.engine.anomaly.ranking import PRO_LIMIT, Truth, auroc, overlaps
from desktop.engine.folder.maps import Maps

DRAWS = 200  # of a bootstrap
STEPS = 100  # of a curve
OUTSIDE = 0.025  # share of the draws beyond either end of an interval


@dataclasses.dataclass(frozen=True, eq=False)
class Curve:
    """One measure of one score.

    Attributes:
        rates: False-alarm rates, rising, `[S]`.
        found: What is found at each, in [0, 1], `[S]`.
        low, high: Where that lies 19 times in 20, by drawing pictures again with replacement (B. Efron, 1979).
        area: Under the curve, divided by the largest rate.
        area_between: Where that lies 19 times in 20.
    """

    rates: Values
    found: Values
    low: Values
    high: Values
    area: float
    area_between: tuple[float, float]


@dataclasses.dataclass(frozen=True)
class Confusion:
    """Counts at the detector's threshold."""

    found: int
    missed: int
    false_alarms: int
    passed: int


@dataclasses.dataclass(frozen=True)
class Alarms:
    """False alarms among the good pictures of one sub-folder."""

    folder: str
    alarms: int
    pictures: int


def roc(scores: Values, bad: Truth, seed: int = 0) -> Curve:
    """Bad pictures found against good ones taken for bad, `[N]` each; there are both."""
    rates = np.linspace(0, 1, STEPS + 1)
    right, wrong = np.sort(scores[~bad]), scores[bad]
    random = np.random.default_rng(seed)
    draws, areas = np.empty((DRAWS, len(rates))), np.empty(DRAWS)
    for draw in range(DRAWS):
        good, ill = random.choice(right, len(right)), random.choice(wrong, len(wrong))
        draws[draw] = _found_at(rates, np.sort(good), ill)
        areas[draw] = auroc(np.concatenate([good, ill]), np.arange(len(good) + len(ill)) >= len(good))
    return Curve(rates, _found_at(rates, right, wrong), *_between(draws), auroc(scores, bad), _pair(_between(areas)))


def pro_curve(maps: Sequence[Maps], masks: Sequence[Truth], seed: int = 0) -> Curve | None:
    """The share of each defect that is found against good pixels taken for bad, up to 0.3; None without a defect."""
    rates = np.linspace(0, PRO_LIMIT, STEPS + 1)
    found = overlaps(maps, masks, rates)
    if not len(found):
        return None
    random = np.random.default_rng(seed)
    draws = np.stack([found[random.integers(len(found), size=len(found))].mean(axis=0) for _ in range(DRAWS)])
    areas = np.trapezoid(draws, rates, axis=1) / PRO_LIMIT
    mean = found.mean(axis=0)
    return Curve(rates, mean, *_between(draws), float(np.trapezoid(mean, rates) / PRO_LIMIT), _pair(_between(areas)))


def curves(verdicts: Verdicts, bad: Truth) -> dict[str, Curve]:
    """ROC of each score, the largest area first."""
    found = {name: roc(values, bad) for name, values in verdicts.scores.items()}
    return dict(sorted(found.items(), key=lambda each: -each[1].area))


def pro_curves(heats: Mapping[str, Sequence[Maps]], masks: Sequence[Truth]) -> dict[str, Curve]:
    """PRO of each score that has maps, the largest area first."""
    found = {name: pro_curve(maps, masks) for name, maps in heats.items()}
    return dict(sorted(((name, each) for name, each in found.items() if each), key=lambda each: -each[1].area))


def confusion(anomalous: NDArray[np.bool_], bad: Truth) -> Confusion:
    """Counts over pictures, `[N]` each."""
    pairs = ((True, True), (False, True), (True, False), (False, False))
    return Confusion(*(int(((anomalous == said) & (bad == is_bad)).sum()) for said, is_bad in pairs))


def alarms_by_folder(paths: Sequence[Path], anomalous: NDArray[np.bool_], bad: Truth, root: Path) -> list[Alarms]:
    """False alarms of each sub-folder that has good pictures, in the order of their names."""
    counts: dict[str, list[bool]] = {}
    for path, alarm, is_bad in zip(paths, anomalous.tolist(), bad.tolist()):
        if not is_bad:
            counts.setdefault(path.parent.relative_to(root).as_posix(), []).append(alarm)
    return [Alarms(folder, sum(alarms), len(alarms)) for folder, alarms in sorted(counts.items())]


def worst(detector: Detector, verdicts: Verdicts, bad: Truth, count: int) -> tuple[list[int], list[int]]:
    """Positions of the good pictures that look worst and of the bad ones that look best, the farthest off first."""
    scores = verdicts.scores[detector.origin.score]
    order = np.argsort(scores, kind="stable")
    missed = [int(place) for place in order if bad[place] and not verdicts.anomalous[place]]
    alarms = [int(place) for place in order[::-1] if not bad[place] and verdicts.anomalous[place]]
    return alarms[:count], missed[:count]


def _found_at(rates: Values, right: Values, wrong: Values) -> Values:
    """The share of bad scores above the good score that leaves at most each rate of good ones above it."""
    place = np.floor((1 - rates) * len(right)).astype(np.int64)
    limits = np.concatenate([right, [np.inf]])[np.minimum(place, len(right))]
    limits = np.where(rates >= 1, -np.inf, np.where(rates * len(right) < 1, right[-1], limits))
    found: Values = 1 - np.searchsorted(np.sort(wrong), limits, side="right") / len(wrong)
    return found


def _between(draws: Values) -> tuple[Values, Values]:
    low, high = np.quantile(draws, (OUTSIDE, 1 - OUTSIDE), axis=0)
    return low, high


def _pair(between: tuple[Values, Values]) -> tuple[float, float]:
    return float(between[0]), float(between[1])
