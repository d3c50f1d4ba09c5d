"""The quality of a bundle's reconstructions of held-out pictures, through the graphs that it ships."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from export.bundle import ErrorThreshold, Quality
from export.runtime import Graph
from export.sampling import batches, spread
from trainer.data import Pictures
from trainer.data.dataset import Progress
from trainer.evaluation import psnr_db, to_input
from trainer.machine.device import Device
from trainer.objective.losses import ssim

LARGEST_SAMPLE = 2_000

FALSE_ALARM_RATES = (0.1, 0.05, 0.01, 0.001)
# A threshold is stated only where at least this many of the pictures measured exceed it: with fewer, chance decides.
EXCEEDING = 2

_CPU = Device("cpu", bf16=False)


def measure_quality(
    encoder: Graph, decoder: Graph, pictures: Pictures, source: str, progress: Progress
) -> tuple[Quality, NDArray[np.float64]]:
    """Reconstructs held-out pictures, at most 2,000 evenly spread ones.

    Args:
        encoder: The exported encoder.
        decoder: The exported decoder.
        pictures: Held out from training, at least one.
        source: What the pictures are, for people.
        progress: Told how many pictures are reconstructed.

    Returns:
        PSNR and SSIM, means over pictures; and each picture's mean squared error on pixels in [0, 1], float64 [M].

    Raises:
        GraphError: A graph does not run.
    """
    positions = spread(len(pictures), LARGEST_SAMPLE)
    psnr_total_db = ssim_total = 0.0
    errors = np.empty(len(positions))
    done = 0
    for batch in batches(pictures, positions):
        original, reconstruction = to_input(batch, _CPU), to_input(decoder(encoder(batch)), _CPU)
        psnr_total_db += float(psnr_db(reconstruction, original).sum())
        ssim_total += float(ssim(reconstruction, original).sum())
        errors[done : done + len(batch)] = (reconstruction - original).square().mean(dim=(1, 2, 3)).numpy()
        done += len(batch)
        progress("Reconstructing held-out pictures", done, len(positions))
    return Quality(psnr_total_db / done, ssim_total / done, done, source), errors


def find_thresholds(errors: NDArray[np.float64]) -> tuple[ErrorThreshold, ...]:
    """The errors that 10 %, 5 %, 1 % and 0.1 % of held-out pictures exceed.

    Args:
        errors: Mean squared error of each, [M].

    Returns:
        Those rates at which two or more of the M pictures exceed the threshold: all four from 2,000 pictures on, none
        below 20.
    """
    return tuple(
        ErrorThreshold(rate, float(np.quantile(errors, 1 - rate)))
        for rate in FALSE_ALARM_RATES
        if round(len(errors) * rate, 6) >= EXCEEDING
    )
