"""Pictures that are nearly the same: copies in other files, other qualities or sizes, and shots of one burst.

A network is measured on pictures that it has not seen. A held-out picture whose near-duplicate was trained on is no
such picture: it makes a network that memorises look good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.data.pictures import Pixels

SIDE = 16  # pixels of the grey thumbnails that are compared
ALIKE = 0.95  # correlation of two thumbnails, less the mean thumbnail of the set
LARGEST_DISTANCE = 0.1  # root mean square of their difference, of white
LEAST_DETAIL = 0.002  # root mean square of what is left of a thumbnail; below it, it is rounding
BATCH = 256  # pictures at a time
BLOCK = 1_024  # thumbnails compared at a time
MOST_AT_ONCE = 1 << 16  # pairs whose difference is taken at a time

Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Parted:
    """A split in which near-duplicates are on one side."""

    kept: Positions
    held: Positions
    moved: int
    """Held-out pictures that went to the training share."""


def thumbnails(pixels: Pixels, rows: Positions) -> NDArray[np.float32]:
    """Grey thumbnails of pictures [N, H, W, 3], sides multiples of 16: float32 [M, 256] in [0, 1]."""
    found = np.empty((len(rows), SIDE * SIDE), np.float32)
    for start in range(0, len(rows), BATCH):
        batch = pixels[rows[start : start + BATCH]]
        count, height, width, colours = batch.shape
        # Whole numbers, and rows first, which lie one behind the other: more than twice as fast as the mean of blocks.
        rows_of_blocks = batch.reshape(count * SIDE, height // SIDE, width * colours).sum(axis=1, dtype=np.uint32)
        sums = rows_of_blocks.reshape(count, SIDE * SIDE, -1).sum(axis=2)
        found[start : start + count] = sums.astype(np.float32) / (height * width * colours // SIDE**2) / 255
    return found


def near_pairs(small: NDArray[np.float32]) -> Positions:
    """Pairs of near-duplicates among thumbnails [N, 256], the earlier one first: int64 [P, 2].

    What all pictures of the set share is taken away before they are compared, so that products on white, or faces, are
    not alike for their background. Two pictures without any detail are near-duplicates where they have one brightness.
    """
    detail = small - small.mean(axis=0)
    detail = detail - detail.mean(axis=1, keepdims=True)
    length = np.linalg.norm(detail, axis=1)
    flat = length < LEAST_DETAIL * SIDE
    unit = np.where(flat[:, None], 0, detail / np.maximum(length, 1e-12)[:, None])
    found = [np.empty((0, 2), np.int64)]
    for start in range(0, len(small), BLOCK):
        alike = unit[start : start + BLOCK] @ unit[start:].T > ALIKE
        alike |= flat[start : start + BLOCK, None] & flat[None, start:]
        pairs = np.argwhere(np.triu(alike, 1)) + start
        for some in np.array_split(pairs, 1 + len(pairs) // MOST_AT_ONCE):
            distance = np.square(small[some[:, 0]] - small[some[:, 1]]).mean(axis=1)
            found.append(some[distance < LARGEST_DISTANCE**2])
    return np.concatenate(found)


def groups(count: int, pairs: Positions) -> Positions:
    """For each of `count` pictures the number of its group, that of its first member, by joining pairs: int64 [N].

    The least number goes over to the other of every pair, and then to whoever has the number of that one, until nothing
    changes. scipy does the same, but its import takes as long as reading 300 small pictures.
    """
    number = np.arange(count)
    one, other = pairs[:, 0], pairs[:, 1]
    while True:
        least = np.minimum(number[one], number[other])
        joined = number.copy()
        for places in (number[one], number[other], one, other):
            np.minimum.at(joined, places, least)
        joined = joined[joined]
        if np.array_equal(joined, number):
            return number
        number = joined


def near_groups(pixels: Pixels, rows: Positions, keys: Sequence[str]) -> Positions:
    """For each picture the number of its group of near-duplicates, and of what shares its key: int64 [N].

    Tiles of one picture share its key. Two pictures in tiles are near-duplicates where they have as many tiles, and
    each is one of the other's in its place: plain sky is much like any other.
    """
    tiles: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        tiles.setdefault(key, []).append(position)
    together = [(members[0], other) for members in tiles.values() for other in members[1:]]
    joined = [np.array(together, np.int64).reshape(-1, 2)]
    small = thumbnails(pixels, rows)
    by_count: dict[int, list[list[int]]] = {}
    for members in tiles.values():
        by_count.setdefault(len(members), []).append(members)
    for count, pictures in by_count.items():
        places = np.array(pictures)
        alike = near_pairs(small[places[:, 0]])
        for tile in range(1, count):
            if not len(alike):
                break
            also = set(map(tuple, near_pairs(small[places[:, tile]]).tolist()))
            alike = np.array([pair for pair in alike.tolist() if tuple(pair) in also], np.int64).reshape(-1, 2)
        joined.append(places[alike, 0])
    return groups(len(keys), np.concatenate(joined))


def part(kept: Positions, held: Positions, group: Positions) -> Parted:
    """Moves held-out pictures that have a near-duplicate in the training share to it.

    Where that would leave less than half of the held-out share, whole groups of training pictures take their place,
    the smallest first. Where all pictures are of one group the split stays as it is: there is no other.

    Args:
        kept: Positions trained on.
        held: Positions held out.
        group: The group of each picture, [N].
    """
    across = np.isin(group[held], group[kept])
    staying, moving = held[~across], held[across]
    training = np.sort(np.concatenate([kept, moving]))
    if 2 * len(staying) < len(held):
        numbers, sizes = np.unique(group[training], return_counts=True)
        for number in numbers[np.argsort(sizes, kind="stable")]:
            members = training[group[training] == number]
            if len(staying) >= len(held) or len(members) == len(training):
                break
            staying = np.concatenate([staying, members])
            training = training[group[training] != number]
    if len(staying) == 0:
        return Parted(kept, held, 0)
    return Parted(training, np.sort(staying), int(across.sum()))
