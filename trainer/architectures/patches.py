"""A linear path beside a network: principal components of 8x8 patches, in and out.

With the network's last layers at zero the whole begins as this path alone, which is the best linear code of a patch by
itself; what the network then learns is what is better than that.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

PATCH = 8  # pixels: a cell of the map
PATCH_VALUES = 3 * PATCH**2


class Beside(nn.Module):
    """The sum of a network and a linear path: x -> main(x) + linear(x)."""

    def __init__(self, main: nn.Module, linear: nn.Module) -> None:
        super().__init__()
        self.main = main
        self.linear = linear

    def forward(self, x: Tensor) -> Tensor:
        """What both take -> what both give."""
        total: Tensor = self.main(x) + self.linear(x)
        return total


def patch_encoder(channels: int) -> nn.Sequential:
    """(B, 3, H, W) -> (B, C, H / 8, W / 8): a matrix for every patch."""
    return nn.Sequential(nn.PixelUnshuffle(PATCH), nn.Conv2d(PATCH_VALUES, channels, 1))


def patch_decoder(channels: int) -> nn.Sequential:
    """(B, C, h, w) -> (B, 3, 8 h, 8 w): a matrix for every patch."""
    return nn.Sequential(nn.Conv2d(channels, PATCH_VALUES, 1), nn.PixelShuffle(PATCH))


@torch.no_grad()
def set_patch_components(encoder: Beside, decoder: Beside, components: Tensor, mean: Tensor) -> None:
    """Makes both linear paths those of principal components, and the networks beside them silent.

    Args:
        encoder: Its linear path is a `patch_encoder`.
        decoder: Its linear path is a `patch_decoder`.
        components: (C, 192), orthonormal, over patches as `nn.PixelUnshuffle` lays them out.
        mean: (192,).
    """
    inward, outward = _last_convolution(encoder.linear), _last_convolution(decoder.linear)
    assert inward.bias is not None
    assert outward.bias is not None
    inward.weight.copy_(components[:, :, None, None])
    inward.bias.copy_(-components @ mean)
    outward.weight.copy_(components.T[:, :, None, None])
    outward.bias.copy_(mean)
    for network in (encoder.main, decoder.main):
        last = _last_convolution(network)
        assert last.bias is not None
        last.weight.zero_()
        last.bias.zero_()


def _last_convolution(network: nn.Module) -> nn.Conv2d:
    return [module for module in network.modules() if isinstance(module, nn.Conv2d)][-1]
