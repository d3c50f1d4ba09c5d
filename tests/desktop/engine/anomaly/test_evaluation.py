"""Curves, their intervals, and counts of errors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import evaluation
from desktop.engine.anomaly.ranking import auroc, pro


def test_a_curve_has_the_area_of_its_ranks() -> None:
    """It rises from false alarms of none to all, its area is the AUROC, and the interval holds it."""
    random = np.random.default_rng(0)
    scores, bad = np.r_[random.normal(0, 1, 200), random.normal(1, 1, 150)], np.arange(350) >= 200
    curve = evaluation.roc(scores, bad)
    assert (np.diff(curve.found) >= 0).all()
    assert curve.found[-1] == 1
    assert curve.area == auroc(scores, bad)
    assert np.trapezoid(curve.found, curve.rates) == pytest.approx(curve.area, abs=0.02)
    assert curve.area_between[0] < curve.area < curve.area_between[1]
    assert curve.area_between[1] - curve.area_between[0] < 0.2
    assert (curve.low <= curve.high).all()


def test_perfect_scores_have_no_spread() -> None:
    """However pictures are drawn again, all bad ones are found at any rate."""
    curve = evaluation.roc(np.arange(20.0), np.arange(20) >= 10)
    assert curve.area_between == (1, 1)
    assert curve.found.min() == 1


def test_pro_curves_are_those_of_the_measure() -> None:
    """The area is that of `pro`; without a defect there is no curve."""
    random = np.random.default_rng(1)
    masks = [np.zeros((24, 24), bool) for _ in range(5)]
    for number, mask in enumerate(masks[:4]):
        mask[4 : 8 + number, 6:12] = True
    maps = [random.normal(size=(24, 24)) + 2 * mask for mask in masks]
    curve = evaluation.pro_curve(maps, masks)  # type: ignore[arg-type]
    assert curve is not None
    assert curve.area == pytest.approx(pro(maps, masks), abs=0.01)
    assert curve.area_between[0] <= curve.area <= curve.area_between[1]
    assert evaluation.pro_curve(maps[4:], masks[4:]) is None  # type: ignore[arg-type]


def test_errors_are_counted() -> None:
    """At the threshold, and by the folder of good pictures."""
    anomalous, bad = np.array([True, False, True, False, True]), np.array([True, True, False, False, False])
    counts = evaluation.confusion(anomalous, bad)
    assert (counts.found, counts.missed, counts.false_alarms, counts.passed) == (1, 1, 2, 1)
    paths = [Path("/a") / name for name in ("bad/1", "bad/2", "good/x/3", "good/x/4", "good/y/5")]
    found = [
        (each.folder, each.alarms, each.pictures)
        for each in evaluation.alarms_by_folder(paths, anomalous, bad, Path("/a"))
    ]
    assert found == [("good/x", 1, 2), ("good/y", 1, 1)]
