"""How like one set of pictures is to another, in the features of a network that has seen neither and in pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from trainer.evaluation import to_input
from trainer.machine.device import Device
from trainer.objective.perceptual import Lpips

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
Rows = NDArray[np.float32]

SMALL_SIDE = 32  # pixels, to which pictures are reduced before they are compared by them
BLOCK_ROWS = 256  # compared with all known ones at a time
_CPU = Device("cpu", bf16=False)


@torch.inference_mode()
def describe(batches: Iterable[Pixels], network: Lpips) -> tuple[Rows, Rows]:
    """Features and reduced pixels of batches uint8 [B, H, W, 3]: float32 [N, F], and float32 [N, 3072] in [0, 255]."""
    features, pixels = [], []
    for batch in batches:
        image = to_input(batch, _CPU)
        features.append(network.describe(image).numpy())
        small = torch.nn.functional.interpolate(image, (SMALL_SIDE, SMALL_SIDE), mode="area")
        pixels.append(255 * small.flatten(1).numpy())
    return np.concatenate(features), np.concatenate(pixels)


def frechet(first: Rows, second: Rows) -> float:
    """The Fréchet distance of two sets of features, [N, F] and [M, F], each taken as a normal distribution.

    |m1 - m2|² + tr(C1 + C2 - 2 (C1 C2)^½) (Dowson and Landau, 1982; of a network's features: Heusel et al., 2017). With
    finitely many pictures it is above 0 for two samples of the same distribution, so compare it with such a one.
    """
    means = [each.mean(axis=0, dtype=np.float64) for each in (first, second)]
    one, other = (np.cov(each.astype(np.float64), rowvar=False) for each in (first, second))
    values, vectors = np.linalg.eigh(one)
    root = (vectors * np.sqrt(values.clip(min=0))) @ vectors.T
    product = np.linalg.eigvalsh(root @ other @ root).clip(min=0)  # the eigenvalues of C1 C2
    return float(np.square(means[0] - means[1]).sum() + np.trace(one) + np.trace(other) - 2 * np.sqrt(product).sum())


def nearest(asked: Rows, known: Rows) -> Floats:
    """The root mean square difference from each row of [N, F] to the nearest row of [M, F]: [N].

    Of rows that are equally near but for the rounding of their squared distance in 32 bits, any may be taken.
    """
    return np.concatenate(list(_nearest_squares(asked, known))) ** 0.5


def _nearest_squares(asked: Rows, known: Rows) -> Iterator[Floats]:
    lengths = np.square(known).sum(axis=1)
    for start in range(0, len(asked), BLOCK_ROWS):
        block = asked[start : start + BLOCK_ROWS]
        best = np.argmin(lengths - 2 * block @ known.T, axis=1)
        yield np.square(block.astype(np.float64) - known[best]).mean(axis=1)  # anew: the product above is not exact
