"""Which pictures are held out, by the hashes of their keys: as good as chance, and the same on every machine."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.data.listing import SPLIT_FOLDERS, Item
from trainer.data.packed import ShardItems, Some

HASH_BYTES = 8  # of the SHA-256: among ten million keys any two agree in as many with a chance of 3 in a million
LOOKED_AT = 1 << 20  # hashes at a time


def keys_of(items: Sequence[Item]) -> Sequence[str]:
    """The key of each item."""
    return items.keys if isinstance(items, ShardItems) else [item.key for item in items]


def even_choice(items: Sequence[Item], most: int) -> NDArray[np.int64] | None:
    """Positions of at most so many pictures, evenly spread over the order by which they are held out; None for all."""
    hashes = _hashes(keys_of(items))
    order = np.unique(hashes)
    if most >= len(order):
        return None
    return np.flatnonzero(np.isin(hashes, order[np.arange(most) * len(order) // most]))


def some_items(items: Sequence[Item], most: int) -> Sequence[Item]:
    """The pictures of `even_choice`."""
    chosen = even_choice(items, most)
    return items if chosen is None else Some(items, chosen)


def has_split_folders(keys: Iterable[str]) -> bool:
    """Whether folders `train` and `test` say what is held out."""
    return set(SPLIT_FOLDERS) <= set(_top_folders(keys))


def split(keys: Sequence[str], holdout: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions to train on and positions held out, int64 each.

    Folders `train` and `test` decide where there are both. Otherwise the hashes of the keys do. Eight bytes a key are
    needed while they are looked for.

    Args:
        keys: The way to each picture from its folder or within its shard; what shares one goes the same way.
        holdout: The share held out; at least one picture is.
    """
    if has_split_folders(keys):
        top = np.fromiter((SPLIT_FOLDERS.index(each) if each in SPLIT_FOLDERS else 2 for each in _top_folders(keys)),
                          np.uint8, len(keys))  # fmt: skip
        kept, held = (np.flatnonzero(top == number) for number in range(2))
        return kept, held
    last = _last_held_out(keys, holdout)  # its memory is given back before the hashes are gone through again
    kept = np.fromiter((number > last for number in _numbers(keys)), np.bool_, len(keys))
    positions = np.flatnonzero(kept)
    np.logical_not(kept, out=kept)
    return positions, np.flatnonzero(kept)


def _last_held_out(keys: Sequence[str], holdout: float) -> int:
    """The largest hash of a key that is held out."""
    hashes = _hashes(keys)
    hashes.sort()
    starts = range(0, len(hashes), LOOKED_AT)
    left = max(1, round(sum(int(np.count_nonzero(_first(hashes, start))) for start in starts) * holdout))
    for start in starts:
        places = np.flatnonzero(_first(hashes, start))
        if left <= len(places):
            return int(hashes[start + places[left - 1]])
        left -= len(places)
    return int(hashes[-1])


def _first(hashes: NDArray[np.uint64], start: int) -> NDArray[np.bool_]:
    """Of the sorted hashes from one on, whether each is another than the one before: keys there twice count once."""
    some = hashes[start : start + LOOKED_AT]
    first = np.ones(len(some), np.bool_)
    np.not_equal(some[1:], some[:-1], out=first[1:])
    if start:
        first[0] = some[0] != hashes[start - 1]
    return first


def _hashes(keys: Sequence[str]) -> NDArray[np.uint64]:
    return np.fromiter(_numbers(keys), np.uint64, len(keys))


def _numbers(keys: Iterable[str]) -> Iterator[int]:
    for key in keys:
        yield int.from_bytes(hashlib.sha256(os.fsencode(key)).digest()[:HASH_BYTES], "big")


def _top_folders(keys: Iterable[str]) -> Iterator[str]:
    return (key.partition("/")[0] if "/" in key else "" for key in keys)
