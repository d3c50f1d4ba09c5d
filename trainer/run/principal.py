"""Principal axes of latents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LARGEST_AXES = 64
DEAD_SPREAD = 1e-4  # of the widest axis's spread; below it an axis is float32 rounding


def principal_axes(centred: NDArray[np.float64]) -> NDArray[np.float64]:
    """Exact principal axes of [N, D] samples around their mean: [K, D], most variance first, sign fixed.

    K is at most 64, D and N - 1; axes without variance are left out. The smaller of the two Gram matrices is taken
    apart: the covariance's where D <= N, and otherwise the samples' (the method of snapshots: L. Sirovich, Turbulence
    and the dynamics of coherent structures, 1987), which shares its eigenvalues.
    """
    samples, width = centred.shape
    wide = width > samples
    variances, vectors = np.linalg.eigh(centred @ centred.T if wide else centred.T @ centred)
    count = min(LARGEST_AXES, width, samples - 1)
    order = np.argsort(variances)[::-1][:count]
    alive = order[variances[order] > DEAD_SPREAD**2 * variances.max()]
    axes: NDArray[np.float64] = vectors[:, alive].T @ centred if wide else vectors[:, alive].T
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    largest = np.abs(axes).argmax(axis=1)
    axes *= np.sign(axes[np.arange(len(axes)), largest])[:, None]
    return axes
