"""The quality of a bundle's reconstructions of held-out pictures."""

from __future__ import annotations

import numpy as np
import pytest

from export.proof.quality import find_thresholds, measure_quality
from export.runtime import Graph
from trainer.data import Data
from trainer.data.dataset import Progress


@pytest.mark.parametrize(
    ("count", "rates"),
    [
        (19, []),
        (20, [0.1]),
        (40, [0.1, 0.05]),
        (200, [0.1, 0.05, 0.01]),
        (1999, [0.1, 0.05, 0.01]),
        (2000, [0.1, 0.05, 0.01, 0.001]),
    ],
)
def test_a_threshold_is_stated_where_two_pictures_exceed_it(count: int, rates: list[float]) -> None:
    """With fewer, chance decides; and that share of the pictures does exceed it."""
    errors = np.random.default_rng(0).permutation(np.arange(count) / count)
    found = find_thresholds(errors)
    assert [each.false_alarm_rate for each in found] == rates
    for each in found:
        assert (errors > each.mean_squared_error).sum() == pytest.approx(count * each.false_alarm_rate, abs=1)


def test_figures_are_those_of_the_graphs(vector_graphs: tuple[Graph, Graph], data: Data, silent: Progress) -> None:
    """PSNR is the mean over pictures, of the errors that come with it."""
    quality, errors = measure_quality(*vector_graphs, data.holdout, "discs", silent)
    assert (quality.pictures, quality.data, len(errors)) == (len(data.holdout), "discs", len(data.holdout))
    assert quality.psnr_db == pytest.approx(float((-10 * np.log10(errors)).mean()), abs=1e-3)
    assert -1 <= quality.ssim <= 1
    batch = data.holdout.batch(slice(0, 1))
    output = vector_graphs[1](vector_graphs[0](batch))
    expected = np.square((output.astype(float) - batch) / 255).mean()
    assert errors[0] == pytest.approx(expected, rel=1e-4)
