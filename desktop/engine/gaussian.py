"""A Gaussian fitted to few samples of many numbers: Mahalanobis distance with shrinkage, and principal axes."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SMALLEST = 1e-12


@dataclasses.dataclass(frozen=True, eq=False)
class Gaussian:
    """Mean and shrunk covariance, taken apart along the samples' principal axes.

    The covariance is `axes.T @ diag(variances - floor) @ axes + floor * I`: what no sample spans has variance `floor`.

    Attributes:
        mean: float32 `[D]`.
        axes: float32 `[K, D]`, unit length, most variance first; K is below the number of samples.
        variances: float32 `[K]`, shrunk, along the axes.
        floor: Variance along everything else.
        shrinkage: In [0, 1]: how much of the sample covariance was given up.
    """

    mean: Floats
    axes: Floats
    variances: Floats
    floor: float
    shrinkage: float

    def distances(self, samples: Floats) -> Floats:
        """Squared Mahalanobis distances of `[N, D]`, divided by D: about 1 for what the fit was made of. `[N]`."""
        centred = samples - self.mean
        along = centred @ self.axes.T
        beyond = np.maximum(np.square(centred).sum(axis=1) - np.square(along).sum(axis=1), 0)
        total = np.square(along) @ (1 / self.variances) + beyond / np.float32(self.floor)
        distances: Floats = (total / samples.shape[1]).astype(np.float32)
        return distances

    def solve(self, vectors: NDArray[np.float64]) -> NDArray[np.float64]:
        """The inverse covariance times `[D]`."""
        axes, variances = self.axes.astype(np.float64), self.variances.astype(np.float64)
        along = axes @ vectors
        result: NDArray[np.float64] = (vectors - along @ axes) / self.floor + (along / variances) @ axes
        return result


def fit_gaussian(samples: Floats, mean: NDArray[np.floating] | None = None) -> Gaussian:
    """Fits `[N, D]` with the shrinkage of O. Ledoit and M. Wolf (A well-conditioned estimator for large-dimensional
    covariance matrices, J. Multivariate Analysis 88, 2004): (1 - a) S + a m I, where m is the mean variance and a
    minimises the expected squared error. All from the N x N or the D x D matrix of products, whichever is smaller.

    Args:
        samples: At least two.
        mean: Around which to measure; the samples' own if not given.
    """
    centre = samples.mean(axis=0, dtype=np.float64) if mean is None else np.asarray(mean, np.float64)
    centred = samples - centre
    count, size = centred.shape
    wide = size > count
    products = (centred @ centred.T if wide else centred.T @ centred) / count
    eigenvalues, vectors = np.linalg.eigh(products)
    order = np.argsort(eigenvalues)[::-1]
    eigenvalues, vectors = eigenvalues[order], vectors[:, order]
    average = max(float(eigenvalues.sum()) / size, SMALLEST)
    shrinkage = _shrinkage(centred, eigenvalues, average)
    kept = eigenvalues > 1e-9 * max(float(eigenvalues[0]), SMALLEST)
    axes = vectors[:, kept].T @ centred if wide else vectors[:, kept].T
    axes = axes / np.linalg.norm(axes, axis=1, keepdims=True).clip(SMALLEST)
    floor = max(shrinkage * average, SMALLEST, 1e-6 * average)
    variances = np.maximum((1 - shrinkage) * eigenvalues[kept] + shrinkage * average, floor)
    return Gaussian(centre.astype(np.float32), axes.astype(np.float32), variances.astype(np.float32), floor, shrinkage)


def _shrinkage(centred: NDArray[np.float64], eigenvalues: NDArray[np.float64], average: float) -> float:
    """Ledoit and Wolf's b^2 / d^2, where d^2 = |S - m I|^2 and b^2 = mean |x x' - S|^2 / N, both Frobenius."""
    count, size = centred.shape
    norm = float(np.square(eigenvalues).sum())
    from_identity = norm - size * average**2
    noise = (float((np.square(centred).sum(axis=1) ** 2).mean()) - norm) / count
    if from_identity <= 0:
        return 1.0
    return float(np.clip(noise / from_identity, 0, 1))
