"""Losses are what their formulas say."""

from __future__ import annotations

import math
from typing import Literal

import pytest
import torch

from trainer.machine.device import Device
from trainer.objective.losses import LOG_FLOOR, PictureLoss, ssim
from trainer.options.config import TrainConfig

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
    loss = PictureLoss(TrainConfig.of(loss=kind), CPU)
    target = torch.full((2, 3, 16, 16), 0.5)
    assert loss(target + 0.2, target).tolist() == pytest.approx([expected] * 2, rel=1e-4)
    assert loss(target, target).tolist() == [0, 0]


def test_log_loss() -> None:
    """The log loss is a picture's squared error where that is small and its logarithm where it is large: each picture
    pulls by its gradient of squared error, over its own squared error and the floor."""
    loss, target = PictureLoss(TrainConfig.of(loss="log"), CPU), torch.full((3, 3, 16, 16), 0.5)
    output = target + torch.tensor([0.0, 0.01, 0.2])[:, None, None, None]
    output.requires_grad_()
    found = loss(output, target)
    expected = [LOG_FLOOR * math.log(1 + error / LOG_FLOOR) for error in (0, 1e-4, 0.04)]
    assert found.tolist() == pytest.approx(expected, rel=1e-3)
    found.sum().backward()
    assert output.grad is not None
    plain = 2 * (output - target).detach() / target[0].numel()
    shares = LOG_FLOOR / (torch.tensor([0, 1e-4, 0.04]) + LOG_FLOOR)
    assert torch.allclose(output.grad, plain * shares[:, None, None, None], rtol=1e-3)


@pytest.mark.parametrize(("height", "width"), [(6, 11), (32, 32), (40, 33)])
def test_ssim_is_torchmetrics_ssim(height: int, width: int) -> None:
    """The figure and its gradient are those of torchmetrics, down to pictures smaller than the window."""
    from torchmetrics.functional.image import structural_similarity_index_measure

    torch.manual_seed(0)
    target = torch.rand(3, 3, height, width)
    output = (target + 0.1 * torch.randn_like(target)).contiguous(memory_format=torch.channels_last)
    ours, theirs = output.clone().requires_grad_(), output.clone().requires_grad_()
    expected = structural_similarity_index_measure(theirs, target, data_range=1.0, reduction="none")
    assert isinstance(expected, torch.Tensor)
    found = ssim(ours, target)
    assert torch.allclose(found, expected, atol=1e-5)
    assert len(set(found.tolist())) == 3
    found.sum().backward()
    expected.sum().backward()
    assert ours.grad is not None
    assert theirs.grad is not None
    assert torch.allclose(ours.grad, theirs.grad, atol=1e-5 * float(theirs.grad.abs().max()))


def test_ssim_is_added_by_its_weight() -> None:
    """The loss of a picture is its pixels' plus the weight times 1 - SSIM, and the gradient is a number."""
    output, target = _pair()
    output.requires_grad_()
    loss = PictureLoss(TrainConfig.of(ssim=0.5), CPU)(output, target)
    expected = (output - target).square().mean(dim=(1, 2, 3)) + 0.5 * (1 - ssim(output, target))
    assert torch.allclose(loss, expected)
    loss.sum().backward()
    assert output.grad is not None
    assert output.grad.isfinite().all()
