"""A linear path beside a network: a linear code of 8x8 patches, each by itself or seen with those around it.

With the network's last layers at zero the whole begins as this path alone, which is the best linear code; what the
network then learns is what is better than that.
"""

from __future__ import annotations

from typing import Literal

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


def patch_encoder(channels: int, span: int) -> nn.Sequential:
    """(B, 3, H, W) -> (B, C, H / 8, W / 8): a matrix for every `span` x `span` patches, `span` odd."""
    return nn.Sequential(nn.PixelUnshuffle(PATCH), _across(PATCH_VALUES, channels, span))


def patch_decoder(channels: int, span: int) -> nn.Sequential:
    """(B, C, h, w) -> (B, 3, 8 h, 8 w): a patch from `span` x `span` codes, `span` odd."""
    return nn.Sequential(_across(channels, PATCH_VALUES, span), nn.PixelShuffle(PATCH))


def _across(inputs: int, outputs: int, span: int) -> nn.Conv2d:
    """A convolution for which what lies at an edge goes on beyond it."""
    mode: Literal["zeros", "replicate"] = "replicate" if span > 1 else "zeros"
    return nn.Conv2d(inputs, outputs, span, padding=span // 2, padding_mode=mode)


@torch.no_grad()
def set_linear_code(encoder: Beside, decoder: Beside, inward: Tensor, outward: Tensor, mean: Tensor) -> None:
    """Makes both linear paths those of a linear code, and the networks beside them silent.

    Args:
        encoder: Its linear path is a `patch_encoder` of span K.
        decoder: Its linear path is a `patch_decoder` of span K.
        inward: (C, 192, K, K), over patches as `nn.PixelUnshuffle` lays them out.
        outward: (192, C, K, K).
        mean: (192,), of patches.
    """
    first, last = _last_convolution(encoder.linear), _last_convolution(decoder.linear)
    assert first.bias is not None
    assert last.bias is not None
    first.weight.copy_(inward)
    first.bias.copy_(-inward.sum(dim=(2, 3)) @ mean)
    last.weight.copy_(outward)
    last.bias.copy_(mean)
    for network in (encoder.main, decoder.main):
        silenced = _last_convolution(network)
        assert silenced.bias is not None
        silenced.weight.zero_()
        silenced.bias.zero_()


def _last_convolution(network: nn.Module) -> nn.Conv2d:
    return [module for module in network.modules() if isinstance(module, nn.Conv2d)][-1]
