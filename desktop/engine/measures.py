"""How far one picture is from another."""

from __future__ import annotations

import math

import numpy as np

from desktop.engine.pictures import Pixels


def psnr_db(first: Pixels, second: Pixels) -> float:
    """Peak signal-to-noise ratio in dB of two uint8 pictures of one shape; infinite when they are equal."""
    error = np.mean((first.astype(np.float64) - second.astype(np.float64)) ** 2)
    return math.inf if error == 0 else 10.0 * math.log10(255.0**2 / float(error))


def absolute_difference(first: Pixels, second: Pixels) -> Pixels:
    """`|first - second|` for each pixel and channel, uint8 in 0-255."""
    return np.maximum(first, second) - np.minimum(first, second)
