"""Pictures for tests."""

from __future__ import annotations

import numpy as np

from desktop.engine.pictures import Pixels


def gradient(height: int, width: int) -> Pixels:
    """A smooth picture, uint8 `[height, width, 3]`."""
    rows, columns = np.mgrid[0:height, 0:width]
    channels = (rows * 200 // height, columns * 200 // width, (rows + columns) * 100 // (height + width))
    return np.stack(channels, axis=2).astype(np.uint8) + 30
