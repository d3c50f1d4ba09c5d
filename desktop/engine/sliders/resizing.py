"""Maps carried from one height and width to another, and back again: linear interpolation as a pair of matrices."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@functools.lru_cache(maxsize=64)
def weights(before: int, after: int) -> Floats:
    """What each of `after` cells takes from `before` cells over the same length: float32 `[after, before]`.

    Linear interpolation between the middles of cells; where there are fewer cells than before, each takes from as many
    as it covers. Every row adds up to 1, so that what is even stays even.
    """
    places = (np.arange(after)[:, None] + 0.5) * before / after - 0.5
    reach = max(1.0, before / after)
    taken = np.clip(1.0 - np.abs(np.clip(places, 0, before - 1) - np.arange(before)[None, :]) / reach, 0.0, None)
    result: Floats = (taken / taken.sum(axis=1, keepdims=True)).astype(np.float32)
    result.setflags(write=False)  # it is shared
    return result


def resized(maps: Floats, shape: tuple[int, ...]) -> Floats:
    """Maps float32 `[..., h, w]` at the height and width at the end of `shape`; themselves where these are theirs."""
    rows, columns = shape[-2:]
    if maps.shape[-2:] == (rows, columns):
        return maps
    result: Floats = np.matmul(np.matmul(weights(maps.shape[-2], rows), maps), weights(maps.shape[-1], columns).T)
    return result


def collected(maps: Floats, shape: tuple[int, ...]) -> Floats:
    """The transpose of `resized`: maps `[..., H, W]` gathered at the height and width at the end of `shape`.

    For any `p` and `x`, `resized(p, x.shape)` times `x`, summed, is `p` times `collected(x, p.shape)`.
    """
    rows, columns = shape[-2:]
    if maps.shape[-2:] == (rows, columns):
        return maps
    result: Floats = np.matmul(np.matmul(weights(rows, maps.shape[-2]).T, maps), weights(columns, maps.shape[-1]))
    return result
