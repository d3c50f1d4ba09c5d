"""A heat-map laid over its picture."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from desktop.engine.colour_ramps import HEAT
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels

FAINT, STRONG = -math.log(1e-2), -math.log(1e-6)
"""From where heat is seen to where it is full, as -ln of the chance of such a pixel in a good picture."""

LARGEST_COVER = 0.85  # of the picture, where heat is full


def overlay(pixels: Pixels, heat: Floats) -> Pixels:
    """uint8 `[H, W, 3]` in grey, with heat in colour over it; heat of another size is drawn out over the picture."""
    if heat.shape != pixels.shape[:2]:
        size = pixels.shape[1], pixels.shape[0]
        heat = np.asarray(Image.fromarray(heat).resize(size, Image.Resampling.BILINEAR))
    strength = ((heat - FAINT) / (STRONG - FAINT)).clip(0, 1)
    colour = HEAT.at(strength)
    grey = np.repeat(pixels.mean(axis=2, dtype=np.float32)[..., None], 3, axis=2)
    cover = (LARGEST_COVER * np.sqrt(strength))[..., None]
    mixed: Pixels = (grey * (1 - cover) + colour * cover).round().astype(np.uint8)
    return mixed
