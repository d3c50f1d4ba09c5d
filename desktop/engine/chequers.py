"""The chequerboard that shows where a picture is transparent: what darkens it there, square by square."""

from __future__ import annotations

import numpy as np
from PIL import Image

from desktop.engine.pictures import Alpha

SQUARES, SMALLEST = 48, 4  # along the longer side; the side of one, in pixels, at the least
DARKNESS = 4  # a clear square is darker by a quarter


def veil(alpha: Alpha, height: int, width: int) -> Alpha:
    """How opaque a black veil over the picture is, uint8 `[height, width]`: every other square, where it is clear.

    `alpha` is uint8 `[H, W]` of any size, 0 where the picture is clear; it is resized.
    """
    if alpha.shape != (height, width):
        alpha = np.asarray(Image.fromarray(alpha).resize((width, height), Image.Resampling.BILINEAR))
    side = max(SMALLEST, -(-max(height, width) // SQUARES))
    is_dark = ((np.arange(height) // side)[:, None] + np.arange(width) // side) % 2 == 1
    clear: Alpha = (255 - alpha) // np.uint8(DARKNESS)
    return np.where(is_dark, clear, np.uint8(0))
