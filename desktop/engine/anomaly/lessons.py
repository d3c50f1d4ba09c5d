"""Lessons for small networks: patches of defects made up in good pictures, and of good places beside them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.defects import LOCAL_KINDS, make_defect
from desktop.engine.anomaly.patch_features import STRIDE, PatchFeatures, feature_count, grid_length
from desktop.engine.folder.index import Rows
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels

CROP = 192  # pixels of a good picture around each defect
FINE, FINE_SHARE = 96, 0.5  # pixels, of the crop, within which a share of them is made: these are finer
PATCHES = 40  # of each defect, and twice as many good ones beside it
CHANGED = 0.3  # share of its pixels from which a patch counts as defective
FAINTEST = 6  # defects of fewer patches count as if they had so many, not as much as one of `PATCHES`
PASTING = "paste"  # the kind that has pixels of a second picture
BLOCK = 50  # lessons at once on one thread
THREADS = 2


@dataclasses.dataclass(frozen=True, eq=False)
class Lessons:
    """Patches of many defects and good places, a row each.

    Attributes:
        told: Their features, float16 `[R, F]`.
        wanted: 1 of a defect, 0 of a good place, float32 `[R]`.
        importance: How much each counts, float32 `[R]`.
        folds: Of the picture that it is in, and of the one that was pasted from, int8 `[R, 2]`.
        kinds: The defect's place in `LOCAL_KINDS`, int8 `[R]`.
    """

    told: NDArray[np.float16]
    wanted: Floats
    importance: Floats
    folds: NDArray[np.int8]
    kinds: NDArray[np.int8]

    def without(self, fold: int | None, kinds: Collection[str] = ()) -> Rows:
        """The rows that have no pixel of a fold's pictures, and are of a defect of none of these kinds."""
        kept = ~np.isin(self.kinds, [place for place, kind in enumerate(LOCAL_KINDS) if kind in kinds])
        if fold is not None:
            kept &= (self.folds != fold).all(axis=1)
        return np.flatnonzero(kept)


class _Lesson(NamedTuple):
    told: Floats
    wanted: Floats
    importance: Floats
    folds: NDArray[np.int8]
    kinds: NDArray[np.int8]


def make_lessons(
    pictures: Pixels, folds: Rows, features: PatchFeatures, count: int, made: Callable[[int], None]
) -> Lessons:
    """Lessons of `count` defects, as many in each of the pictures, uint8 `[N, H, W, 3]`, whose folds are `[N]`.

    `made` is told how many there are more since it was told last; what it raises ends the work.
    """
    told, length = np.empty((3 * PATCHES * count, feature_count()), np.float16), 0
    rest: list[tuple[NDArray[np.generic], ...]] = []

    def block(numbers: range) -> list[_Lesson | None]:
        return [_lesson(pictures, folds, features, number) for number in numbers]

    pool = ThreadPoolExecutor(THREADS)
    try:
        for lessons in pool.map(block, [range(count)[start : start + BLOCK] for start in range(0, count, BLOCK)]):
            for lesson in filter(None, lessons):
                told[length : length + len(lesson.told)] = lesson.told
                length += len(lesson.told)
                rest.append(lesson[1:])
            made(len(lessons))
    finally:
        pool.shutdown(cancel_futures=True)
    return Lessons(told[:length], *(np.concatenate(parts) for parts in zip(*rest)))


def _lesson(pictures: Pixels, folds: Rows, features: PatchFeatures, number: int) -> _Lesson | None:
    """Patches of one defect and good ones beside it; None where none could be made to be seen."""
    random = np.random.default_rng(number)
    place, other, kind = number % len(pictures), int(random.integers(len(pictures))), random.integers(len(LOCAL_KINDS))
    crop = pictures[place][_window(pictures.shape[1:3], CROP, random)].copy()
    window = _window(crop.shape, FINE if random.random() < FINE_SHARE else CROP, random)
    defect = make_defect(crop[window], [pictures[other]], random, LOCAL_KINDS[kind])
    if defect is None:
        return None
    mask = np.zeros(crop.shape[:2], np.bool_)
    mask[window][...], crop[window][...] = defect.mask, defect.pixels
    height, width = (grid_length(length) for length in crop.shape[:2])
    share = changed_share(mask, height, width).reshape(-1)
    bad = random.permutation(np.flatnonzero(share > CHANGED))[:PATCHES]
    good = random.permutation(np.flatnonzero(share == 0))[: 2 * PATCHES]
    places, count = np.concatenate([bad, good]), len(bad) + len(good)
    weight = PATCHES / max(FAINTEST, len(bad))
    both = [folds[place], folds[other if defect.kind == PASTING else place]]
    return _Lesson(
        features.at(crop, places // width, places % width),
        np.repeat(np.array([1, 0], np.float32), [len(bad), len(good)]),
        np.repeat(np.array([weight, 1], np.float32), [len(bad), len(good)]),
        np.tile(np.array(both, np.int8), (count, 1)),
        np.full(count, kind, np.int8),
    )


def changed_share(mask: NDArray[np.bool_], height: int, width: int) -> Floats:
    """The share of changed pixels around each place of the grid, `[height, width]` of a mask `[H, W]`."""
    padded = np.zeros((height * STRIDE, width * STRIDE), np.float32)
    part = mask[: height * STRIDE, : width * STRIDE]
    padded[: part.shape[0], : part.shape[1]] = part
    shares: Floats = padded.reshape(height, STRIDE, width, STRIDE).mean(axis=(1, 3))
    return shares


def _window(shape: tuple[int, ...], side: int, random: np.random.Generator) -> tuple[slice, slice]:
    """A square of that side somewhere in `[H, W, ...]`, or what there is of one."""
    rows, columns = (int(random.integers(max(0, length - side) + 1)) for length in shape[:2])
    return slice(rows, rows + side), slice(columns, columns + side)
