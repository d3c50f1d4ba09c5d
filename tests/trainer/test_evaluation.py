"""Quality is measured as it is defined, and pictures are shown as they are."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from trainer.architectures import Autoencoder
from trainer.data import Pictures
from trainer.device import Device
from trainer.evaluation import comparison_grid, holdout_psnr, psnr_db, to_input

CPU = Device("cpu", bf16=False)


class _Veil(nn.Module):
    """A decoder that lifts and stretches: outputs go past [0, 1]."""

    def forward(self, image: Tensor) -> Tensor:
        return image * 2 - 0.25


def _model(decoder: nn.Module) -> Autoencoder:
    return Autoencoder(nn.Identity(), decoder, head="linear", latent_kind="map", latent_size=3, multiple=1)


def _pictures() -> Pictures:
    pixels = np.random.default_rng(0).integers(0, 256, (5, 8, 8, 3), dtype=np.uint8)
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


def test_holdout_psnr_is_the_mean_over_pictures() -> None:
    """Whatever the batch size, the figure is the mean of each picture's own PSNR."""
    pictures = _pictures()
    image = to_input(pictures.batch(slice(None)), CPU)
    expected = psnr_db(_Veil()(image), image).mean().item()
    for batch_size in (1, 3, 4):
        assert holdout_psnr(_model(_Veil()), pictures, batch_size, CPU) == pytest.approx(expected, abs=1e-4)


def test_grid_is_clamped_and_never_stretched() -> None:
    """Outputs past [0, 1] are cut off; those within keep their value, so that no veil is put over the picture."""
    pictures = _pictures()
    grid = comparison_grid(_model(_Veil()), pictures, CPU, count=2)
    inputs = np.concatenate(list(pictures.batch(slice(0, 2))), axis=1)
    expected = np.clip(inputs / 255 * 2 - 0.25, 0, 1) * 255
    assert grid.shape == (16, 16, 3)
    assert np.array_equal(grid[:8], inputs)
    assert np.abs(grid[8:] - expected).max() <= 0.5 + 1e-3


def test_measuring_leaves_the_mode_alone() -> None:
    """A network in training mode is in training mode again after it was measured."""
    model = _model(nn.Identity()).train()
    holdout_psnr(model, _pictures(), 2, CPU)
    assert model.training
