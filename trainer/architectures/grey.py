"""One channel in place of three, and three that are equal from one: for networks of grey pictures."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class OneChannel(nn.Module):
    """The mean of red, green and blue: (B, 3, H, W) -> (B, 1, H, W)."""

    def forward(self, image: Tensor) -> Tensor:
        """(B, 3, H, W) -> (B, 1, H, W)."""
        return image.mean(dim=1, keepdim=True)


class ThreeChannels(nn.Module):
    """Red, green and blue that are the same: (B, 1, H, W) -> (B, 3, H, W)."""

    def forward(self, image: Tensor) -> Tensor:
        """(B, 1, H, W) -> (B, 3, H, W)."""
        return torch.cat([image, image, image], dim=1)


def from_colours(colours: int) -> list[nn.Module]:
    """The layers before a network of so many channels, 1 or 3."""
    return [OneChannel()] if colours == 1 else []


def to_colours(colours: int) -> list[nn.Module]:
    """The layers after a network of so many channels, 1 or 3."""
    return [ThreeChannels()] if colours == 1 else []
