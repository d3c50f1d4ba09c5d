"""The pictures of the X-ray: heat over a picture, and a latent's cells as squares."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.heat import FAINT, STRONG, overlay
from desktop.engine.colour_ramps import DIFFERENCE
from desktop.engine.pictures import Pixels
from desktop.engine.xray.fields import Floats

COLUMNS = 8  # of the squares of a vector


def shares(effect: Floats) -> Floats:
    """An effect as shares of the largest, drawn out at the low end so that the edge of a field is seen."""
    largest = float(effect.max(initial=0))
    found: Floats = np.sqrt(effect / largest) if largest > 0 else np.zeros_like(effect)
    return found


def over_picture(pixels: Pixels, effect: Floats) -> Pixels:
    """uint8 `[H, W, 3]` in grey, with an effect `[H, W]` in colour, or one of whole blocks, `[rows, columns]`."""
    factor = pixels.shape[0] // effect.shape[0]
    whole = shares(effect).repeat(factor, axis=0).repeat(factor, axis=1)
    return overlay(pixels, (FAINT + whole * (STRONG - FAINT)).astype(np.float32))


def grid_of(cells: tuple[int, ...]) -> tuple[int, int]:
    """Rows and columns in which a latent is shown: a map's own, or rows of eight numbers."""
    return (cells[0], cells[1]) if len(cells) == 2 else (-(-cells[0] // COLUMNS), COLUMNS)


def squares(effect: Floats) -> Pixels:
    """A latent's cells, `[h, w]` or `[D]`, from dark to light: uint8 `[rows, columns, 3]`."""
    rows, columns = grid_of(effect.shape)
    filled = np.zeros(rows * columns, np.float32)
    filled[: effect.size] = shares(effect).ravel()
    found: Pixels = DIFFERENCE.at(filled.reshape(rows, columns)).round().astype(np.uint8)
    return found
