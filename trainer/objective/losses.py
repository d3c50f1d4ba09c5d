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
SSIM_WINDOW, SSIM_DEVIATION = 11, 1.5  # pixels
SSIM_STABILISERS = (0.01**2, 0.03**2)  # of pixels in [0, 1]


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
    """Structural similarity of each picture, -1 to 1: (B, 3, H, W) in [0, 1] twice, H and W from 6 -> float32 (B,).

    Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity"
    (2004), with their 11x11 Gaussian window of deviation 1.5; pictures are continued by their mirror image.
    """
    planes = torch.cat((output, target, output * output, target * target, output * target))
    height, width = (_blur(length, planes) for length in planes.shape[-2:])
    mean, other, square, other_square, product = (height @ planes.contiguous() @ width.T).chunk(5)
    means, squares = mean * other, mean.square() + other.square()
    variances = (square - mean.square()).clamp_min(0) + (other_square - other.square()).clamp_min(0)
    c1, c2 = SSIM_STABILISERS
    index = (2 * means + c1) * (2 * (product - means) + c2) / ((squares + c1) * (variances + c2))
    return index.flatten(1).mean(dim=1)


def _blur(length: int, like: Tensor) -> Tensor:
    """The Gaussian mean of a line of pixels as a matrix (L, L): a product with it is faster than a convolution."""
    offsets = torch.arange(-(SSIM_WINDOW // 2), SSIM_WINDOW // 2 + 1, device=like.device)
    weights = torch.exp(-offsets.square() / (2 * SSIM_DEVIATION**2)).to(like.dtype)
    lines = torch.arange(length, device=like.device)
    places = (lines[:, None] + offsets).abs()
    mirrored = torch.minimum(places, 2 * (length - 1) - places)
    blank = torch.zeros(length, length, dtype=like.dtype, device=like.device)
    return blank.scatter_add_(1, mirrored, (weights / weights.sum()).expand(length, -1))


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
