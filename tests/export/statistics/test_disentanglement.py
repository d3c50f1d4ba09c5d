"""Scores of disentanglement: 1 for the factors themselves, low for a mixture of them, 0 for noise."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from export.statistics.disentanglement import Factor, Scores, score, score_over_seeds

Floats = NDArray[np.float64]
PICTURES = 1_000
SEPARATE = ("dci_disentanglement", "dci_completeness", "mig", "sap", "info_m", "info_c")


@pytest.fixture(scope="module")
def factors() -> list[Factor]:
    """Two with values and two numbers, which know nothing of each other."""
    rng = np.random.default_rng(0)
    return [
        Factor("glasses", rng.integers(0, 3, PICTURES).astype(np.float64), is_number=False),
        Factor("turn", rng.uniform(-1, 1, PICTURES), is_number=True),
        Factor("hair", rng.integers(0, 4, PICTURES).astype(np.float64), is_number=False),
        Factor("size", rng.normal(size=PICTURES), is_number=True),
    ]


@pytest.fixture(scope="module")
def known(factors: list[Factor]) -> Floats:
    """A code that is the factors themselves, on scales of their own, with very little noise: [N, 4]."""
    noise = np.random.default_rng(1).normal(0, 0.01, (PICTURES, 4))
    return (np.stack([factor.values for factor in factors], axis=1) + noise) * np.array([1, 10, 0.1, 3])


def _rotated(known: Floats) -> Floats:
    """The same code, each number of which is a mixture of all."""
    mixed = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]) / 2  # Hadamard's, a rotation
    return known / known.std(axis=0) @ mixed


def test_the_factors_themselves_score_1(factors: list[Factor], known: Floats) -> None:
    """Every score of the factors as a code is nearly 1, whatever the numbers' order and signs."""
    for code in (known, -known[:, [2, 0, 3, 1]]):
        assert min(dataclasses.astuple(score(code, factors))) > 0.9


def test_a_mixture_scores_low(factors: list[Factor], known: Floats) -> None:
    """Turned, the same code tells as much, but no number of it stands for one factor."""
    found = dataclasses.asdict(score(_rotated(known), factors))
    assert max(found[name] for name in SEPARATE) < 0.5
    assert found["info_e"] > 0.9


def test_noise_tells_nothing(factors: list[Factor]) -> None:
    """Numbers that know nothing of the factors have no gap, and nothing can be read."""
    found = score(np.random.default_rng(3).normal(size=(PICTURES, 4)), factors)
    assert max(found.mig, found.sap, found.dci_informativeness, found.info_e) < 0.1
    assert found.dci_disentanglement < 0.2


def test_two_numbers_for_one_factor_are_modular_and_not_compact(factors: list[Factor], known: Floats) -> None:
    """A factor that two numbers tell alike keeps each number's purity, and leaves no gap."""
    twice = np.concatenate(
        [known, known + np.random.default_rng(4).normal(0, 0.01, known.shape) * known.std(axis=0)], 1
    )
    found = score(twice, factors)
    assert min(found.info_m, found.dci_disentanglement) > 0.9
    assert max(found.mig, found.sap) < 0.1
    assert found.info_c < 0.6


def test_what_is_not_known_does_not_count(factors: list[Factor], known: Floats) -> None:
    """With a third of each factor's labels gone, and a number of the code that never changes, scores stay."""
    hidden = [
        dataclasses.replace(each, values=np.where(np.arange(PICTURES) % 3 == place % 3, np.nan, each.values))
        for place, each in enumerate(factors)
    ]
    still = np.concatenate([known, np.full((PICTURES, 1), 5.0)], axis=1)
    assert min(dataclasses.astuple(score(still, hidden))) > 0.85


def test_intervals_hold_their_means(factors: list[Factor], known: Floats) -> None:
    """Over seeds each mean lies in its interval, which one seed leaves without width; the same seeds say the same."""
    some = [dataclasses.replace(factor, values=factor.values[:300]) for factor in factors]
    found = score_over_seeds(_rotated(known)[:300], some, 3)
    assert list(found) == [field.name for field in dataclasses.fields(Scores)]
    assert all(each.low <= each.mean <= each.high for each in found.values())
    assert any(each.low < each.high for each in found.values())
    assert found == score_over_seeds(_rotated(known)[:300], some, 3)
    one = score_over_seeds(_rotated(known)[:300], some, 1)
    assert all(each.low == pytest.approx(each.high) for each in one.values())
