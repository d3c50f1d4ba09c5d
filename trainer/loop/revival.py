"""Units that have stopped firing, begun anew.

A unit behind a ReLU that is negative for every picture gives nothing, gets no gradient and stays so; a training at a
high rate loses most of a network in this way. Sokar et al. (The dormant neuron phenomenon in deep reinforcement
learning, 2023) begin such units anew: fresh weights into them, and none out of them, so that the network computes the
same.
"""

from __future__ import annotations

import math
from typing import Protocol, cast

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from trainer.architectures.autoencoder import Autoencoder

STEPS_BETWEEN = 1_000
# AdamW's mean of a bias's gradients, which a tenth of every new one enters: smaller than this after some 600 steps in
# which the unit behind it did not fire once.
SILENT = 1e-30


class Block(Protocol):
    """A residual block with units between two convolutions: those of `inner`, which `outer` adds up."""

    @property
    def inner(self) -> nn.Conv2d:
        """The convolution whose outputs are the units, before their activation."""

    @property
    def outer(self) -> nn.Conv2d:
        """The convolution that adds those units up."""


@torch.no_grad()
def revive(
    model: Autoencoder,
    average: AveragedModel | None,
    optimizer: torch.optim.Optimizer,
    generator: torch.Generator,
    revivable: tuple[type[nn.Module], ...],
) -> int:
    """Begins silent units of residual blocks anew, in the network, its average and the optimizer's memory.

    Args:
        model: As it trains.
        average: The average of its weights.
        optimizer: AdamW or Muon, after at least `STEPS_BETWEEN` steps.
        generator: On the CPU; draws the fresh weights.
        revivable: The kinds of block that this is done to, as the family declares them.

    Returns:
        How many units that are.
    """
    averages = dict(average.module.named_modules()) if average is not None else {}
    revived = 0
    for name, module in model.named_modules():
        if not isinstance(module, revivable):
            continue
        block = cast(Block, module)
        silent = _silent(block, optimizer)
        if not silent.any():
            continue
        revived += int(silent.sum())
        fresh = _fresh_weights(block.inner, generator)[silent]
        same = averages.get(name)
        for each in (module, *([same] if isinstance(same, revivable) else [])):
            _renew(cast(Block, each), silent, fresh)
        for parameter in (block.inner.weight, block.inner.bias):
            _forget(optimizer, parameter, silent, dim=0)
        _forget(optimizer, block.outer.weight, silent, dim=1)
    return revived


def _silent(block: Block, optimizer: torch.optim.Optimizer) -> Tensor:
    """bool (C,): the units that have not fired for long."""
    bias = block.inner.bias
    assert bias is not None
    mean: Tensor = optimizer.state[bias]["exp_avg"]
    return mean.abs() < SILENT


def _fresh_weights(layer: nn.Conv2d, generator: torch.Generator) -> Tensor:
    """Weights as a new layer has them."""
    weight = torch.empty(layer.weight.shape)
    nn.init.kaiming_uniform_(weight, a=math.sqrt(5), generator=generator)
    return weight.to(layer.weight.device)


def _renew(block: Block, silent: Tensor, fresh: Tensor) -> None:
    assert block.inner.bias is not None
    block.inner.weight[silent] = fresh
    block.inner.bias[silent] = 0
    block.outer.weight[:, silent] = 0


def _forget(optimizer: torch.optim.Optimizer, parameter: Tensor | None, silent: Tensor, dim: int) -> None:
    assert parameter is not None
    where = torch.nonzero(silent).flatten()
    for remembered in optimizer.state[parameter].values():
        if remembered.shape == parameter.shape:
            remembered.index_fill_(dim, where, 0)
