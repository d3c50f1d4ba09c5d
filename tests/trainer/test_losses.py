"""Losses are what their formulas say."""

from __future__ import annotations

from typing import Literal

import pytest
import torch

from trainer.config import TrainConfig
from trainer.device import Device
from trainer.losses import PictureLoss, ssim

CPU = Device("cpu", bf16=False)


def _pair() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(0)
    target = torch.rand(2, 3, 32, 32)
    return target + 0.1 * torch.randn_like(target), target


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("mse", 0.04), ("l1", 0.2), ("charbonnier", (0.04 + 1e-6) ** 0.5 - 1e-3)],
)
def test_pixel_losses(kind: Literal["mse", "l1", "charbonnier"], expected: float) -> None:
    """An error of 0.2 everywhere is 0.04 squared, 0.2 absolute, and nearly 0.2 by Charbonnier; none is 0 by each."""
    loss = PictureLoss(TrainConfig(loss=kind), CPU)
    target = torch.full((2, 3, 16, 16), 0.5)
    assert loss(target + 0.2, target).tolist() == pytest.approx([expected] * 2, rel=1e-4)
    assert loss(target, target).tolist() == [0, 0]


def test_ssim_is_added_by_its_weight() -> None:
    """The loss of a picture is its pixels' plus the weight times 1 - SSIM, and the gradient is a number."""
    output, target = _pair()
    output.requires_grad_()
    loss = PictureLoss(TrainConfig(ssim=0.5), CPU)(output, target)
    expected = (output - target).square().mean(dim=(1, 2, 3)) + 0.5 * (1 - ssim(output, target))
    assert torch.allclose(loss, expected)
    loss.sum().backward()
    assert output.grad is not None
    assert output.grad.isfinite().all()
