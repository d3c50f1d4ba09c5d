"""Regions of a map's cells: painted with a brush, with soft edges."""

from __future__ import annotations

import numpy as np

from desktop.engine.sliders.directions import Floats


def stamp(shape: tuple[int, int], row: float, column: float, radius: float, softness: float) -> Floats:
    """How much a brush covers each cell, float32 `[h, w]` in [0, 1].

    Args:
        shape: Rows and columns of cells.
        row, column: The brush's middle, in cells from the upper left corner; a cell's own middle is at a half.
        radius: In cells. The cell under the middle is always covered.
        softness: Over how many cells, centred at the radius, the cover falls from 1 to 0; 0 gives a hard edge.
    """
    rows, columns = np.arange(shape[0])[:, None] + 0.5, np.arange(shape[1])[None, :] + 0.5
    distance = np.hypot(rows - row, columns - column)
    edge = max(softness, 1e-6)
    cover: Floats = np.clip((radius + edge / 2 - distance) / edge, 0.0, 1.0).astype(np.float32)
    if 0 <= row < shape[0] and 0 <= column < shape[1]:
        cover[int(row), int(column)] = 1.0
    return cover


def painted(mask: Floats | None, cover: Floats) -> Floats:
    """The region with a brush's stamp added; None is no region yet."""
    return cover if mask is None else np.maximum(mask, cover)


def erased(mask: Floats | None, cover: Floats) -> Floats | None:
    """The region without a brush's stamp; None where nothing is left, since a region of nothing steers nothing."""
    if mask is None:
        return None
    left = np.minimum(mask, 1.0 - cover)
    return left if left.any() else None


def inverted(mask: Floats | None) -> Floats | None:
    """Everything else; None where that is nothing."""
    if mask is None:
        return None
    rest = (1.0 - mask).astype(np.float32)
    return rest if rest.any() else None
