"""How good the pictures are that a network rebuilds."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from trainer.architectures import Autoencoder
from trainer.data import Pictures
from trainer.device import Device


def to_input(pictures: NDArray[np.uint8], device: Device) -> Tensor:
    """uint8 [B, H, W, 3] -> float32 (B, 3, H, W) in [0, 1] on the device; channels last in memory, as it came."""
    on_device = torch.from_numpy(pictures).to(device.name, non_blocking=True)
    return on_device.permute(0, 3, 1, 2).float().div_(255)


def psnr_db(output: Tensor, target: Tensor) -> Tensor:
    """Peak signal-to-noise ratio of each picture, in dB: -10 log10(MSE) for pixels in [0, 1].

    Args:
        output: (B, 3, H, W), clamped to [0, 1] here.
        target: (B, 3, H, W) in [0, 1].

    Returns:
        (B,) float32; at most 100 dB, so that a perfect picture does not make a mean infinite.
    """
    error = (output.clamp(0, 1) - target).square().mean(dim=(1, 2, 3))
    return -10 * torch.log10(error.clamp_min(1e-10))


@torch.inference_mode()
def holdout_psnr(model: Autoencoder, pictures: Pictures, batch_size: int, device: Device) -> float:
    """Mean over held-out pictures of each picture's PSNR, in dB."""
    with evaluating(model):
        total = 0.0
        for start in range(0, len(pictures), batch_size):
            image = to_input(pictures.batch(slice(start, start + batch_size)), device)
            with device.autocast():
                output = model(image)
            total += psnr_db(output.float(), image).sum().item()
    return total / len(pictures)


@torch.inference_mode()
def comparison_grid(model: Autoencoder, pictures: Pictures, device: Device, count: int = 8) -> NDArray[np.uint8]:
    """Pictures above their reconstructions, clamped and never stretched: uint8 [2 H, count W, 3]."""
    inputs = pictures.batch(slice(0, count))
    with evaluating(model), device.autocast():
        outputs = model(to_input(inputs, device)).float()
    rebuilt = outputs.clamp(0, 1).mul(255).round().byte().permute(0, 2, 3, 1).cpu().numpy()
    return np.concatenate([np.concatenate(list(row), axis=1) for row in (inputs, rebuilt)], axis=0)


@contextlib.contextmanager
def evaluating(model: Autoencoder) -> Iterator[None]:
    """Evaluation mode, and training mode again after it."""
    was_training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(was_training)
