"""What a step of training does to the numbers of the machine."""

from __future__ import annotations

import torch

from trainer.loop.step import subnormals_are_zero


def test_subnormals_are_zero_for_as_long_as_asked() -> None:
    """Numbers too small to be normal are zero within, where they would slow products, and themselves again after."""
    small = torch.full((64,), 1e-40)
    with subnormals_are_zero():
        assert (small * 0.5).count_nonzero() == 0
    assert (small * 0.5).count_nonzero() == 64
