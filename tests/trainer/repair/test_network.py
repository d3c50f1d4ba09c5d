"""The network that finds made-up defects."""

from __future__ import annotations

import torch

from trainer.repair.network import LARGEST, Pair, count_parameters


def test_it_is_small_and_gives_a_map_of_every_fourth_pixel() -> None:
    """Both networks together have fewer than 0.3 million numbers, and look at any sides that are multiples of 16."""
    pair = Pair().eval()
    assert count_parameters(pair) <= LARGEST
    with torch.no_grad():
        assert pair(torch.zeros(1, 48, 80, 3, dtype=torch.uint8)).shape == (1, 2, 12, 20)
