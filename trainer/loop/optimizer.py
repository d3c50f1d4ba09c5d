"""The optimizers: AdamW, or Muon for kernels with AdamW for the rest."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor, distributed, nn

from trainer.architectures.patches import Beside
from trainer.machine.distributed import ALONE, Processes
from trainer.options.config import TrainConfig

MOMENTUM = 0.95
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # coefficients and iterations of Jordan et al.
ITERATIONS = 5
# Of the learning rate, for biases beside Muon: AdamW moves a bias by up to the whole rate in every step, which is much
# beside the units of compact, some 0.1 in size.
BIAS_SHARE = 0.1
ADAM_SIZE = 0.2  # root mean square of AdamW's usual updates, in learning rates (Liu et al.)


def build_optimizer(model: nn.Module, config: TrainConfig, processes: Processes = ALONE) -> torch.optim.Optimizer:
    """The optimizer that the options ask for; weight decay on matrices and kernels, not on biases and norms.

    Each group has a `share` of the learning rate. AdamW is that of Loshchilov and Hutter (2019).
    """
    kernels = [parameter for parameter in model.parameters() if parameter.ndim > 1]
    others = [parameter for parameter in model.parameters() if parameter.ndim <= 1]
    share, rate = BIAS_SHARE if config.uses_muon else 1.0, config.peak_rate
    groups = [
        {
            "params": kernels,
            "weight_decay": config.training.weight_decay,
            "muon": config.uses_muon,
            "share": 1.0,
            "lr": rate,
        },
        {"params": others, "weight_decay": 0.0, "muon": False, "share": share, "lr": rate * share},
    ]
    if config.uses_muon:
        return Muon(groups, rate, processes, _shares(model))
    return AdamW(groups, lr=rate, fused=True)


def _shares(model: nn.Module) -> dict[Tensor, float]:
    """Of the learning rate, for the kernels of linear paths: 1 / K where they see K x K patches.

    Updates of one size for every weight add up to K times the change in a number that is read over K x K times the
    weights, and a path that begins as the best there is has more to lose by it than to gain.
    """
    paths = [part.linear for part in model.modules() if isinstance(part, Beside)]
    layers = [layer for path in paths for layer in path.modules() if isinstance(layer, nn.Conv2d)]
    return {layer.weight: 1 / layer.kernel_size[0] for layer in layers}


class AdamW(torch.optim.AdamW):
    """torch's AdamW without the wrappers that tell its compiler to leave an optimizer alone.

    They import that compiler at their first call, for 3 s of a processor; here a network is compiled, never a step.
    """

    add_param_group = inspect.unwrap(torch.optim.AdamW.add_param_group)
    zero_grad = inspect.unwrap(torch.optim.AdamW.zero_grad)
    state_dict = inspect.unwrap(torch.optim.AdamW.state_dict)
    load_state_dict = inspect.unwrap(torch.optim.AdamW.load_state_dict)

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Changes the weights by their gradients."""
        inspect.unwrap(torch.optim.AdamW.step)(self, closure)


