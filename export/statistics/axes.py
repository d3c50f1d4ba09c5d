"""Principal axes of latents: exactly where they fit in memory, as a stream where they do not."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.statistics.encoding import Codes
from trainer.run.principal import DEAD_SPREAD, LARGEST_AXES, principal_axes

STREAM_ROWS = 256  # that incremental PCA takes at a time; more than LARGEST_AXES, as it must be


def find_axes(codes: Codes, mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Principal axes of the codes around their mean: [K, D], most variance first, sign fixed, K at most 64."""
    if codes.in_memory:
        return principal_axes(codes.latents - mean)
    return streamed_axes(codes)


def streamed_axes(codes: Codes) -> NDArray[np.float64]:
    """The same, nearly, for more than 256 codes of any width in little memory.

    Incremental PCA (Ross, Lim, Lin and Yang, Incremental learning for robust visual tracking, 2008, as in
    scikit-learn). It goes through the codes in their order, so that the same codes always give the same axes.
    """
    from sklearn.decomposition import IncrementalPCA

    count, width = codes.latents.shape
    pca: Any = IncrementalPCA(n_components=min(LARGEST_AXES, width))  # type: ignore[no-untyped-call]
    starts = list(range(0, count - STREAM_ROWS + 1, STREAM_ROWS))  # whole blocks: a rest joins the last of them
    for start, end in zip(starts, [*starts[1:], count]):
        pca.partial_fit(codes.latents[start:end])
    alive = pca.explained_variance_ > DEAD_SPREAD**2 * pca.explained_variance_.max()
    axes: NDArray[np.float64] = pca.components_[alive].astype(np.float64)
    largest = np.abs(axes).argmax(axis=1)
    axes *= np.sign(axes[np.arange(len(axes)), largest])[:, None]
    return axes
