"""Losses of outputs against their targets: pixel by pixel, in structure (SSIM) and as a trained eye sees it (LPIPS)."""

from __future__ import annotations

import functools
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from trainer.machine.device import Device
from trainer.objective.perceptual import Lpips, load_lpips
from trainer.options.config import TrainConfig

CHARBONNIER_EPSILON = 1e-3  # pixels in [0, 1] that differ by less count as their square
LOG_FLOOR = 3e-4  # squared error, 35 dB: pictures that are better count hardly more for it


class PictureLoss:
    """The loss that the options ask for, without what the latent costs.

    Raises:
        CheckpointError: --perceptual-weights cannot be used.
    """

    def __init__(self, config: TrainConfig, device: Device) -> None:
        self._pixels = _PIXEL_LOSSES[config.objective.loss]
        self._logarithmic = config.objective.loss == "log"
        self._device = device
        self._ssim_weight = config.objective.ssim
        self._perceptual_weight = config.objective.perceptual
        self._lpips: Lpips | None = None
        if config.objective.perceptual_weights is not None:
            self._lpips = load_lpips(config.objective.perceptual_weights).to(device.name)

    def __call__(self, output: Tensor, target: Tensor) -> Tensor:
        """The loss of each picture: (B, 3, H, W) twice, the target in [0, 1] -> float32 (B,)."""
        loss = self._pixels(output, target).mean(dim=(1, 2, 3))
        if self._logarithmic:
            # About the squared error where that is small, so that weights of other terms and --clip serve both.
            loss = LOG_FLOOR * torch.log1p(loss / LOG_FLOOR)
        if self._ssim_weight > 0:
            loss = loss + self._ssim_weight * (1 - ssim(output, target))
        if self._lpips is not None:
            with self._device.autocast():
                loss = loss + self._perceptual_weight * self._lpips(output, target)
        return loss


def ssim(output: Tensor, target: Tensor) -> Tensor:
    """Structural similarity of each picture, -1 to 1: (B, 3, H, W) in [0, 1] twice -> (B,).

    Wang, Bovik, Sheikh and Simoncelli (2004), with their 11x11 Gaussian window of deviation 1.5.
    """
    from torchmetrics.functional.image import structural_similarity_index_measure  # slow to import

    index = structural_similarity_index_measure(output, target, data_range=1.0, reduction="none")
    assert isinstance(index, Tensor)
    return index


def _charbonnier(output: Tensor, target: Tensor) -> Tensor:
    """sqrt(d^2 + e^2) - e (Charbonnier et al., 1994), which is 0 where nothing differs."""
    return ((output - target).square() + CHARBONNIER_EPSILON**2).sqrt() - CHARBONNIER_EPSILON


# torch's own losses go over the pixels once, and once more backward: fewer times than differences and squares apart.
_PIXEL_LOSSES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "mse": functools.partial(functional.mse_loss, reduction="none"),
    "l1": functools.partial(functional.l1_loss, reduction="none"),
    "charbonnier": _charbonnier,
    "log": functools.partial(functional.mse_loss, reduction="none"),
}
