"""Measurements of a trained network beyond the curves, made together with the report."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Data, Pictures
from trainer.evaluation import damaged, evaluating, psnr_db, to_input, to_pixels
from trainer.machine.device import Device
from trainer.run.checkpoint import Run
from trainer.run.principal import principal_axes
from trainer.run.samplers import encode_some

LARGEST_SAMPLE = 512  # held-out pictures looked at
SHOWN = 8
BATCH = 16


@dataclass(frozen=True)
class Shown:
    """Pictures in rows, uint8 [rows H, columns W, 3], and each column's PSNR in dB."""

    grid: NDArray[np.uint8]
    psnr_db: list[float]


@dataclass(frozen=True)
class Findings:
    """The findings about a network."""

    worst: Shown
    """Held-out pictures above their reconstructions, the worst first."""
    best: Shown
    noise: Shown
    """Pictures of pure noise above what the network makes of them."""
    repair: Shown | None
    """Damaged inputs, outputs and whole targets, where the training damages inputs."""
    outside: float
    """Share of the outputs of held-out pictures outside [0, 1], as they leave the head."""
    spectrum: NDArray[np.float64]
    """Share of the latent's variance along each of its first principal axes, at most 64: [K]."""


@torch.inference_mode()
def look_at(run: Run, data: Data, device: Device) -> Findings:
    """Looks at a run's network through its pictures: at most 512 held-out ones, and a sample of those trained on."""
    model = run.model.to(device.name)
    with evaluating(model):
        psnr, outside = _holdout(model, data.holdout, device)
        order = np.argsort(psnr, kind="stable")
        sides = data.holdout.pixels.shape[1:3]
        noise = np.random.default_rng(0).integers(0, 256, (SHOWN, *sides, 3), dtype=np.uint8)
        latents = encode_some(model, data.train, device)
        return Findings(
            worst=_shown(model, data.holdout.batch(order[:SHOWN]), device),
            best=_shown(model, data.holdout.batch(order[::-1][:SHOWN]), device),
            noise=_shown(model, noise, device),
            repair=_repair(model, run, data.holdout, device) if run.config.objective.damages else None,
            outside=outside,
            spectrum=spectrum(latents),
        )


def spectrum(latents: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the variance of [N, D] latents along each principal axis, falling: [K], K at most 64."""
    centred = latents - latents.mean(axis=0)
    total = centred.var(axis=0).sum()
    if len(latents) < 2 or not np.isfinite(total) or total <= 0:
        return np.zeros(0)
    shares: NDArray[np.float64] = (centred @ principal_axes(centred).T).var(axis=0) / total
    return shares


def _holdout(model: Autoencoder, pictures: Pictures, device: Device) -> tuple[NDArray[np.float64], float]:
    """Each held-out picture's PSNR in dB, [M]; and the share of output values outside [0, 1]."""
    found, outside, values = [], 0.0, 0
    for start in range(0, min(len(pictures), LARGEST_SAMPLE), BATCH):
        image = to_input(pictures.batch(slice(start, start + BATCH)), device)
        output = _reconstruct(model, image, device)
        found += psnr_db(output, image).tolist()
        outside += ((output < 0) | (output > 1)).sum().item()
        values += output.numel()
    return np.array(found), outside / values


def _shown(model: Autoencoder, pixels: NDArray[np.uint8], device: Device) -> Shown:
    image = to_input(pixels, device)
    output = _reconstruct(model, image, device)
    return Shown(_rows(pixels, to_pixels(output)), psnr_db(output, image).tolist())


def _repair(model: Autoencoder, run: Run, pictures: Pictures, device: Device) -> Shown:
    pixels = pictures.batch(slice(0, SHOWN))
    target = to_input(pixels, device)
    image = damaged(target, np.arange(len(pixels)), run.config)
    output = _reconstruct(model, image, device)
    return Shown(_rows(to_pixels(image), to_pixels(output), pixels), psnr_db(output, target).tolist())


def _reconstruct(model: Autoencoder, image: Tensor, device: Device) -> Tensor:
    with device.autocast():
        output: Tensor = model(image).float()
    return output


def _rows(*rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Pictures [B, H, W, 3] in each row -> uint8 [rows H, B W, 3]."""
    return np.concatenate([np.concatenate(list(row), axis=1) for row in rows], axis=0)
