"""What is known of pictures as factors, and the scores of every code that has sliders."""

from __future__ import annotations

import numpy as np
import pytest

from export.statistics import factors
from export.statistics.encoding import Codes
from export.statistics.factors import read_factors, score_codes
from trainer.data.dataset import Progress

PICTURES = 240


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> tuple[Codes, dict[str, list[str]], dict[str, np.ndarray]]:
    """Two factors that are the two numbers of a latent, with axes that mix them, and concepts that are the factors."""
    monkeypatch.setattr("export.statistics.disentanglement.TREES", 5)
    rng = np.random.default_rng(0)
    latents = rng.uniform(-1, 1, (PICTURES, 2)).astype(np.float32)
    labels = {name: [f"{each:.4f}" for each in column] for name, column in zip(("size", "place"), latents.T)}
    mixed = np.array([[1, 1], [1, -1]], np.float32) / np.float32(np.sqrt(2))
    arrays = {"mean": latents.mean(axis=0), "axes": mixed, "concepts": np.eye(2, dtype=np.float32)}
    return Codes(latents, np.arange(PICTURES), (2,)), labels, arrays


def test_codes_that_are_the_factors_score_high(
    known: tuple[Codes, dict[str, list[str]], dict[str, np.ndarray]], silent: Progress
) -> None:
    """Raw numbers and concepts are near 1, axes that mix them low, and what a bundle lacks is not scored."""
    scores = {each.code: each for each in score_codes(*known, silent, seeds=1)}
    assert list(scores) == ["raw numbers", "principal", "concepts"]
    assert all((each.pictures, each.seeds) == (PICTURES, 1) for each in scores.values())
    for name in ("raw numbers", "concepts"):
        assert scores[name].mig.mean > 0.6
        assert scores[name].dci_disentanglement.mean > 0.8
    assert scores["principal"].mig.mean < 0.1


def test_too_little_known_gives_no_scores(
    known: tuple[Codes, dict[str, list[str]], dict[str, np.ndarray]], silent: Progress
) -> None:
    """Labels of fewer than a hundred of the encoded pictures are nothing to score by."""
    codes, labels, arrays = known
    assert score_codes(codes.some(factors.FEWEST_KNOWN - 1), labels, arrays, silent) == ()


def test_names_of_pictures_are_no_factor() -> None:
    """Of the columns of a table those are kept that have something to tell: no value of its own for each picture, no
    value that all have; rare values count as not known."""
    labels = {
        "hat": ["none", "bowler"] * 100 + ["crown"] * 5,
        "file": [f"{index}.png" for index in range(205)],
        "same": ["yes"] * 205,
        "age": [f"{index / 10}" for index in range(204)] + [""],
        "hue": ["0.5"] * 50 + [""] * 155,
    }
    hat, age = read_factors(labels)
    assert (hat.name, hat.is_number, int(np.isnan(hat.values).sum())) == ("hat", False, 5)
    assert set(hat.values[:200]) == {0, 1}
    assert (age.name, age.is_number, int(np.isnan(age.values).sum())) == ("age", True, 1)
