"""What a variational latent costs, and how much of it is in use."""

from __future__ import annotations

import math

import pytest
import torch
from torch.distributions import Normal, kl_divergence

from trainer.machine.distributed import Processes
from trainer.objective.variational import (
    ActiveCount,
    collapse_warning,
    divergence,
    draw,
    latent_cost,
    total_correlation,
)
from trainer.options.config import TrainConfig

ALONE = Processes()


def test_divergence_is_torchs() -> None:
    """The closed form agrees with torch's own for every mean and variance, and is 0 for a standard normal."""
    mean, log_variance = torch.randn(5, 7), torch.randn(5, 7)
    expected = kl_divergence(Normal(mean, (0.5 * log_variance).exp()), Normal(0.0, 1.0))
    assert torch.allclose(divergence(mean, log_variance), expected, atol=1e-5)
    assert not divergence(torch.zeros(2), torch.zeros(2)).any()


def test_drawn_latents_have_the_posteriors_moments() -> None:
    """Noise is scaled by the deviation, not by the variance, and shifted by the mean."""
    drawn = draw(torch.tensor(3.0), torch.tensor(math.log(4.0)), torch.randn(100_000))
    assert drawn.mean().item() == pytest.approx(3, abs=0.05)
    assert drawn.std().item() == pytest.approx(2, rel=0.02)


def test_one_weight_means_the_same_at_every_size() -> None:
    """The cost is a mean over latent numbers: a map four times as large, of equal numbers, costs the same."""
    small, large = torch.full((2, 4, 3, 3), 0.7), torch.full((2, 4, 6, 6), 0.7)
    assert latent_cost(small, 0, ALONE) == latent_cost(large, 0, ALONE) == pytest.approx(0.7)


def test_free_bits_cost_nothing_to_those_below() -> None:
    """A channel below its bits costs just these and has no gradient; one above costs what it costs."""
    kl = torch.tensor([[0.01, 3.0], [0.03, 1.0]], requires_grad=True)
    cost = latent_cost(kl, 0.5, ALONE)
    cost.backward()
    assert cost.item() == pytest.approx((0.5 * math.log(2) + 2) / 2)
    assert kl.grad is not None
    assert kl.grad.tolist() == [[0, 0.25], [0, 0.25]]


def test_dependence_of_known_factors() -> None:
    """Of two independent factors it is near 0, of one factor written twice it is what that one tells, in nats."""
    torch.manual_seed(0)
    narrow = torch.full((512, 2), math.log(0.1**2))
    apart = torch.randint(2, (512, 2)) * 2.0 - 1
    twice = apart[:, :1].expand(-1, 2)
    noise = torch.randn(512, 2)
    assert total_correlation(draw(apart, narrow, noise), apart, narrow).item() == pytest.approx(0, abs=0.02)
    assert total_correlation(draw(twice, narrow, noise), twice, narrow).item() == pytest.approx(math.log(2), abs=0.02)


def test_dependence_is_that_of_a_gaussian() -> None:
    """Of correlated numbers that are normal it is -log(1 - r^2) / 2, and its gradient makes them less correlated."""
    torch.manual_seed(1)
    share = 0.8
    first, second = torch.randn(2, 1500)
    mean = torch.stack([first, share * first + math.sqrt(1 - share**2) * second], dim=1).requires_grad_()
    wide = torch.full((1500, 2), math.log(0.2**2))
    cost = total_correlation(draw(mean, wide, torch.randn(1500, 2)), mean, wide)
    correlation = share / (1 + 0.2**2)  # of what is drawn
    assert cost.item() == pytest.approx(-0.5 * math.log(1 - correlation**2), abs=0.05)
    cost.backward()
    assert mean.grad is not None
    moved = (mean - 50 * mean.grad).detach()
    assert torch.corrcoef(moved.T)[0, 1] < torch.corrcoef(mean.detach().T)[0, 1] - 0.01


@pytest.mark.parametrize("shape", [(64, 3), (16, 3, 2, 2)])
def test_active_numbers_vary(shape: tuple[int, ...]) -> None:
    """Of a channel that varies, one that hardly does and one that stands still, one is in use."""
    torch.manual_seed(0)
    channels = (-1, 1, 1) if len(shape) == 4 else (-1,)
    scale = torch.tensor([1.0, 0.01, 0.0]).view([3 if each == -1 else 1 for each in channels])
    count = ActiveCount()
    for _ in range(2):
        count.add(torch.randn(shape) * scale + 5)
    assert count.total(ALONE) == 1


def test_a_collapse_is_told_with_its_cure() -> None:
    """A latent out of use is named with options to change; one in use is not."""
    config = TrainConfig.of(kl=0.1)
    warning = collapse_warning(config, 1, 64)
    assert warning is not None
    for words in ("1 of 64", "--kl", "0.01", "--free-bits", "--kl-warmup-epochs"):
        assert words in warning
    assert collapse_warning(config, 40, 64) is None
    assert collapse_warning(config, 1, 4) is None
    assert collapse_warning(config, 0, 4) is not None
