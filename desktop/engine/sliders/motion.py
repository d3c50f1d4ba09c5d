"""Dragging a point of a decoded picture: which change of the latent brings what was under the mouse to where it is now.

What was grasped is a small patch of the picture. In each step the latent is moved so that the picture about the patch
changes as if it were shifted towards the mouse, and a little back to how it looked when it was grasped: least squares
on the Jacobian's columns there, held back by how far the latent has moved, so that the picture stays one that the model
knows, and by how much the whole picture changes, so that a mouth moves and the hair keeps its colour. Where the patch
is then, is found by normalised cross-correlation (motion supervision and point tracking in turn, as in X. Pan et al.,
Drag Your GAN, 2023, with a decoder's Jacobian in place of gradients).
"""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np

from desktop.engine.autoencoder import Latents
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.directions import Coordinates
from desktop.engine.sliders.jacobian import Jacobian
from desktop.engine.sliders.resizing import Floats

RADIUS = 11  # pixels from a patch's middle to its edge
SIGMA = 6.0  # pixels: what is farther from the middle counts less
RESTRAINT = 0.01  # of the mean squared column: how much a long move of the latent costs
ELSEWHERE = 0.03  # how much a pixel's change away from the patch costs, beside one of the patch
THINNED = 4  # of the picture's rows and columns one of so many is looked at for that
PULL_BACK = 0.3  # of both, for what earlier steps have moved
LOOKS = 0.1  # of the difference from how the patch looked that a step takes back
REACH = 3.0  # pixels that a step moves the patch at most: columns tell what happens nearby
SEARCH = 4  # pixels about the expected place in which the patch is looked for

Point = tuple[float, float]
"""Column and row of a picture, in pixels; (0, 0) is the middle of the first one."""


@dataclasses.dataclass(frozen=True, eq=False)
class Grip:
    """What is held, and where.

    Attributes:
        point: Where it is in the picture.
        patch: float32 `[2 r + 1, 2 r + 1, 3]` with `r = RADIUS`, what it looked like when it was grasped.
        moved: float64 `[n]`, how far the latent was moved since along each direction of the Jacobian.
    """

    point: Point
    patch: Floats
    moved: Coordinates


def grasp(picture: Pixels, point: Point, directions: int) -> Grip:
    """Takes hold of what is at a point of a picture, uint8 `[H, W, 3]`, to be moved along so many directions."""
    return Grip(point, _patches(picture[None], point)[0], np.zeros(directions))


def found(grip: Grip, picture: Pixels, expected: Point) -> Grip:
    """What is held, in another picture, uint8 `[H, W, 3]`, near half of the way to where it is expected."""
    near = (grip.point[0] + expected[0]) / 2, (grip.point[1] + expected[1]) / 2
    return dataclasses.replace(grip, point=located(picture, grip.patch, near))


def towards(here: Point, mouse: Point) -> Point:
    """The place of the next step: the mouse's, or as far on the way to it as a step goes."""
    across, down = mouse[0] - here[0], mouse[1] - here[1]
    share = min(1.0, REACH / max(math.hypot(across, down), 1e-9))
    return here[0] + share * across, here[1] + share * down


def pulled(jacobian: Jacobian, picture: Pixels, grip: Grip, place: Point) -> tuple[Latents, Grip]:
    """The change of the latent, float32 of its shape, after which what is held should be at a place; with the grip.

    Args:
        jacobian: At this latent, or at one nearby.
        picture: What the latent decodes to now, uint8 `[H, W, 3]`.
        grip: What is held.
        place: Where it should be.
    """
    here = grip.point
    behind = 2 * here[0] - place[0], 2 * here[1] - place[1]
    now, shifted = (_patches(picture[None], each)[0] for each in (here, behind))
    weights = np.sqrt(_window())[..., None]
    missing = (((shifted - now) + LOOKS * (grip.patch - now)) * weights).reshape(-1)
    columns = (_patches(jacobian.columns, here) * weights).reshape(len(jacobian.columns), -1)
    squared = (columns @ columns.T).astype(np.float64)
    restraint = RESTRAINT * max(float(np.trace(squared)), 1e-9) / len(squared) * np.eye(len(squared))
    thinned = _elsewhere(jacobian.columns, here)
    restraint += ELSEWHERE * (thinned @ thinned.T).astype(np.float64)
    wanted = (columns @ missing).astype(np.float64) - PULL_BACK * (restraint @ grip.moved)
    move: Coordinates = np.linalg.solve(squared + restraint, wanted)
    change: Latents = np.tensordot(move.astype(np.float32), jacobian.directions, axes=1)
    return change, dataclasses.replace(grip, moved=grip.moved + move)


def located(picture: Pixels, patch: Floats, near: Point) -> Point:
    """Where a patch is in a picture, within a few pixels of a place, to an eighth of a pixel."""
    planes = picture[None].astype(np.float32)

    def likeness(place: Point) -> float:
        return _likeness(patch, _patches(planes, place)[0])

    steps = range(-SEARCH, SEARCH + 1)
    best = max(((near[0] + across, near[1] + down) for down in steps for across in steps), key=likeness)
    for step in (0.5, 0.25, 0.125):
        around = [(best[0] + step * across, best[1] + step * down) for down in (-1, 0, 1) for across in (-1, 0, 1)]
        best = max(around, key=likeness)
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


@functools.cache
def _window() -> Floats:
    squares = np.arange(-RADIUS, RADIUS + 1, dtype=np.float32) ** 2
    window: Floats = np.exp(-(squares[:, None] + squares[None, :]) / (2 * SIGMA**2))
    return window


def _elsewhere(columns: Floats, point: Point) -> Floats:
    """Pixels over all of each column, float32 `[n, p]`; the nearer they are to a point, the less they count."""
    first = THINNED // 2
    rows, across = (np.arange(first, length, THINNED, dtype=np.float32) for length in columns.shape[1:3])
    squares = (rows[:, None] - point[1]) ** 2 + (across[None, :] - point[0]) ** 2
    weights = np.sqrt(1 - np.exp(-squares / (2 * RADIUS**2)))[..., None]
    thinned: Floats = (columns[:, first::THINNED, first::THINNED] * weights).reshape(len(columns), -1)
    return thinned


def _patches(planes: Floats | Pixels, point: Point) -> Floats:
    return sampled(planes.astype(np.float32, copy=False), point, RADIUS)


def _likeness(first: Floats, second: Floats) -> float:
    """Normalised cross-correlation of two patches under the window, in [-1, 1]."""
    weights = _window()[..., None]
    total = float(weights.sum())
    first, second = (each - (each * weights).sum(axis=(0, 1)) / total for each in (first, second))
    lengths = math.sqrt(float((first**2 * weights).sum()) * float((second**2 * weights).sum()))
    return float((first * second * weights).sum()) / max(lengths, 1e-6)
