"""How well a bundle rebuilds pictures that it was not trained on, through the graphs that it ships."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torchmetrics.functional.image import structural_similarity_index_measure

from export.bundle import Quality
from export.runtime import Graph
from export.sampling import batches, spread
from trainer.data import Pictures
from trainer.data.dataset import Progress

LARGEST_SAMPLE = 2_000
LARGEST_PSNR_DB = 100.0  # what a picture without any difference counts as; its PSNR has no bound


def measure_quality(encoder: Graph, decoder: Graph, pictures: Pictures, source: str, progress: Progress) -> Quality:
    """Rebuilds held-out pictures, at most 2,000 evenly spread ones, and averages each picture's PSNR and SSIM.

    Args:
        encoder: The exported encoder.
        decoder: The exported decoder.
        pictures: Held out from training, at least one.
        source: What the pictures are, for people.
        progress: Told how many pictures are rebuilt.

    Raises:
        GraphError: A graph does not run.
    """
    positions = spread(len(pictures), LARGEST_SAMPLE)
    psnr_total_db = ssim_total = 0.0
    done = 0
    for batch in batches(pictures, positions):
        rebuilt = decoder(encoder(batch))
        psnr_total_db += float(psnr_db(rebuilt, batch).sum())
        ssim_total += float(ssim(rebuilt, batch).sum())
        done += len(batch)
        progress("Rebuilding held-out pictures", done, len(positions))
    return Quality(psnr_total_db / done, ssim_total / done, done, source)


def psnr_db(rebuilt: NDArray[np.uint8], original: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Peak signal-to-noise ratio of each picture, 10 log10(255^2 / MSE), in dB: [B, H, W, 3] twice -> [B]."""
    squared = (rebuilt.astype(np.float64) - original) ** 2
    smallest = 255**2 / 10 ** (LARGEST_PSNR_DB / 10)
    mse: NDArray[np.float64] = np.maximum(squared.mean(axis=(1, 2, 3)), smallest)
    return 10 * np.log10(255**2 / mse)


def ssim(rebuilt: NDArray[np.uint8], original: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Structural similarity of each picture, -1 to 1: uint8 [B, H, W, 3] twice -> [B].

    Wang, Bovik, Sheikh and Simoncelli (2004), with their 11x11 Gaussian window of deviation 1.5.
    """
    first, second = (
        torch.from_numpy(pictures.transpose(0, 3, 1, 2).astype(np.float32) / 255) for pictures in (rebuilt, original)
    )
    index = structural_similarity_index_measure(first, second, data_range=1.0, reduction="none")
    return np.asarray(index, np.float32)