class Muon(AdamW):
    """Momentum, made orthogonal before it is applied (Jordan et al., 2024), for the kernels of groups marked `muon`.

    A kernel counts as the matrix of its outputs by everything else. Updates are scaled to the size of AdamW's, so that
    one learning rate serves both (Liu et al., Muon is scalable for LLM training, 2025). Other groups are AdamW's.
    torch has a Muon of its own, for matrices alone.

    Of several processes each makes its share of the momenta orthogonal, and has the others' from them.
    """

    def __init__(
        self,
        groups: list[dict[str, Any]],
        rate: float,
        processes: Processes = ALONE,
        shares: Mapping[Tensor, float] = MappingProxyType({}),
    ) -> None:
        """Each group of parameters says whether it is `muon`'s; `rate` is the learning rate of all.

        A kernel that is in `shares` has that part of the rate.
        """
        super().__init__(groups, lr=rate, fused=True)
        self._processes, self._shares = processes, shares

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Changes the weights by their gradients."""
        kernels: list[tuple[nn.Parameter, Tensor, dict[str, Any]]] = []
        for group in self.param_groups:
            for parameter in group["params"] if group["muon"] else ():
                if parameter.grad is not None:
                    kernels.append((parameter, parameter.grad, group))
                    parameter.grad = None  # so that AdamW passes it over
        updates = (self._update(parameter, gradient) for parameter, gradient, _ in kernels)
        for (parameter, _, group), update in zip(kernels, _all_orthogonal(updates, self._processes)):
            rate = group["lr"] * self._shares.get(parameter, 1.0)
            parameter.mul_(1 - rate * group["weight_decay"])
            parameter.add_(update.view(parameter.shape), alpha=-rate * ADAM_SIZE * max(update.shape) ** 0.5)
        super().step(closure)
        for parameter, gradient, _ in kernels:
            parameter.grad = gradient

    def _update(self, parameter: nn.Parameter, gradient: Tensor) -> Tensor:
        """The momentum with the gradient on top, as a matrix."""
        state = self.state[parameter]
        if not state:
            state["step"] = torch.zeros(())  # AdamW looks for it when a state is loaded
            state["momentum"] = torch.zeros_like(parameter)
        momentum: Tensor = state["momentum"].lerp_(gradient, 1 - MOMENTUM)
        return gradient.lerp(momentum, MOMENTUM).flatten(1)


def _all_orthogonal(updates: Iterator[Tensor], processes: Processes) -> Iterator[Tensor]:
    """Each of some matrices (R, C) made orthogonal, in their order; of several processes each does its share."""
    if processes.count == 1:
        yield from map(orthogonal, updates)
        return
    matrices = list(updates)
    owners = _owners([each.numel() * min(each.shape) for each in matrices], processes.count)
    shares = [[matrix for matrix, owner in zip(matrices, owners) if owner == rank] for rank in range(processes.count)]
    # Every process does its share before it takes the others', or each would wait for the one before it.
    own = [orthogonal(each).flatten() for each in shares[processes.rank]]
    made: list[Iterator[Tensor]] = []
    waiting: list[distributed.Work | None] = []  # all at once, so that every link is in use
    for rank, share in enumerate(shares):
        sizes = [each.numel() for each in share]
        flat = torch.empty(sum(sizes), device=matrices[0].device)
        if own and rank == processes.rank:
            torch.cat(own, out=flat)
        if share:
            waiting.append(distributed.broadcast(flat, src=rank, async_op=True))
        made.append(iter([part.view(each.shape) for part, each in zip(torch.split(flat, sizes), share)]))
    for work in waiting:
        if work is not None:  # this process belongs to the group
            work.wait()
    for owner in owners:
        yield next(made[owner])


def _owners(costs: list[int], count: int) -> list[int]:
    """Which of `count` processes takes each piece of work: the costliest first, each by whoever has least so far."""
    loads, owners = [0] * count, [0] * len(costs)
    for index in sorted(range(len(costs)), key=lambda index: -costs[index]):
        owners[index] = loads.index(min(loads))
        loads[owners[index]] += costs[index]
    return owners


def orthogonal(matrix: Tensor) -> Tensor:
    """(R, C) -> float32 (R, C): about the nearest matrix whose singular values are all alike, between 0.7 and 1.2.

    Newton and Schulz's iteration with the coefficients of Jordan et al. (2024). Each pass multiplies the matrix X by a
    polynomial of X X^T from the left, so the passes are gathered in square matrices of the shorter side, and X itself
    is multiplied twice in all, not ten times. X X^T has the squares of the singular values: that asks for float32.
    """
    linear, cubic, quintic = NEWTON_SCHULZ
    tall = matrix.shape[0] > matrix.shape[1]
    wide = (matrix.T if tall else matrix).float()
    wide = wide / (wide.norm() + 1e-7)
    square = wide @ wide.T
    turn: Tensor | None = None
    for _ in range(ITERATIONS):
        polynomial = torch.addmm(square, square, square, beta=cubic, alpha=quintic)
        polynomial.diagonal().add_(linear)
        turn = polynomial if turn is None else polynomial @ turn
        square = polynomial @ square @ polynomial
    assert turn is not None
    found: Tensor = turn @ wide
    return found.T if tall else found
