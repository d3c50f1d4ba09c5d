"""Principal axes of latents."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.run.principal import LARGEST_AXES, principal_axes


@pytest.mark.parametrize("shape", [(200, 5), (6, 40)], ids=["narrow", "wide"])
def test_axes_are_those_of_the_singular_values(shape: tuple[int, int]) -> None:
    """Of unit length, most variance first, the largest number positive, whichever Gram matrix is taken apart."""
    samples = np.random.default_rng(0).normal(size=shape) * np.linspace(3, 1, shape[1])
    centred = samples - samples.mean(0)
    axes = principal_axes(centred)
    expected = np.linalg.svd(centred, full_matrices=False)[2][: min(shape[1], shape[0] - 1)]
    assert axes.shape == expected.shape
    assert np.abs((axes * expected).sum(1)) == pytest.approx(1)
    assert (axes[np.arange(len(axes)), np.abs(axes).argmax(1)] > 0).all()


def test_axes_without_variance_are_left_out() -> None:
    """And there are never more than 64."""
    samples = np.zeros((100, 80))
    samples[:, 3] = np.linspace(-1, 1, 100)
    assert principal_axes(samples).shape == (1, 80)
    many = np.random.default_rng(0).normal(size=(300, 80))
    assert principal_axes(many - many.mean(0)).shape == (LARGEST_AXES, 80)
