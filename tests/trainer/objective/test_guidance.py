"""What labels ask of a latent: one reading for each property, and nothing where a label is not known."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
import torch

from trainer.data import Data, Pictures
from trainer.errors import DataError
from trainer.objective.guidance import Guide, read_targets

PIXELS = np.zeros((120, 8, 8, 3), np.uint8)


def _data(factors: dict[str, list[str]] | None) -> Data:
    train, holdout = np.arange(20, 120), np.arange(20)
    parts = {"train": Pictures(PIXELS, train), "holdout": Pictures(PIXELS, holdout), "factors": factors}
    return cast("Data", SimpleNamespace(**parts))


def test_targets_are_those_of_the_training_pictures() -> None:
    """A value is 1 or 0 with its share, a number has mean 0 and deviation 1, and what is not known is NaN."""
    age = [f"{row / 7:.3f}" for row in range(120)]
    glasses = ["yes" if row % 3 == 0 else "no" for row in range(120)]
    age[20] = glasses[21] = ""
    targets = read_targets(_data({"age": age, "glasses": glasses}))
    assert targets.values.shape == (100, 3)  # age, and either value of glasses
    assert np.isnan(targets.values[0, 0])
    assert np.isnan(targets.values[1, 1:]).all()
    assert np.nanmean(targets.values[:, 0]) == pytest.approx(0, abs=1e-6)
    assert np.nanstd(targets.values[:, 0]) == pytest.approx(1, abs=1e-6)
    assert np.isnan(targets.shares[0])
    assert targets.shares[1] + targets.shares[2] == pytest.approx(1)


@pytest.mark.parametrize("factors", [None, {"name": [str(row) + "a" for row in range(120)]}])
def test_pictures_without_useful_labels_are_refused(factors: dict[str, list[str]] | None) -> None:
    """No labels, and labels of which no two are alike, are one clear error."""
    with pytest.raises(DataError, match=r"needs labels: a labels\.csv"):
        read_targets(_data(factors))


@pytest.mark.parametrize("shape", [(40, 4), (40, 4, 2, 3)])
def test_what_lies_in_a_latent_is_learnt(shape: tuple[int, ...]) -> None:
    """A value and a number that a latent holds are read well after some steps, and not before."""
    torch.manual_seed(0)
    latent = torch.randn(*shape[:2], *(1 for _ in shape[2:])).expand(*shape) * 3
    vector = latent.flatten(2).mean(2) if latent.ndim > 2 else latent
    number = (vector[:, 1] - vector[:, 1].mean()) / vector[:, 1].std(correction=0)
    targets = torch.stack([(vector[:, 0] > 0).float(), number], dim=1)
    guide = Guide(4, np.array([float(targets[:, 0].mean()), np.nan], np.float32))
    optimizer = torch.optim.Adam(guide.parameters(), 0.1)
    losses = []
    for _ in range(150):
        optimizer.zero_grad()
        loss = guide.loss(guide(latent), targets)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.item())
    assert losses[0] > 0.3
    assert losses[-1] < 0.1


def test_what_is_not_known_pulls_nowhere() -> None:
    """A picture without labels has no gradient, and one with a missing number has none from it."""
    guide = Guide(3, np.array([0.25, np.nan], np.float32))
    latent = torch.randn(3, 3, requires_grad=True)
    targets = torch.tensor([[np.nan, np.nan], [1.0, np.nan], [0.0, 2.0]])
    guide.loss(guide(latent), targets).backward()  # type: ignore[no-untyped-call]
    assert latent.grad is not None
    assert latent.grad.isfinite().all()
    assert latent.grad[0].abs().sum() == 0
    assert torch.allclose(latent.grad[1] / guide.reading.weight[0], latent.grad[1, 0] / guide.reading.weight[0, 0])


def test_rare_values_weigh_as_much_as_common_ones() -> None:
    """With a reading that says nothing, the few who have a value cost together as much as the many who have not."""
    guide = Guide(2, np.array([0.1], np.float32))
    for parameter in guide.parameters():
        torch.nn.init.zeros_(parameter)
    targets = torch.zeros(100, 1)
    targets[:10] = 1
    costs = [guide.loss(guide(torch.zeros(len(some), 2)), some).item() * len(some) for some in targets.split([10, 90])]
    assert costs[0] == pytest.approx(costs[1])
