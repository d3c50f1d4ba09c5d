"""Perceptual hashes, by which pictures that may be copies of one another are found among very many.

A hash holds the signs of the lowest 8 x 8 coefficients of a discrete cosine transform of the luma (C. Zauner,
Implementation and benchmarking of perceptual image hash functions, 2010, has the median in place of 0). Brightness and
contrast leave signs as they are. A picture that is mirrored has the same coefficients with every other sign changed,
and one that is turned has them transposed too: so all eight turns and mirrors of a hash are known without the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import StoppedError
from desktop.engine.folder.maps import LUMA
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels
from desktop.engine.watch import Progress, Stopped, never, silent

Hashes = NDArray[np.uint64]
Rows = NDArray[np.int64]

SIDE, KEPT = 32, 8  # pixels of the luma, and coefficients of it, each way
PARTS, PART_BITS = 4, 16
NEAREST = 2 * PARTS - 1  # bits by which hashes may differ: one of four parts then differs in one bit at most
LARGEST_STEP = 4 << 20  # pairs compared at once


def signs(picture: Pixels) -> NDArray[np.bool_]:
    """Which coefficients are positive, bool `[8, 8]`, of uint8 `[32, 32, 3]`; the constant one counts as not."""
    luma = picture @ LUMA
    found: NDArray[np.bool_] = BASIS @ (luma - luma.mean()) @ BASIS.T > 0
    found[0, 0] = False
    return found


def eight(found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The signs of a picture turned and mirrored in all ways, `[8, 8, 8]`; the first is as it is. See `turned`."""
    odd = np.arange(KEPT) % 2 == 1
    result = []
    for transposed in (False, True):
        base = found.T if transposed else found
        for down, across in ((False, False), (False, True), (True, False), (True, True)):
            changed = base ^ ((odd[:, None] & down) ^ (odd[None] & across))
            changed[0, 0] = False
            result.append(changed)
    return np.stack(result)


def turned(picture: Pixels, way: int) -> Pixels:
    """A picture turned or mirrored, so that it has the signs of that number among `eight`."""
    result = picture.swapaxes(0, 1) if way >= KEPT // 2 else picture
    down, across = divmod(way % 4, 2)
    return result[:: -1 if down else 1, :: -1 if across else 1]


def packed(found: NDArray[np.bool_]) -> Hashes:
    """Signs `[..., 8, 8]` as numbers of 64 bits, `[...]`."""
    flat = np.packbits(found.reshape(*found.shape[:-2], KEPT * KEPT), axis=-1)
    return np.ascontiguousarray(flat).view(np.uint64)[..., 0]


def near_hashes(
    every: Hashes, progress: Progress = silent, stopped: Stopped = never
) -> tuple[Rows, Rows, NDArray[np.int8]]:
    """All pairs of hashes that differ by `NEAREST` bits at most in one of the eight ways, each once. Exact.

    Of two that differ so little one of four parts differs by one bit at most: pairs are those that share a part, or
    share it but for one bit, and are then compared as a whole.

    Args:
        every: Of each picture, its eight ways: `[N, 8]`; no two of them alike in the first way.

    Returns:
        First and second positions, first below second, and which way of the first is like the second.

    Raises:
        StoppedError: It was stopped.
    """
    base, found = every[:, 0], list[NDArray[np.int64]]()
    probes = [np.uint64(0), *(np.uint64(1 << bit) for bit in range(PART_BITS))]
    for part in range(PARTS):
        shift, mask = np.uint64(part * PART_BITS), np.uint64((1 << PART_BITS) - 1)
        keys = (base >> shift) & mask
        order = np.argsort(keys, kind="stable")
        starts = np.searchsorted(keys[order], np.arange((1 << PART_BITS) + 1, dtype=np.uint64))
        for number, probe in enumerate(probes):
            if stopped():
                raise StoppedError("the search for duplicates was cancelled.")
            for way in range(every.shape[1]):
                wanted = (((every[:, way] >> shift) & mask) ^ probe).astype(np.int64)
                for one, other in _joined(starts[wanted], starts[wanted + 1], order):
                    near = np.bitwise_count(every[one, way] ^ base[other]) <= NEAREST
                    near &= one < other
                    found.append(np.stack([one[near], other[near], np.full(int(near.sum()), way)]))
            progress(part * len(probes) + number + 1, PARTS * len(probes))
    first, second, ways = np.concatenate(found, axis=1) if found else np.empty((3, 0), np.int64)
    _, places = np.unique(first * len(base) + second, return_index=True)
    return first[places], second[places], ways[places].astype(np.int8)


def _joined(begins: Rows, ends: Rows, order: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Each position with what lies between where its part begins and ends in an order, so many pairs at a time."""
    counts = ends - begins
    total = counts.cumsum()
    start = 0
    while start < len(counts):
        before = int(total[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(total, before + LARGEST_STEP, side="right")))
        part = counts[start:stop]
        one = np.repeat(np.arange(start, stop), part)
        within = np.arange(len(one)) - np.repeat(part.cumsum() - part, part)
        yield one, order[begins[one] + within]
        start = stop


def _cosines() -> Floats:
    """The lowest rows of the orthogonal DCT-II, `[8, 32]`."""
    places = (np.arange(SIDE) + 0.5) * np.pi / SIDE
    return np.cos(np.arange(KEPT)[:, None] * places).astype(np.float32)


BASIS = _cosines()


def hash_of(pictures: Sequence[Pixels]) -> Hashes:
    """All eight ways of some pictures, uint8 `[32, 32, 3]`: `[N, 8]`."""
    if not pictures:
        return np.empty((0, 8), np.uint64)
    return np.stack([packed(eight(signs(picture))) for picture in pictures])
