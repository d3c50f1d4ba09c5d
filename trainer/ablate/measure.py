"""Measures of a network's outputs for held-out pictures, shown in two ways.

`clamped` cuts values off at 0 and 1. `stretched` maps the smallest value of a grid of pictures to 0 and the largest to
1, as picture grids in training logs often do. A network without a last activation gives some values far outside [0, 1];
a stretch then squeezes all others together, which looks like a veil.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Pictures
from trainer.data.augment import GREY
from trainer.evaluation import evaluating, psnr_db, to_input
from trainer.machine.device import Device
from trainer.objective.losses import ssim

GRID_PICTURES = 16  # that share one stretch
LARGEST_SAMPLE = 512


@dataclass(frozen=True)
class Look:
    """Measures of the outputs as shown in one way; means over pictures."""

    psnr_db: float
    ssim: float
    brightness: float
    """Mean of all values, 0 to 1."""
    sharpness: float
    """Mean step from pixel to pixel of the luma, divided by that of the inputs: 1 is as sharp as they are."""
    slope: float
    """a of the least-squares fit out = a in + b over all values; below 1, contrast is lost."""
    offset: float
    """b: what black becomes."""


@dataclass(frozen=True)
class Outcome:
    """One network's outputs on held-out pictures, shown in both ways."""

    pictures: int
    lowest: float
    highest: float
    outside: float
    """Share of output values below 0 or above 1."""
    clamped: Look
    stretched: Look
    input_brightness: float

    def to_json(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Any) -> Outcome:
        """The outcome that `to_json` wrote.

        Raises:
            TypeError: It is something else.
        """
        looks = {name: Look(**values[name]) for name in ("clamped", "stretched")}
        return cls(**{**values, **looks})


def clamp(outputs: Tensor) -> Tensor:
    """Values cut off at 0 and 1."""
    return outputs.clamp(0, 1)


def stretch(outputs: Tensor) -> Tensor:
    """The smallest value of the whole grid becomes 0, the largest 1."""
    low, high = outputs.amin(), outputs.amax()
    return (outputs - low) / (high - low).clamp_min(1e-6)


def measure(model: Autoencoder, pictures: Pictures, device: Device) -> Outcome:
    """Reconstructs held-out pictures, at most 512, in grids of 16.

    Args:
        model: A trained network; its outputs are looked at as they leave the head.
        pictures: Held out from training, at least one.
        device: Where to compute.
    """
    sums = {"clamped": _Sums(), "stretched": _Sums()}
    lowest, highest, outside, brightness, values = np.inf, -np.inf, 0.0, 0.0, 0
    for inputs, outputs in reconstruction(model, pictures, device):
        lowest, highest = min(lowest, outputs.min().item()), max(highest, outputs.max().item())
        outside += ((outputs < 0) | (outputs > 1)).sum().item()
        brightness += inputs.double().sum().item()
        values += outputs.numel()
        sums["clamped"].add(inputs, clamp(outputs))
        sums["stretched"].add(inputs, stretch(outputs))
    return Outcome(
        pictures=sums["clamped"].pictures,
        lowest=lowest,
        highest=highest,
        outside=outside / values,
        clamped=sums["clamped"].look(),
        stretched=sums["stretched"].look(),
        input_brightness=brightness / values,
    )


@torch.inference_mode()
def reconstruction(model: Autoencoder, pictures: Pictures, device: Device) -> Iterator[tuple[Tensor, Tensor]]:
    """Grids of held-out pictures and the network's outputs for them, float32 (B, 3, H, W) on the CPU."""
    with evaluating(model):
        for start in range(0, min(len(pictures), LARGEST_SAMPLE), GRID_PICTURES):
            inputs = to_input(pictures.batch(slice(start, start + GRID_PICTURES)), device)
            with device.autocast():
                outputs = model(inputs)
            yield inputs.cpu(), outputs.float().cpu()


class _Sums:
    """The sums over grids from which a `Look` is computed."""

    def __init__(self) -> None:
        self.pictures = 0
        self._psnr = self._ssim = self._steps_in = self._steps_out = 0.0
        self._moments = np.zeros(5)  # of values: how many, sum in, sum out, sum in^2, sum in*out

    def add(self, inputs: Tensor, shown: Tensor) -> None:
        """A grid of inputs and outputs as they are shown, (B, 3, H, W) in [0, 1]."""
        self.pictures += len(inputs)
        self._psnr += psnr_db(shown, inputs).sum().item()
        self._ssim += ssim(shown, inputs).sum().item()
        self._steps_in += steps(inputs).sum().item()
        self._steps_out += steps(shown).sum().item()
        x, y = inputs.double(), shown.double()
        self._moments += [x.numel(), x.sum().item(), y.sum().item(), (x * x).sum().item(), (x * y).sum().item()]

    def look(self) -> Look:
        """The means, and the fit by the normal equations."""
        count, x, y, xx, xy = self._moments
        variance = xx / count - (x / count) ** 2
        slope = (xy / count - x * y / count**2) / variance if variance > 0 else 0.0
        return Look(
            psnr_db=self._psnr / self.pictures,
            ssim=self._ssim / self.pictures,
            brightness=float(y / count),
            sharpness=self._steps_out / self._steps_in if self._steps_in else 0.0,
            slope=float(slope),
            offset=float(y / count - slope * x / count),
        )


def steps(image: Tensor) -> Tensor:
    """Mean absolute difference of neighbouring pixels' luma, across and down: (B, 3, H, W) -> (B,)."""
    luma = (image * torch.tensor(GREY)[None, :, None, None]).sum(dim=1)
    across, down = luma.diff(dim=2).abs(), luma.diff(dim=1).abs()
    return (across.mean(dim=(1, 2)) + down.mean(dim=(1, 2))) / 2


def share_of_display(outcomes: list[Outcome]) -> float | None:
    """How much of the contrast that stretched outputs have lost was lost by the stretch, 0 to 1.

    Of the mean slope's distance from 1 when stretched, the part that is gone when the same outputs are clamped; None
    where the stretched outputs lost no contrast.
    """
    stretched = float(np.mean([each.stretched.slope for each in outcomes]))
    clamped = float(np.mean([each.clamped.slope for each in outcomes]))
    return None if stretched >= 1 else min(1.0, max(0.0, (clamped - stretched) / (1 - stretched)))
