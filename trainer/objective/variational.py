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


def total_correlation(latent: Tensor, mean: Tensor, log_variance: Tensor) -> Tensor:
    """How far latent numbers depend on each other: float32 scalar, in nats, estimated from the batch.

    KL(q(z) || prod over d of q(z_d)), where q is the mixture of the batch's posteriors, by one draw from each of them:

        mean over i of [ log sum over j of q(z_i | j) - log B - sum over d of (log sum over j of q(z_id | j) - log B) ]

    Its gradients are those of minibatch-weighted sampling (Chen, Li, Grosse and Duvenaud, Isolating sources of
    disentanglement in variational autoencoders, 2018), which differs by a constant of the number of pictures.

    Args:
        latent: (B, D), drawn from the posterior of each picture.
        mean: (B, D), of the posteriors.
        log_variance: (B, D).
    """
    latent, mean, log_variance = latent.float(), mean.float(), log_variance.float()
    apart = (latent[:, None] - mean[None]).square() * (-log_variance).exp()[None]
    densities = -0.5 * (apart + log_variance[None] + math.log(2 * math.pi))  # (B, B, D): of draw i, by posterior j
    pictures = math.log(len(latent))
    together = densities.sum(dim=2).logsumexp(dim=1) - pictures
    alone = (densities.logsumexp(dim=1) - pictures).sum(dim=1)
    return (together - alone).mean()


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
