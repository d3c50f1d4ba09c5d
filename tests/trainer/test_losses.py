"""Losses are what their formulas say."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from trainer.config import TrainConfig
from trainer.device import Device
from trainer.errors import CheckpointError
from trainer.losses import PictureLoss, ssim
from trainer.perceptual import CHANNELS, Lpips, load_lpips

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


@pytest.fixture(scope="module")
def lpips_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the names and shapes of VGG16 and LPIPS, and random numbers."""
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "lpips.safetensors"
    weights = {name: (torch.rand_like(each) - 0.4).half() * 0.1 for name, each in Lpips().state_dict().items()}
    weights |= {f"lpips.{stage}.weight": torch.rand(1, width, 1, 1).half() for stage, width in enumerate(CHANNELS)}
    save_file(weights, path)
    return path


def test_lpips_is_its_formula(lpips_file: Path) -> None:
    """Normalised input, unit-length features after five ReLUs, weighted squared differences, averaged and summed."""
    output, target = _pair()
    distance = load_lpips(lpips_file)
    mean = torch.tensor((-0.030, -0.088, -0.188))[:, None, None]
    deviation = torch.tensor((0.458, 0.448, 0.450))[:, None, None]
    x, y = ((image * 2 - 1 - mean) / deviation for image in (output, target))
    expected, convolutions = torch.zeros(2), 0
    stages = iter(distance.lpips)
    for layer in distance.features:
        x, y = layer(x), layer(y)
        convolutions += isinstance(layer, nn.Conv2d)
        if isinstance(layer, nn.ReLU) and convolutions in (2, 4, 7, 10, 13):
            head = next(stages)
            a, b = (each / each.norm(dim=1, keepdim=True) for each in (x, y))
            expected = expected + ((a - b).square() * head.weight).sum(dim=1).mean(dim=(1, 2))
    assert next(stages, None) is None
    assert torch.allclose(distance(output, target), expected, rtol=1e-4)
    assert distance(target, target).abs().max() < 1e-6


def test_the_perceptual_loss_teaches_the_picture_alone(lpips_file: Path) -> None:
    """The gradient reaches the output; the weights that measure have none."""
    output, target = _pair()
    output.requires_grad_()
    loss = PictureLoss(TrainConfig(perceptual=0.5, perceptual_weights=lpips_file), CPU)
    distance = load_lpips(lpips_file)(output, target)
    assert torch.allclose(loss(output, target), (output - target).square().mean(dim=(1, 2, 3)) + 0.5 * distance)
    loss(output, target).sum().backward()
    assert output.grad is not None
    assert output.grad.any()
    assert not any(each.requires_grad for each in load_lpips(lpips_file).parameters())


def test_other_weights_are_refused(tmp_path: Path) -> None:
    """A file without what LPIPS needs is an error that names the first thing that is missing."""
    save_file({"features.0.weight": torch.zeros(1)}, tmp_path / "a.safetensors")
    with pytest.raises(CheckpointError, match=r"--perceptual-weights.*features\.0\.weight"):
        load_lpips(tmp_path / "a.safetensors")
