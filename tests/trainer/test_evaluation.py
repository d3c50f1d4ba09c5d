"""Quality is measured as it is defined, and pictures are shown as they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Pictures
from trainer.evaluation import Measures, comparison_grid, psnr_db, to_input
from trainer.machine.device import Device
from trainer.machine.distributed import Processes
from trainer.objective.losses import PictureLoss, ssim
from trainer.options.config import TrainConfig

CPU = Device("cpu", bf16=False)


class _Veil(nn.Module):
    """A decoder that lifts and stretches: outputs go past [0, 1]."""

    def forward(self, image: Tensor) -> Tensor:
        return image * 2 - 0.25


def _model(decoder: nn.Module) -> Autoencoder:
    return Autoencoder(nn.Identity(), decoder, head="linear", latent_kind="map", latent_size=3, multiple=1)


def _pictures() -> Pictures:
    pixels = np.random.default_rng(0).integers(0, 256, (5, 16, 16, 3), dtype=np.uint8)
    return Pictures(pixels, np.arange(1, 5))


def test_input_is_scaled_and_channels_come_first() -> None:
    """uint8 [B, H, W, 3] becomes float (B, 3, H, W) with 0 -> 0 and 255 -> 1."""
    pictures = np.zeros((1, 2, 3, 3), np.uint8)
    pictures[0, 1, 2] = (0, 51, 255)
    image = to_input(pictures, CPU)
    assert image.shape == (1, 3, 2, 3)
    assert image[0, :, 1, 2].tolist() == pytest.approx([0, 0.2, 1])


def test_psnr_matches_its_formula() -> None:
    """An error of 0.1 everywhere is 20 dB; values past [0, 1] count as clamped; a perfect picture is 100 dB."""
    target = torch.full((1, 3, 4, 4), 0.5)
    assert psnr_db(target + 0.1, target).item() == pytest.approx(20, abs=1e-4)
    assert psnr_db(target + 9, target).item() == pytest.approx(psnr_db(target + 0.5, target).item())
    assert psnr_db(target, target).item() == 100


def _measures(pictures: Pictures, **options: Any) -> Measures:
    config = TrainConfig.of(**options)
    return Measures(pictures, PictureLoss(config, CPU), config, CPU, Processes())


def test_figures_are_means_over_pictures() -> None:
    """Whatever the batch size, each figure is the mean of each picture's own."""
    pictures = _pictures()
    image = to_input(pictures.batch(slice(None)), CPU)
    output = _Veil()(image)
    expected = {
        "holdout_psnr": psnr_db(output, image).mean().item(),
        "holdout_ssim": ssim(output.clamp(0, 1), image).mean().item(),
        "holdout_outside": ((output < 0) | (output > 1)).double().mean().item(),
        "holdout_loss": (output - image).abs().mean().item(),
    }
    for batch_size in (1, 3, 4):
        measures = _measures(pictures, batch_size=batch_size, loss="l1")
        assert measures(_model(_Veil())) == pytest.approx(expected, abs=1e-4)


def test_damaged_pictures_are_measured_beside_whole_ones() -> None:
    """With --corrupt the loss is that of damaged inputs, always damaged alike, and whole ones keep their own figure."""
    measures = _measures(_pictures(), corrupt="noise:0.2")
    figures = measures(_model(nn.Identity()))
    assert figures["holdout_psnr"] == 100
    assert 10 < figures["holdout_psnr_damaged"] < 20
    assert figures["holdout_loss"] > 0.01
    assert measures(_model(nn.Identity())) == figures


def test_grid_is_clamped_and_never_stretched() -> None:
    """Outputs past [0, 1] are cut off; those within keep their value, so that no veil is put over the picture."""
    pictures = _pictures()
    grid = comparison_grid(_model(_Veil()), pictures, CPU, TrainConfig(), count=2)
    inputs = np.concatenate(list(pictures.batch(slice(0, 2))), axis=1)
    expected = np.clip(inputs / 255 * 2 - 0.25, 0, 1) * 255
    assert grid.shape == (32, 32, 3)
    assert np.array_equal(grid[:16], inputs)
    assert np.abs(grid[16:] - expected).max() <= 0.5 + 1e-3


def test_grid_shows_the_damage() -> None:
    """With --corrupt the damaged pictures are between the whole ones and the outputs."""
    grid = comparison_grid(_model(nn.Identity()), _pictures(), CPU, TrainConfig.of(corrupt="boxes:0.3"), count=2)
    assert grid.shape == (48, 32, 3)
    assert np.array_equal(grid[16:32], grid[32:])
    assert (grid[16:32] == 128).all(axis=2).mean() >= 0.3


def test_measuring_leaves_the_mode_alone() -> None:
    """A network in training mode is in training mode again after it was measured."""
    model = _model(nn.Identity()).train()
    _measures(_pictures())(model)
    assert model.training
