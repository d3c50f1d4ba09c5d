"""The latent of a variational autoencoder (Kingma and Welling, 2014): what it costs, and how much of it is in use.

The objective is `loss + BETA * KL`, with the loss as a mean over pixels and channels and KL as a mean over latent
numbers, in nats. Neither grows with the picture, so one BETA means the same at every size. (With squared error and
noise of variance s^2 on P pixel values, and D latent numbers, the evidence lower bound is BETA = 2 s^2 D / P.)
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from trainer.machine.distributed import Processes
from trainer.options.config import TrainConfig

ACTIVE_VARIANCE = 0.01  # of the mean, from picture to picture (Burda, Grosse and Salakhutdinov, 2016)


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """KL(N(mean, variance) || N(0, 1)) of each latent number in nats; float32 of the same shape."""
    mean = mean.float()
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)


def draw(mean: Tensor, log_variance: Tensor, noise: Tensor) -> Tensor:
    """A latent from the posterior: standard normal noise, scaled and shifted."""
    return mean + noise * (0.5 * log_variance).exp()


def latent_cost(kl: Tensor, free_bits: float, processes: Processes) -> Tensor:
    """Mean over latent numbers of their divergence, each channel's at least `free_bits` (Kingma et al., 2016).

    Args:
        kl: (B, D) or (B, C, h, w), in nats.
        free_bits: In bits. Compared with a channel's mean over the pictures that all processes work on at once.
        processes: Those among which the batch is split.
    """
    channels = _by_channel(kl).mean(dim=0)
    if free_bits == 0:
        return channels.mean()
    floor = free_bits * math.log(2)
    together = processes.sum(channels.detach()) / processes.count
    return torch.where(together > floor, channels, floor).mean()


class ActiveCount:
    """Counts the numbers of a vector, or the channels of a map, whose mean varies from picture to picture.

    Args:
        relative: Whether the variance counts as a share of the largest one, as it must where nothing sets the scale of
            a latent.
    """

    def __init__(self, relative: bool = False) -> None:
        self._relative = relative
        self._sums: Tensor | None = None

    def add(self, mean: Tensor) -> None:
        """Some pictures' latent means, (B, D) or (B, C, h, w)."""
        values = _by_channel(mean.detach().double())
        count = torch.full_like(values[0], len(values))
        sums = torch.stack([count, values.sum(dim=0), values.square().sum(dim=0)])
        self._sums = sums if self._sums is None else self._sums + sums

    def total(self, processes: Processes) -> int:
        """How many, over the pictures that all processes added."""
        assert self._sums is not None
        count, first, second = processes.sum(self._sums)
        variance = second / count - (first / count).square()
        least = ACTIVE_VARIANCE * variance.max() if self._relative else ACTIVE_VARIANCE
        return int((variance > least).sum())


def collapse_warning(config: TrainConfig, active: int, numbers: int) -> str | None:
    """A sentence with the cure where nearly nothing of the latent is in use any more; None while all is well."""
    if active > max(0, numbers // 20):
        return None
    kl = config.objective.kl
    return (
        f"Only {active} of {numbers} latent numbers are in use: the rest say nothing about the picture. Train again"
        f" with a smaller --kl (it is {kl:g}; try {kl / 10:g}), with --free-bits 0.1, or with a longer"
        " --kl-warmup-epochs."
    )


def _by_channel(values: Tensor) -> Tensor:
    """(B, D) as it is; (B, C, h, w) as (B h w, C)."""
    return values if values.ndim == 2 else values.movedim(1, -1).flatten(0, -2)
