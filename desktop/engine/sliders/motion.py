"""Dragging a point of a decoded picture: which change of the latent brings what was under the mouse to where it is now.

What was grasped is a small patch of the picture. In each step the latent is moved so that the picture about the patch
changes as if it were shifted towards the mouse: least squares on the Jacobian's columns there, held back by the length
of the move, so that the picture stays one that the model knows. Where the patch really is then, is found by comparing,
and what it looks like is learnt on the way, since it may turn and change its light (motion supervision and point
tracking in turn, as in X. Pan et al., Drag Your GAN, 2023, with a decoder's Jacobian in place of gradients).
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np

from desktop.engine.autoencoder import Latents
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.jacobian import Jacobian
from desktop.engine.sliders.resizing import Floats

RADIUS = 11  # pixels from where it is moved to the edge of what is moved with it
SIGMA = 4.0  # pixels: what is farther from the middle counts less
PATCH = 7  # pixels from the middle of what is looked for to its edge
RESTRAINT = 0.1  # of the mean squared column: how much a long move of the latent costs
REACH = 4.0  # pixels that a step moves the patch at most: columns tell what happens nearby
SEARCH = 3  # pixels about the expected place in which the patch is looked for
NEARNESS = 0.5  # levels squared for each pixel squared: of places that look alike the nearer one is taken
MEMORY = 0.8  # of what the patch looked like before, where it has been found again

Point = tuple[float, float]
"""Column and row of a picture, in pixels; (0, 0) is the middle of the first one."""


@dataclasses.dataclass(frozen=True, eq=False)
class Grip:
    """What is held, and where.

    Attributes:
        point: Where it is in the picture.
        patch: float32 `[2 r + 1, 2 r + 1, 3]` with `r = PATCH`, what it looks like.
    """

    point: Point
    patch: Floats

    def found(self, picture: Pixels, expected: Point) -> Grip:
        """The same in another picture, uint8 `[H, W, 3]`, near where it is expected."""
        point = located(picture, self, ((self.point[0] + expected[0]) / 2, (self.point[1] + expected[1]) / 2))
        seen = _patch(picture, point)
        return Grip(point, (MEMORY * self.patch + (1 - MEMORY) * seen).astype(np.float32))


def grasp(picture: Pixels, point: Point) -> Grip:
    """Takes hold of what is at a point of a picture, uint8 `[H, W, 3]`."""
    return Grip(point, _patch(picture, point))


def towards(here: Point, mouse: Point) -> Point:
    """The place of the next step: the mouse's, or as far on the way to it as a step goes."""
    across, down = mouse[0] - here[0], mouse[1] - here[1]
    share = min(1.0, REACH / max(math.hypot(across, down), 1e-9))
    return here[0] + share * across, here[1] + share * down


def pulled(found: Jacobian, picture: Pixels, here: Point, place: Point) -> Latents:
    """The change of the latent, float32 of its shape, after which what is here should be at a place.

    Args:
        found: The Jacobian at this latent, or at one nearby.
        picture: What the latent decodes to now, uint8 `[H, W, 3]`.
        here: Where the patch is.
        place: Where it should be.
    """
    slopes: Any = np.gradient(picture.astype(np.float32), axis=(0, 1))
    down, across = slopes
    wanted: Floats = -(across * (place[0] - here[0]) + down * (place[1] - here[1]))
    weights = np.sqrt(_window())[..., None]
    columns = (sampled(found.columns, here, RADIUS) * weights).reshape(len(found.columns), -1)
    missing = (sampled(wanted[None], here, RADIUS)[0] * weights).reshape(-1)
    squared = (columns @ columns.T).astype(np.float64)
    held = squared + RESTRAINT * max(float(np.trace(squared)), 1e-9) / len(squared) * np.eye(len(squared))
    move = np.linalg.solve(held, (columns @ missing).astype(np.float64)).astype(np.float32)
    change: Latents = np.tensordot(move, found.directions, axes=1)
    return change


def located(picture: Pixels, grip: Grip, near: Point) -> Point:
    """Where the patch is in a picture, within a few pixels of a place, to an eighth of a pixel.

    That is where the squared difference is least, the brightness of both left out.
    """
    planes = picture[None].astype(np.float32)

    def cost(place: Point) -> float:
        difference = sampled(planes, place, PATCH)[0] - grip.patch
        difference = difference - difference.mean(axis=(0, 1))
        away = (place[0] - near[0]) ** 2 + (place[1] - near[1]) ** 2
        return float((difference**2).mean()) + NEARNESS * away

    steps = range(-SEARCH, SEARCH + 1)
    best = min(((near[0] + across, near[1] + down) for down in steps for across in steps), key=cost)
    for step in (0.5, 0.25, 0.125):
        around = [(best[0] + step * across, best[1] + step * down) for down in (-1, 0, 1) for across in (-1, 0, 1)]
        best = min(around, key=cost)
    return best


def sampled(planes: Floats, point: Point, radius: int) -> Floats:
    """The patches of pictures about a point, bilinear: float32 `[n, H, W, c]` to `[n, 2 r + 1, 2 r + 1, c]`.

    Beyond a picture's edge its last pixels go on.
    """
    offsets = np.arange(-radius, radius + 1)
    height, width = planes.shape[1:3]
    columns, column_shares = _split(point[0] + offsets, width)
    rows, row_shares = _split(point[1] + offsets, height)
    lower, upper = np.minimum(rows + 1, height - 1), np.minimum(columns + 1, width - 1)
    left = planes[:, rows][:, :, columns] * (1 - row_shares)[:, None, None]
    left = left + planes[:, lower][:, :, columns] * row_shares[:, None, None]
    right = planes[:, rows][:, :, upper] * (1 - row_shares)[:, None, None]
    right = right + planes[:, lower][:, :, upper] * row_shares[:, None, None]
    patches: Floats = (left + (right - left) * column_shares[:, None]).astype(np.float32)
    return patches


def _split(places: Floats, length: int) -> tuple[np.ndarray, Floats]:
    """Whole pixels, and how far on to the next one."""
    inside = np.clip(places, 0, length - 1)
    whole = np.floor(inside).astype(int)
    return whole, (inside - whole).astype(np.float32)


def _window() -> Floats:
    squares = np.arange(-RADIUS, RADIUS + 1, dtype=np.float32) ** 2
    window: Floats = np.exp(-(squares[:, None] + squares[None, :]) / (2 * SIGMA**2))
    return window


def _patch(picture: Pixels, point: Point) -> Floats:
    patch: Floats = sampled(picture[None].astype(np.float32), point, PATCH)[0]
    return patch
