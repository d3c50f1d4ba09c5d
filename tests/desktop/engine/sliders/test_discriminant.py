"""The direction that tells two sides of pictures apart, and how much the pictures speak for it."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.sliders.discriminant import Evidence, discriminant, weigh
from tests.desktop.engine.sliders.test_own_concepts import sides


def test_what_varies_on_both_sides_is_left_out() -> None:
    """A number that varies together with the difference is not taken for it, as the plain difference would."""
    random = np.random.default_rng(1)
    more, less = (random.standard_normal((60, 8)).astype(np.float32) * 0.3 for _ in range(2))
    for side, shift in ((more, 1.5), (less, -1.5)):
        side[:, 0] += shift
        side[:, 1] += 6 * random.standard_normal(60) + shift / 2
    plain = more.mean(axis=0) - less.mean(axis=0)
    vector = discriminant(more, less)
    assert vector is not None
    assert abs(vector[1]) < 0.1 < abs(plain[1] / np.linalg.norm(plain))
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_sides_of_one_mean_have_no_direction() -> None:
    """However much they vary."""
    more = np.array([[1, 2], [-1, -2]], np.float32)
    assert discriminant(more, 3 * more) is None


def test_evidence_of_chance_is_weak() -> None:
    """Two sides that do not differ are not said to."""
    evidence = weigh(*sides(5, 0.0))
    assert evidence.words == "weak"
    assert evidence.chance > 0.05


def test_three_and_three_cannot_be_surer_than_one_in_twenty() -> None:
    """There are twenty ways to split six pictures, and the evidence says that this is the least."""
    evidence = weigh(*sides(3, 8.0))
    assert (evidence.accuracy, evidence.least) == (1.0, 1 / 20)
    assert evidence.least <= evidence.chance <= 2 / 20


def test_evidence_does_not_depend_on_how_wide_a_latent_is() -> None:
    """Numbers that are the same in all pictures change nothing."""
    more, less = sides(6, 2.0)
    padding = np.ones((6, 40), np.float32)
    wide = weigh(np.hstack([more, padding]), np.hstack([less, padding]))
    narrow = weigh(more, less)
    assert (wide.accuracy, wide.chance) == pytest.approx((narrow.accuracy, narrow.chance), abs=0.02)


@pytest.mark.parametrize(
    ("accuracy", "chance", "word"),
    [(0.95, 0.01, "strong"), (0.95, 0.1, "fair"), (0.8, 0.01, "fair"), (0.7, 0.01, "weak"), (0.95, 0.3, "weak")],
)
def test_a_word_needs_both_accuracy_and_no_luck(accuracy: float, chance: float, word: str) -> None:
    """Pictures that are told apart well, but as well by chance, are weak evidence."""
    assert Evidence(accuracy, chance, 0.01).words == word
