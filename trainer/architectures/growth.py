"""A network's weights in a deeper one, which then computes the same."""

from __future__ import annotations

import torch
from torch import nn

from trainer.architectures.compact import Residual


@torch.no_grad()
def take_over(shallow: nn.Module, deep: nn.Module) -> None:
    """Copies a network's weights into one of the same shape that may have more residual blocks, in place.

    Blocks are matched in order. Those that the deeper network has more at the end of a stage stay as they are: fresh
    ones add nothing, as their last convolution is zero.

    Raises:
        ValueError: The networks differ in more than that.
    """
    if not shallow.state_dict() and not deep.state_dict():
        return  # such as a head, which may differ
    if type(shallow) is not type(deep):
        raise ValueError(f"{type(shallow).__name__} stands where {type(deep).__name__} is wanted")
    if isinstance(deep, nn.Sequential):
        return _take_over_layers(list(shallow.children()), deep)
    parts, wanted = dict(shallow.named_children()), dict(deep.named_children())
    if parts.keys() != wanted.keys():
        raise ValueError(f"{', '.join(parts)} stand where {', '.join(wanted)} are wanted")
    for name, part in parts.items():
        take_over(part, wanted[name])
    own, theirs = dict(deep.named_parameters(recurse=False)), dict(shallow.named_parameters(recurse=False))
    own |= dict(deep.named_buffers(recurse=False))
    theirs |= dict(shallow.named_buffers(recurse=False))
    for name, tensor in own.items():
        if name not in theirs or theirs[name].shape != tensor.shape:
            raise ValueError(f"{type(deep).__name__} has another size")
        tensor.copy_(theirs[name])


def _take_over_layers(layers: list[nn.Module], deep: nn.Sequential) -> None:
    for module in deep.children():
        added = isinstance(module, Residual) and not (layers and isinstance(layers[0], Residual))
        if not added:
            if not layers:
                raise ValueError(f"{type(module).__name__} is wanted where nothing stands")
            take_over(layers.pop(0), module)
    if layers:
        raise ValueError(f"{type(layers[0]).__name__} stands where nothing is wanted")
