"""Chances and thresholds from held-out scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from desktop.engine.anomaly.calibration import combine, fit_tail, folds, rate_between, strengths_left_out

held_out = arrays(np.float64, st.integers(4, 60), elements=st.floats(-1e3, 1e3, width=32))


@given(held_out, st.floats(1e-4, 0.9), st.floats(-2e3, 2e3, width=32))
def test_the_threshold_is_where_the_chance_falls_to_the_rate(values: np.ndarray, rate: float, score: float) -> None:
    """At or above it the chance is at most the rate; below it, it is more."""
    tail = fit_tail(values)
    threshold = tail.threshold(rate)
    chance = np.exp(tail.log_chances(np.array([threshold + 1e-9 * (1 + abs(threshold))])))[0]
    assert chance <= rate * (1 + 1e-6)
    if score < threshold - 1e-6 * (1 + abs(threshold)):
        assert np.exp(tail.log_chances(np.array([score])))[0] > rate * (1 - 1e-6)


@given(held_out, arrays(np.float64, 20, elements=st.floats(-2e3, 2e3, width=32)))
def test_a_higher_score_is_never_likelier(values: np.ndarray, scores: np.ndarray) -> None:
    """Chances fall with the score, through the held-out values and beyond them."""
    chances = fit_tail(values).log_chances(np.sort(scores))
    assert (np.diff(chances) <= 1e-9).all()
    assert (chances <= 0).all()


def test_beyond_the_held_out_values_scores_still_differ() -> None:
    """Two pictures more anomalous than anything held out are ranked."""
    tail = fit_tail(np.arange(20.0))
    first, second = tail.log_chances(np.array([30.0, 40.0]))
    assert second < first < np.log(1 / 21)


@pytest.mark.parametrize("rate", [0.2, 0.05, 0.01])
def test_false_alarms_come_at_the_rate_that_was_chosen(rate: float) -> None:
    """Over many draws, ordinary scores pass about as often as asked, also where the tail is extrapolated."""
    random = np.random.default_rng(0)
    alarms = [
        (random.exponential(size=400) >= fit_tail(random.exponential(size=60)).threshold(rate)).mean()
        for _ in range(200)
    ]
    assert np.mean(alarms) == pytest.approx(rate, rel=0.5)


@pytest.mark.parametrize("rate", [0.2, 0.05])
def test_a_combination_of_many_scores_keeps_the_rate(rate: float) -> None:
    """Seven scores, 24 pictures: ordinary ones pass no more often than asked, though each score has its own tail."""
    random, alarms = np.random.default_rng(1), []
    for _ in range(60):
        good, fresh = random.exponential(size=(7, 24)), random.exponential(size=(7, 100))
        seen = combine(np.stack([strengths_left_out(values) for values in good]))
        found = combine(np.stack([fit_tail(values).strengths(more) for values, more in zip(good, fresh)]))
        alarms.append((found >= fit_tail(seen).threshold(rate)).mean())
    assert 0.4 * rate < np.mean(alarms) < rate + 0.02


def test_how_many_pictures_a_rate_needs() -> None:
    """Nineteen held-out ones count 5 %, and no less."""
    tail = fit_tail(np.arange(19.0))
    assert tail.reaches(0.05)
    assert not tail.reaches(0.049)


def test_every_picture_is_held_out_once() -> None:
    """Five folds of neighbours, none of which is fitted on what it holds out."""
    parts = list(folds(np.zeros(23, np.int64)))
    assert len(parts) == 5
    assert np.array_equal(np.concatenate([outside for _, outside in parts]), np.arange(23))
    for inside, outside in parts:
        assert not set(inside) & set(outside)
        assert len(inside) + len(outside) == 23
        assert (np.diff(outside) == 1).all()


def test_batches_are_held_out_whole() -> None:
    """Each of three on its own, wherever its pictures stand; with two, or with one that is most of it, fifths are."""
    batches = np.tile([0, 1, 2], 5)
    parts = [set(outside.tolist()) for _, outside in folds(batches)]
    assert parts == [set(range(first, 15, 3)) for first in range(3)]
    for few in (np.repeat([0, 1], 8), np.repeat([0, 1, 2], (10, 3, 3))):
        assert [len(outside) for _, outside in folds(few)] == [4, 3, 3, 3, 3]


def test_the_combination_is_what_the_highest_score_says() -> None:
    """-min ln p over the scores."""
    assert np.allclose(combine(np.log([[0.5, 0.1], [0.2, 0.9]])), -np.log([0.2, 0.1]))


@pytest.mark.parametrize(("count", "rate"), [(24, 0.05), (24, 0.2), (100, 0.05)])
def test_the_rate_that_is_possible_is_what_thresholds_come_to(count: int, rate: float) -> None:
    """Of thresholds from many draws of so many pictures, one in forty is below the interval and one above it."""
    random = np.random.default_rng(0)
    rates = np.array([1 - fit_tail(random.random(count)).threshold(rate) for _ in range(2000)])
    low, high = rate_between(count, rate)
    assert (rates < low).mean() == pytest.approx(0.025, abs=0.01)
    assert (rates > high).mean() == pytest.approx(0.025, abs=0.01)


def test_of_a_rate_that_cannot_be_counted_the_least_is_nothing() -> None:
    """Below 1 / (n + 1) only the upper end is known: that of the highest of all, 1 - 0.025^(1/n)."""
    assert rate_between(24, 0.001) == (0.0, pytest.approx(1 - 0.025 ** (1 / 24)))
    assert rate_between(24, 0.05)[1] == pytest.approx(1 - 0.025 ** (1 / 24))
