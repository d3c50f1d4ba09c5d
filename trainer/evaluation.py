"""The quality of a network's reconstructions."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Pictures
from trainer.machine.device import Device
from trainer.machine.distributed import Processes
from trainer.machine.randomness import Part
from trainer.objective.corruption import corrupt
from trainer.objective.losses import PictureLoss, ssim
from trainer.objective.variational import ActiveCount, divergence
from trainer.options.config import TrainConfig

MOST_LOOKED_AT, LOOKED_AT_ONCE = 64, 8  # pictures that show which latent numbers are in use


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


class Measures:
    """Measures a network on held-out pictures, as the options of its training say.

    Args:
        pictures: Held out from training.
        loss: The loss of its training, without what the latent costs.
        config: The options.
        device: Where to compute.
        processes: Those that share the work, every one with pictures of its own.
    """

    def __init__(
        self, pictures: Pictures, loss: PictureLoss, config: TrainConfig, device: Device, processes: Processes
    ) -> None:
        self._pictures, self._loss, self._config = pictures, loss, config
        self._device, self._processes = device, processes

    @torch.inference_mode()
    def __call__(self, model: Autoencoder) -> dict[str, float]:
        """The mean over held-out pictures of each figure, the same in all processes.

        `holdout_psnr` (dB) and `holdout_ssim` are of whole pictures; `holdout_outside` is the share of the decoder's
        values outside [0, 1], before any clamp; `holdout_loss` is what training minimises, with damaged inputs where
        there are any and with all of --kl; `holdout_psnr_damaged` (dB) is from damaged inputs to whole targets;
        `holdout_kl` is the divergence of a latent number in nats, and `holdout_active` counts those in use.
        """
        # Fewer pictures than processes: each of them measures all.
        split = len(self._pictures) >= self._processes.count
        first, last = self._processes.bounds(len(self._pictures)) if split else (0, len(self._pictures))
        sums: dict[str, Tensor] = {}
        active = ActiveCount()
        with evaluating(model):
            for start in range(first, last, self._config.training.batch_size):
                positions = np.arange(start, min(start + self._config.training.batch_size, last))
                for name, values in self._batch(model, positions, active).items():
                    sums[name] = sums.get(name, 0) + values.double().sum().cpu()
        measured = self._processes.sum(torch.stack([torch.tensor(last - first, dtype=torch.float64), *sums.values()]))
        figures = dict(zip(sums, (measured[1:] / measured[0]).tolist()))
        if self._config.objective.variational:
            figures["holdout_active"] = active.total(self._processes)
        return figures

    def _batch(self, model: Autoencoder, positions: NDArray[np.int64], active: ActiveCount) -> dict[str, Tensor]:
        """Each picture's figures: (B,) each."""
        target = to_input(self._pictures.batch(positions), self._device)
        latent, raw, output = self._reconstruct(model, target)
        outside = (raw < 0) | (raw > 1)
        figures = {
            "holdout_psnr": psnr_db(output, target),
            "holdout_ssim": ssim(output.clamp(0, 1), target),
            "holdout_outside": outside.float().mean(dim=(1, 2, 3)),
        }
        image = target
        if self._config.objective.damages:
            image = damaged(target, positions, self._config)
            latent, _, output = self._reconstruct(model, image)
            figures["holdout_psnr_damaged"] = psnr_db(output, target)
        figures["holdout_loss"] = self._loss(output, target)
        if self._config.objective.variational:
            with self._device.autocast():
                kl = divergence(*model.posterior(image)).flatten(1).mean(dim=1)
            figures["holdout_kl"] = kl
            figures["holdout_loss"] = figures["holdout_loss"] + self._config.objective.kl * kl
            active.add(latent)
        return figures

    def _reconstruct(self, model: Autoencoder, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The latent, the decoder's output before a clamp, and the output."""
        with self._device.autocast():
            latent = model.encode(image)
            raw = model.decoder(latent)
            output = model.head(raw)
        return latent, (output if self._config.network.head == "sigmoid" else raw).float(), output.float()


def damaged(image: Tensor, positions: NDArray[np.int64], config: TrainConfig) -> Tensor:
    """Held-out pictures as --corrupt damages them: each in one way, whatever the batch, the epoch and the machine."""
    parts = [Part(config.run.seed, int(position), 0, 1, 1, held_out=True) for position in positions]
    return torch.cat([corrupt(image[i : i + 1], config.objective.damages, part) for i, part in enumerate(parts)])


@torch.inference_mode()
def active_latents(model: Autoencoder, pictures: Pictures, device: Device) -> int:
    """The count of numbers of a vector, or channels of a map, that vary over at most 64 pictures."""
    active = ActiveCount()
    with evaluating(model), device.autocast():
        for start in range(0, min(len(pictures), MOST_LOOKED_AT), LOOKED_AT_ONCE):
            active.add(model.encode(to_input(pictures.batch(slice(start, start + LOOKED_AT_ONCE)), device)))
    return active.total(Processes())


@torch.inference_mode()
def comparison_grid(
    model: Autoencoder, pictures: Pictures, device: Device, config: TrainConfig, count: int = 8
) -> NDArray[np.uint8]:
    """Pictures above their reconstructions, clamped and never stretched: uint8 [2 H, count W, 3].

    With --corrupt the damaged pictures are between them, and it is [3 H, count W, 3].
    """
    inputs = pictures.batch(slice(0, count))
    image = damaged(to_input(inputs, device), np.arange(len(inputs)), config)
    with evaluating(model), device.autocast():
        outputs = model(image).float()
    rows = [inputs, *([to_pixels(image)] if config.objective.damages else []), to_pixels(outputs)]
    return np.concatenate([np.concatenate(list(row), axis=1) for row in rows], axis=0)


def to_pixels(image: Tensor) -> NDArray[np.uint8]:
    """(B, 3, H, W), clamped to [0, 1] -> uint8 [B, H, W, 3]."""
    pixels: NDArray[np.uint8] = image.clamp(0, 1).mul(255).round().byte().permute(0, 2, 3, 1).cpu().numpy()
    return pixels


@contextlib.contextmanager
def evaluating(model: Autoencoder) -> Iterator[None]:
    """Evaluation mode, and training mode again after it."""
    was_training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(was_training)
