"""Networks of one channel take and give three."""

from __future__ import annotations

import torch
from torch import nn

from trainer.architectures.grey import from_colours, to_colours


def test_three_channels_become_one_and_one_becomes_three() -> None:
    """The mean of red, green and blue, given back three times; a network in colour needs neither layer."""
    image = torch.rand(2, 3, 4, 5)
    grey = nn.Sequential(*from_colours(1), *to_colours(1))(image)
    assert torch.allclose(grey, image.mean(1, keepdim=True).expand(2, 3, 4, 5))
    assert from_colours(3) == to_colours(3) == []
