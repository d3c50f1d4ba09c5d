"""A network's weights in a deeper one, which then computes the same."""

from __future__ import annotations

import torch
from torch import nn


def take_over(shallow: nn.Module, deep: nn.Module, blocks: tuple[type[nn.Module], ...]) -> None:
    """Copies a network's weights into one of the same shape that may have more blocks, in place.

    Blocks are matched in order. Those that the deeper network has more at the end of a stage stay as they are: fresh
    ones add nothing.

    Args:
        shallow: The network whose weights are copied.
        deep: The network that gets them, of the same family.
        blocks: The kinds of block that there may be more of, as the family declares them.

    Raises:
        ValueError: The networks differ in more than that.
    """
    parts = list(deep.children())
    if not parts:
        if _shapes(shallow) != _shapes(deep):
            raise ValueError(f"{type(deep).__name__} is of another size")
        deep.load_state_dict(shallow.state_dict())
        return
    given = list(shallow.children())
    for part in parts:
        added = isinstance(part, blocks) and not (given and isinstance(given[0], blocks))
        if not added:
            if not given:
                raise ValueError(f"{type(part).__name__} is missing")
            take_over(given.pop(0), part, blocks)
    if given:
        raise ValueError(f"{type(given[0]).__name__} has no place")


def _shapes(module: nn.Module) -> dict[str, torch.Size]:
    return {name: tensor.shape for name, tensor in module.state_dict().items()}
