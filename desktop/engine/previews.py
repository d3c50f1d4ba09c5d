"""Large pictures made smaller for the screen, away from the window."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LARGEST_SIDE = 2048


def preview(pixels: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """Means over blocks of whole pixels, so that no side is longer than `LARGEST_SIDE`; None for what is no longer.

    Takes and gives uint8 `[H, W, 3]` or `[H, W]`.
    """
    factor = -(-max(pixels.shape[:2]) // LARGEST_SIDE)
    return None if factor <= 1 else np.array(Image.fromarray(pixels).reduce(factor))
