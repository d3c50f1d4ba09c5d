"""Smooth noise and blur, of which made-up defects are made."""

from __future__ import annotations

import math

import numpy as np

from desktop.engine.gaussian import Floats


def smooth_noise(random: np.random.Generator, shape: tuple[int, int], cell: float) -> Floats:
    """Noise of about unit deviation that changes over `cell` pixels: white noise, enlarged smoothly. `[H, W]`."""
    places, shares, sizes = [], [], []
    for length in shape:
        size = max(2, math.ceil(length / cell) + 1)
        position = np.arange(length) / cell
        lower = np.minimum(position.astype(np.int64), size - 2)
        share = (position - lower).clip(0, 1).astype(np.float32)
        places.append(lower)
        shares.append(share * share * (3 - 2 * share))
        sizes.append(size)
    white = random.normal(size=sizes).astype(np.float32)
    wide = white[:, places[1]] + (white[:, places[1] + 1] - white[:, places[1]]) * shares[1]
    result: Floats = wide[places[0]] + (wide[places[0] + 1] - wide[places[0]]) * shares[0][:, None]
    return result


def box_blur(picture: Floats, radius: int) -> Floats:
    """The mean over 2 `radius` + 1 pixels each way of `[H, W, C]`; edges are repeated."""
    for axis in (0, 1):
        length, window = picture.shape[axis], 2 * radius + 1
        margins = [(radius + 1, radius) if axis == each else (0, 0) for each in range(3)]
        sums = np.pad(picture, margins, mode="edge").cumsum(axis=axis, dtype=np.float64)
        upper, lower = np.split(sums, [window], axis=axis)[1], np.split(sums, [length], axis=axis)[0]
        picture = ((upper - lower) / window).astype(np.float32)
    return picture
