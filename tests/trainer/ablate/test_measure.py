"""What a display does to outputs is measured as it is: a stretch veils, a clamp does not."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from trainer.ablate.measure import Outcome, clamp, measure, share_of_display, steps, stretch
from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Pictures
from trainer.machine.device import Device


class Wide(nn.Module):
    """Pixels as they are, but for one far below black and one far above white in every picture."""

    def forward(self, image: Tensor) -> Tensor:
        """(B, 3, H, W) -> (B, 3, H, W)."""
        image = image.clone()
        image[:, :, 0, 0], image[:, :, 0, 1] = -0.5, 1.5
        return image


def _measure(decoder: nn.Module, pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Outcome:
    model = Autoencoder(nn.Identity(), decoder, head="linear", latent_kind="map", latent_size=3, multiple=1)
    return measure(model, Pictures(pixels, np.arange(len(pixels))), Device("cpu", bf16=False))


@pytest.fixture
def pixels() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Twenty pictures of noise of every brightness: two grids, the second one short."""
    return np.random.default_rng(0).integers(0, 256, (20, 32, 32, 3), dtype=np.uint8)


def test_a_perfect_network_looks_perfect_in_both_ways(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
) -> None:
    """Outputs equal to inputs over the whole range fit out = in, are as sharp, and lie within the range."""
    outcome = _measure(nn.Identity(), pixels)
    assert (outcome.pictures, outcome.outside) == (20, 0)
    for look in (outcome.clamped, outcome.stretched):
        assert look.psnr_db == pytest.approx(100)
        assert look.ssim == pytest.approx(1, abs=1e-4)
        assert look.slope == pytest.approx(1, abs=1e-6)
        assert look.offset == pytest.approx(0, abs=1e-6)
        assert look.sharpness == pytest.approx(1, abs=1e-6)
        assert look.brightness == pytest.approx(outcome.input_brightness)


def test_two_values_far_outside_veil_a_stretched_picture_only(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
) -> None:
    """From -0.5 to 1.5 a stretch halves the contrast and lifts black to a quarter; a clamp leaves both alone."""
    outcome = _measure(Wide(), pixels)
    assert (outcome.lowest, outcome.highest) == (-0.5, 1.5)
    assert outcome.outside == pytest.approx(2 / 32**2, rel=1e-3)
    assert outcome.stretched.slope == pytest.approx(0.5, abs=0.01)
    assert outcome.stretched.offset == pytest.approx(0.25, abs=0.01)
    assert outcome.stretched.sharpness == pytest.approx(0.5, abs=0.02)
    assert outcome.clamped.slope == pytest.approx(1, abs=0.01)
    assert outcome.clamped.psnr_db > outcome.stretched.psnr_db + 6
    share = share_of_display([outcome])
    assert share is not None
    assert share > 0.98


def test_a_veil_of_the_network_is_not_the_displays(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
) -> None:
    """A network that itself halves the contrast loses it when clamped, and a stretch would only give it back."""

    class Veil(nn.Module):
        def forward(self, image: Tensor) -> Tensor:
            return image / 2 + 0.25

    outcome = _measure(Veil(), pixels)
    assert outcome.clamped.slope == pytest.approx(0.5, abs=1e-5)
    assert outcome.clamped.offset == pytest.approx(0.25, abs=1e-5)
    assert share_of_display([outcome]) in (None, 0.0)


def test_ways_to_show() -> None:
    """A clamp cuts off; a stretch maps the smallest and the largest value of all pictures to 0 and 1."""
    outputs = torch.tensor([[-1.0, 0.5], [2.0, 3.0]]).reshape(2, 1, 1, 2)
    assert clamp(outputs).flatten().tolist() == [0, 0.5, 1, 1]
    assert stretch(outputs).flatten().tolist() == [0, 0.375, 0.75, 1]


def test_steps_are_those_of_the_luma() -> None:
    """A grey ramp of one level per pixel across has half a level on the mean of both directions."""
    ramp = (torch.arange(8.0) / 255).expand(1, 3, 8, 8)
    assert steps(ramp).item() == pytest.approx(0.5 / 255, rel=1e-4)


def test_an_outcome_reads_back(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> None:
    """What is written as JSON is read back equal."""
    outcome = _measure(Wide(), pixels)
    assert Outcome.from_json(outcome.to_json()) == outcome
