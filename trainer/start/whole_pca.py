"""Principal components of whole training pictures: the best linear code of a vector latent, and a network's start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.patches import beside, set_whole_code
from trainer.data import Pictures
from trainer.machine.budget import Budget
from trainer.run.contract.sentence import Sentence

LARGEST_SAMPLE = 2_048  # pictures: their Gram matrix takes seconds
FEW = 128  # pictures that are timed
LARGEST_BYTES = 1 << 28  # of pixels held at once
COLUMNS = 1 << 13  # pixel values of every picture that are turned into floats at a time
LEAST_SHARE = 1e-10  # of the first component's variance; below it a component is rounding

Floats32 = NDArray[np.float32]


@dataclass(frozen=True)
class WholeCode:
    """A linear code of whole pictures.

    Attributes:
        mean: float32 [P], the mean picture, 0 to 1, rows of pixels with their colours last.
        components: float32 [K, P], orthonormal, most variance first; K is the number asked for or, where there are no
            more than that many pictures, one less than these.
        spreads: float32 [K], the standard deviation of each of the code's numbers.
        pictures: How many it was fitted on.
    """

    mean: Floats32
    components: Floats32
    spreads: Floats32
    pictures: int

    def reconstruct(self, pictures: NDArray[np.uint8]) -> Floats32:
        """uint8 [B, H, W, 3] of the size fitted on -> float32 [B, H, W, 3], clipped to [0, 1]."""
        values = _centred(pictures.reshape(len(pictures), -1), self.mean, slice(None))
        reconstruction: Floats32 = np.matmul(values @ self.components.T, self.components)
        reconstruction += self.mean
        return reconstruction.clip(0, 1).reshape(pictures.shape)


def fit_whole(pictures: Pictures, numbers: int, most: int = LARGEST_SAMPLE) -> WholeCode:
    """Fits principal components to training pictures, at most 2,048 of them, evenly spread.

    It is exact for those: the Gram matrix of the pictures has the covariance's eigenvalues and is smaller (the method
    of snapshots: L. Sirovich, Turbulence and the dynamics of coherent structures, 1987).

    Args:
        pictures: At least two.
        numbers: Components, at least one.
        most: Pictures that are looked at.
    """
    each = int(np.prod(pictures.pixels.shape[1:]))
    count = min(len(pictures), most, max(2, LARGEST_BYTES // each))
    pixels = pictures.batch(np.arange(count) * len(pictures) // count).reshape(count, -1)
    mean: Floats32 = np.asarray(pixels.mean(axis=0, dtype=np.float64) / 255, np.float32)
    gram: NDArray[np.float64] = np.zeros((count, count))
    for first in range(0, each, COLUMNS):
        centred = _centred(pixels, mean, slice(first, first + COLUMNS))
        gram += (centred @ centred.T).astype(np.float64)
    variances, vectors = np.linalg.eigh(gram)
    order = np.argsort(variances)[::-1][: min(numbers, count - 1)]
    order = order[variances[order] > LEAST_SHARE * max(variances[-1], np.finfo(np.float32).tiny)]
    turned = (vectors[:, order] / np.sqrt(variances[order])).T.astype(np.float32)
    parts = [turned @ _centred(pixels, mean, slice(first, first + COLUMNS)) for first in range(0, each, COLUMNS)]
    spreads = np.sqrt(variances[order] / count).astype(np.float32)
    return WholeCode(mean, np.concatenate(parts, axis=1), spreads, count)


def sample_in_time(pictures: Pictures, numbers: int, budget: Budget, seconds: Callable[[], float]) -> int:
    """How many pictures `fit_whole` looks at in so many seconds: its time grows with the square of their count.

    Args:
        pictures: Those to fit to.
        numbers: Components.
        budget: Knows the limit, and is told what was cut.
        seconds: That are left for it.
    """
    count = min(len(pictures), LARGEST_SAMPLE)
    most = budget.affordable(count, FEW, lambda few: fit_whole(pictures, numbers, few), seconds, power=2)
    if most < count:
        budget.cuts.append(Sentence("components from {most:,} of {count:,}", most=most, count=count))
    return most


def start_from_whole(model: Autoencoder, pictures: Pictures) -> None:
    """Fits the linear paths to training pictures; the network then reconstructs as well as PCA of whole pictures.

    Args:
        model: Built with `init` as `pca` and a vector latent, on the CPU.
        pictures: Those to train on.
    """
    set_whole(model, fit_whole(pictures, model.latent_size))


def set_whole(model: Autoencoder, code: WholeCode) -> None:
    """Makes the linear paths of a network with a vector latent, on the CPU, those of a code of its pictures.

    The latent's numbers are the code's over their root mean square: of the size that a network is used to, and still
    with the most variance first.
    """
    encoder, decoder = beside(model.encoder), beside(model.decoder)
    layout = next(layer for layer in decoder.linear.modules() if isinstance(layer, nn.Unflatten))
    height, width = layout.unflattened_size[1:]
    scale = float(np.sqrt(np.square(code.spreads).mean())) if len(code.spreads) else 1.0
    components, mean = (
        torch.from_numpy(values.reshape(-1, height, width, 3).transpose(0, 3, 1, 2).copy())
        for values in (code.components, code.mean)
    )
    set_whole_code(encoder, decoder, components, mean[0], scale)


def _centred(pixels: NDArray[np.uint8], mean: Floats32, columns: slice) -> Floats32:
    """Some columns of uint8 [N, P] in [0, 1], less the mean: float32 [N, C]."""
    centred: Floats32 = pixels[:, columns].astype(np.float32)
    centred /= 255
    centred -= mean[columns]
    return centred
