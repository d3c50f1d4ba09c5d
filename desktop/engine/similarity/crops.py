"""Crops: pictures that show a part of another one, of at least four fifths of its width and height.

Candidates come from the hashes of many parts of each picture, compared with those of all whole ones; each is confirmed
by its pixels, once the edges of the part are found to a two-hundredth of the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.engine.errors import StoppedError
from desktop.engine.folder.maps import LUMA
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels
from desktop.engine.similarity import hashes
from desktop.engine.similarity.hashes import Hashes
from desktop.engine.watch import Progress, Stopped, never, silent

SIDE = 64  # pixels of the pictures that parts are taken of
SHARES = (0.8, 0.85, 0.9, 0.95)  # of width and height
STEP = 0.05  # between two parts
NEAREST = 12  # bits by which the hash of a part may differ from that of a picture that shows about as much
LARGEST_FOLDER = 5000  # pictures: of more, the pairs would take minutes
LARGEST_STEP = 4 << 20  # comparisons at once
COMPARED_SIDE = 48
FIRST_MOVE, LAST_MOVE = 0.04, 0.005  # of an edge, as a share of the picture
LEAST = 0.75  # of width and height, after edges have moved

LeftOver = Callable[[Pixels, Pixels], float]
Box = tuple[float, float, float, float]  # left, top, right, bottom, as shares of width and height


def parts() -> list[Box]:
    """The parts of a picture that are hashed."""
    return [
        (left, top, left + share, top + share) for share in SHARES for top in _starts(share) for left in _starts(share)
    ]


def part_hashes(pictures: Sequence[Pixels]) -> Hashes:
    """Of each of `parts`, of pictures uint8 `[64, 64, 3]`: `[N, P]`."""
    luma = np.stack([picture @ LUMA for picture in pictures]).astype(np.float32)
    found = []
    for share in SHARES:
        bases = np.stack([_basis(start, share) for start in _starts(share)])
        down = bases[None] @ luma[:, None]
        signs = down[:, :, None] @ bases.transpose(0, 2, 1)[None, None] > 0
        signs[..., 0, 0] = False
        found.append(hashes.packed(signs).reshape(len(luma), -1))
    return np.concatenate(found, axis=1)


def near_parts(
    wholes: Hashes, every: Hashes, progress: Progress = silent, stopped: Stopped = never
) -> list[tuple[int, int, int]]:
    """Pictures of which a part may be another picture: their places, and which part it is.

    Args:
        wholes: Of each part of each picture, `[N, P]`.
        every: Of each picture, its eight ways: `[N, 8]`.
        progress: Told how many pictures are compared.
        stopped: Asked before each step.

    Raises:
        StoppedError: It was stopped.
    """
    found, step = list[tuple[int, int, int]](), max(1, LARGEST_STEP // max(1, wholes.shape[1] * len(every)))
    for start in range(0, len(wholes), step):
        if stopped():
            raise StoppedError("the search for duplicates was cancelled.")
        least = np.full((len(wholes[start : start + step]), wholes.shape[1], len(every)), 64, np.uint8)
        for way in range(every.shape[1]):
            differing = np.bitwise_count(wholes[start : start + step, :, None] ^ every[None, None, :, way])
            np.minimum(least, differing, out=least)
        part, nearest = least.argmin(axis=1), least.min(axis=1)
        for one, other in np.argwhere(nearest <= NEAREST).tolist():
            if start + one != other:
                found.append((start + one, other, int(part[one, other])))
        progress(min(start + step, len(wholes)), len(wholes))
    return found


def fit_part(whole: Pixels, other: Pixels, first: Box, way: int, left_over: LeftOver) -> tuple[float, Box]:
    """The part of a picture that another is most like, from a first guess, and what that leaves over.

    Args:
        whole: uint8 `[H, W, 3]`.
        other: uint8 `[48, 48, 3]`.
        first: Where to begin.
        way: How the part is turned: see `hashes.turned`.
        left_over: Of two pictures, the smaller the more alike.
    """

    def left(box: Box) -> float:
        return left_over(hashes.turned(taken(whole, box), way), other)

    best, box, move = left(first), first, FIRST_MOVE
    while move >= LAST_MOVE:
        trials = [each for each in _moved(box, move) if _is_inside(each)]
        found = [left(each) for each in trials]
        if found and min(found) < best:
            place = int(np.argmin(found))
            best, box = found[place], trials[place]
        else:
            move /= 2
    return best, box


def taken(picture: Pixels, box: Box) -> Pixels:
    """A part of a picture, uint8 `[48, 48, 3]`."""
    height, width = picture.shape[:2]
    scaled = (box[0] * width, box[1] * height, box[2] * width, box[3] * height)
    size = COMPARED_SIDE, COMPARED_SIDE
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX, box=scaled))


def _moved(box: Box, move: float) -> list[Box]:
    """The box with one edge moved, or all of it."""
    left, top, right, bottom = box
    edges = [
        (left + move, top, right, bottom), (left - move, top, right, bottom),
        (left, top + move, right, bottom), (left, top - move, right, bottom),
        (left, top, right + move, bottom), (left, top, right - move, bottom),
        (left, top, right, bottom + move), (left, top, right, bottom - move),
    ]  # fmt: skip
    whole = [
        (left + across, top + down, right + across, bottom + down)
        for across, down in ((move, 0), (-move, 0), (0, move), (0, -move))
    ]
    return edges + whole


def _is_inside(box: Box) -> bool:
    left, top, right, bottom = box
    return min(left, top) >= 0 and max(right, bottom) <= 1 and min(right - left, bottom - top) >= LEAST


def _starts(share: float) -> list[float]:
    return [number * STEP for number in range(round((1 - share) / STEP) + 1)]


def _basis(start: float, share: float) -> Floats:
    """What gives the lowest coefficients of a part from all pixels along an axis, `[8, 64]`."""
    edges = (start + share * np.arange(hashes.SIDE + 1) / hashes.SIDE) * SIDE
    pixels = np.arange(SIDE)
    inside = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    shares: NDArray[np.float64] = inside.clip(0) / np.diff(edges)[:, None]
    return (hashes.BASIS @ shares).astype(np.float32)
