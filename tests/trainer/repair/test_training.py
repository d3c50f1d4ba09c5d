"""The network that finds made-up defects: how it begins, what it is taught, and that it learns."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from trainer.repair import training
from trainer.repair.network import SIDE, Repair, opponent_planes
from trainer.repair.training import Pixels


def weave(count: int, seed: int, side: int = 176) -> list[Pixels]:
    """Woven pictures, each from another corner."""
    random, (rows, columns) = np.random.default_rng(seed), np.mgrid[:side, :side]
    pictures = []
    for top, left in random.uniform(0, 9, (count, 2)):
        levels = 120 + 50 * np.sin((rows + top) / 1.5) * np.sin((columns + left) / 1.5)
        noisy = levels[..., None] + random.normal(0, 4, (side, side, 3))
        pictures.append(noisy.clip(0, 255).astype(np.uint8))
    return pictures


def test_it_begins_with_the_axes_of_good_patches() -> None:
    """Along its first filters good patches have no mean and a deviation of 1."""
    random = np.random.default_rng(0)
    pictures = weave(4, 0)
    network = Repair()
    training._start(network, pictures, random)
    planes = torch.from_numpy(np.stack([opponent_planes(each) for each in pictures]))
    along = network.scales[0].axes(planes).detach()  # type: ignore[operator, union-attr]
    assert along.mean(dim=(0, 2, 3)).abs().max() < 0.2
    assert abs(float(along[:, 0].std()) - 1) < 0.1
    assert network.scales[0].axes.kernel_size == (SIDE, SIDE)  # type: ignore[union-attr]


@pytest.mark.slow
def test_it_learns_what_is_no_weave() -> None:
    """After 40 steps a dark square, which it was never taught, stands out of every picture that it is in."""
    pair = training.train(weave(6, 0), 40, 0, lambda _done, _total, _loss: None)
    good, bad = weave(4, 9), weave(4, 10)
    for picture in bad:
        picture[64:84, 96:116] = 40
    with torch.no_grad():
        fine, spotted = (pair(torch.from_numpy(np.stack(each))).mean(dim=1) for each in (good, bad))
    assert spotted.amax(dim=(1, 2)).min() > fine.amax(dim=(1, 2)).max()


def test_small_pictures_are_taught_too() -> None:
    """Those smaller than a crop are mirrored beyond their edges; the loss is a number."""
    losses: list[float] = []
    training.train(weave(4, 2, 48), 2, 0, lambda _done, _total, loss: losses.append(loss))
    assert len(losses) == 4
    assert np.isfinite(losses).all()
