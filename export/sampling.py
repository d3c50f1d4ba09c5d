"""The choice of the pictures that are measured, and their batches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from trainer.data import Pictures
from trainer.data.pictures import batches_ahead

BATCH_PIXELS = 1 << 19  # pixels in a batch: 32 pictures of 128x128; the widest network then needs about 1 GiB


def spread(total: int, limit: int) -> NDArray[np.int64]:
    """Positions of at most `limit` of `total` pictures, evenly spread and always the same: int64 [M], rising."""
    count = min(total, limit)
    return np.arange(count, dtype=np.int64) * total // max(count, 1)


def batch_size(height: int, width: int) -> int:
    """How many pictures of this size in pixels go through a graph at once."""
    return max(1, BATCH_PIXELS // (height * width))


def batches(pictures: Pictures, positions: NDArray[np.int64]) -> Iterator[NDArray[np.uint8]]:
    """The pictures at these positions, as uint8 [B, H, W, 3] batches of bounded size."""
    _, height, width, _ = pictures.pixels.shape
    step = batch_size(height, width)
    parts = (positions[start : start + step] for start in range(0, len(positions), step))
    yield from batches_ahead(pictures, parts)
