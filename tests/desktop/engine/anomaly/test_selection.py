"""The combination that made-up defects choose, and how aligned good pictures are."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.anomaly import selection
from desktop.engine.anomaly.selection import Corrected, choose_weights, combine, count_found


def test_what_finds_defects_counts() -> None:
    """Of three scores one finds both kinds, one finds one kind, and one none: they weigh in that order."""
    random = np.random.default_rng(0)
    good = {name: random.exponential(1, 200) for name in ("both", "one", "none")}
    kinds = ("cut",) * 50 + ("blur",) * 50
    found = {
        "both": random.exponential(1, 100) + 5,
        "one": random.exponential(1, 100) + 5 * (np.arange(100) < 50),
        "none": random.exponential(1, 100),
    }
    weights = choose_weights(good, kinds, found, ["none", "one", "both"])
    assert list(weights)[:2] == ["both", "one"]
    assert weights.get("none", 0) < 0.2 * weights["one"]
    assert min(weights.values()) > 0
    scores = combine(found, weights)
    assert np.median(scores) > np.quantile(combine(good, weights), 0.95)


def test_a_stronger_score_never_counts_for_less() -> None:
    """The combination rises with each of its scores."""
    weights = {"a": 0.5, "b": 2.0}
    low = combine({"a": np.array([1.0]), "b": np.array([1.0])}, weights)
    for name in weights:
        assert combine({"a": np.array([1.0]), "b": np.array([1.0]), name: np.array([3.0])}, weights) > low


def test_nothing_found_is_all_alike() -> None:
    """Where no score finds anything the combination is still one, of all of them."""
    good = {"a": np.ones(20), "b": np.ones(20)}
    bad = {"a": np.zeros(20), "b": np.zeros(20)}
    assert set(choose_weights(good, ("cut",) * 20, bad, ["a", "b"])) == {"a", "b"}


def test_verdicts_move_the_weights() -> None:
    """A score that made-up defects gave no weight gets one where missed pictures stand out by it, more so with more."""
    random = np.random.default_rng(0)
    good = {name: random.exponential(1, 200) for name in ("made", "real")}
    found = {"made": random.exponential(1, 100) + 5, "real": random.exponential(1, 100)}
    shares = []
    for count in (0, 5, 50):
        missed = {"made": random.exponential(1, count), "real": random.exponential(1, count) + 5}
        calm = {name: random.exponential(1, count) for name in good}
        corrected = Corrected(calm, missed) if count else None
        weights = choose_weights(good, ("cut",) * 100, found, ["made", "real"], corrected)
        shares.append(weights.get("real", 0) / sum(weights.values()))
    assert shares[0] < shares[1] < shares[2]
    assert shares[2] > 0.4


def test_kinds_are_counted_apart() -> None:
    """Of each kind, how many are past the threshold."""
    found = count_found(["cut", "blur", "cut"], [True, False, False])
    assert [(each.kind, each.found, each.tried) for each in found] == [("blur", 0, 1), ("cut", 1, 2)]


@pytest.mark.parametrize(("moves", "is_aligned"), [(False, True), (True, False)])
def test_alignment_is_measured(moves: bool, is_aligned: bool) -> None:
    """The same bright square in one place is aligned; in random places it is not."""
    random = np.random.default_rng(0)
    pictures = random.normal(0.5, 0.02, (20, 16, 16, 3))
    for picture in pictures:
        top, left = random.integers(0, 12, 2) if moves else (4, 6)
        picture[top : top + 4, left : left + 4] += 0.4
    aligned, deviation = selection.alignment(pictures)
    assert (aligned > selection.LEAST_ALIGNMENT) == is_aligned
    assert (deviation > 0.05) == moves


def test_dear_scores_are_taken_where_they_help() -> None:
    """One that finds no more than a cheap one is left out; one that alone finds a kind of defect is not."""
    random = np.random.default_rng(0)
    good = dict.fromkeys(("cheap", "dear"), random.exponential(1, 200))
    kinds = ("cut",) * 50 + ("blur",) * 50
    both = dict.fromkeys(good, random.exponential(1, 100) + 5)
    assert set(choose_weights(good, kinds, both, ["cheap", "dear"], dear=["dear"])) == {"cheap"}
    one = {**both, "cheap": random.exponential(1, 100) + 5 * (np.arange(100) < 50)}
    assert "dear" in choose_weights(good, kinds, one, ["cheap", "dear"], dear=["dear"])
