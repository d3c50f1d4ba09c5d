"""Defects made up in good pictures, from 4 pixels up, faint to strong.

The kinds are those of CutPaste (C.-L. Li, K. Sohn, J. Yoon, T. Pfister, CVPR 2021) and DRAEM (V. Zavrtanik, M. Kristan,
D. Skočaj, ICCV 2021), and more. The desktop tries detectors on made-up defects of its own, which are others than these:
so what it says a network would find is no echo of what the network was taught.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]
Random = np.random.Generator

SMALLEST, LARGEST = 2.0, 20.0  # radius in pixels
CELLS = (2, 3, 4, 6, 8, 12, 16, 24)  # pixels of a cell of smooth noise
VISIBLE = 4.0  # levels, in the mean of 3 x 3 pixels: what changes by less, as noise does for noise, is not marked


def make_defect(picture: Pixels, other: Pixels, random: Random) -> tuple[Pixels, Floats]:
    """A picture `[H, W, 3]` with a defect of one kind, and its mask `[H, W]` of 0 and 1; all 0 where none can be seen.

    `other` is another good picture of the same size, to paste from.
    """
    before = picture.astype(np.float32)
    kind = KINDS[int(random.integers(len(KINDS)))]
    after = kind(before, other.astype(np.float32), random)
    changed = after.clip(0, 255).round().astype(np.uint8)
    mask = np.abs(_softened(changed - before)).max(axis=2) >= VISIBLE
    return changed, mask.astype(np.float32)


def _texture(picture: Floats, other: Floats, random: Random) -> Floats:
    """A texture, shifted, stretched in contrast and perhaps turned, shows through."""
    source = other if random.random() < 0.6 else picture
    turned = np.rot90(source, 2 * int(random.integers(2)), (0, 1))[:: random.choice([-1, 1])]
    moved = np.roll(turned, random.integers(8, 64, 2), axis=(0, 1))
    moved = (moved - moved.mean()) * random.uniform(0.6, 1.6) + moved.mean() + random.normal(0, 15)
    return _mixed(picture, moved, _cover(picture, random) * random.uniform(0.4, 1))


def _cut(picture: Floats, other: Floats, random: Random) -> Floats:
    """A part of the picture, or of another one, in another place."""
    source = picture if random.random() < 0.5 else other
    return _mixed(picture, np.roll(source, random.integers(8, 120, 2), axis=(0, 1)), _cover(picture, random))


def _scratch(picture: Floats, _other: Floats, random: Random) -> Floats:
    """A line that bends, of one to four pixels."""
    height, width = picture.shape[:2]
    length, bend = random.uniform(6, 70), random.choice([0.01, 0.1, 0.3])
    angles = random.uniform(0, 2 * math.pi) + np.cumsum(random.normal(0, bend, int(2 * length)))
    row, column = _place(picture, random)
    rows, columns = row + np.cumsum(np.sin(angles)) / 2, column + np.cumsum(np.cos(angles)) / 2
    thickness, cover = random.uniform(0.7, 3.5), np.zeros((height, width), np.float32)
    reach = math.ceil(thickness) + 1
    inside = (rows > 0) & (rows < height) & (columns > 0) & (columns < width)
    for y, x in zip(rows[inside].tolist(), columns[inside].tolist()):
        top, left = max(0, int(y) - reach), max(0, int(x) - reach)
        part = cover[top : int(y) + reach + 2, left : int(x) + reach + 2]
        down, across = np.arange(part.shape[0])[:, None] + top - y, np.arange(part.shape[1]) + left - x
        np.maximum(part, (thickness / 2 + 0.5 - np.hypot(down, across)).clip(0, 1), out=part, casting="same_kind")
    result: Floats = picture + cover[..., None] * _shift(picture, random, 15, 130)
    return result


def _blur(picture: Floats, _other: Floats, random: Random) -> Floats:
    """A part out of focus, or smeared one way."""
    soft = picture
    window = int(random.integers(1, 5))
    for axis in (0, 1) if random.random() < 0.6 else (int(random.integers(2)),):
        soft = np.mean([np.roll(soft, step, axis=axis) for step in range(-window, window + 1)], axis=0)
    return _mixed(picture, soft, _cover(picture, random, least=6))


def _colour(picture: Floats, _other: Floats, random: Random) -> Floats:
    """A stain."""
    result: Floats = picture + _cover(picture, random)[..., None] * _shift(picture, random, 12, 80)
    return result


def _shade(picture: Floats, _other: Floats, random: Random) -> Floats:
    """A wide and soft change of brightness."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    radius = random.uniform(8, 30)
    row, column = _place(picture, random)
    away = np.hypot(rows - np.float32(row), columns - np.float32(column)) / radius
    result: Floats = picture + np.exp(-(away**2))[..., None] * _shift(picture, random, 12, 40)
    return result


def _missing(picture: Floats, _other: Floats, random: Random) -> Floats:
    """One colour of the picture in place of a part of it."""
    height, width = picture.shape[:2]
    fill = picture[random.integers(height), random.integers(width)]
    fill = fill + _smooth(random, (height, width), 2)[..., None] * np.float32(random.uniform(0, 4))
    return _mixed(picture, fill, _cover(picture, random))


def _noise(picture: Floats, _other: Floats, random: Random) -> Floats:
    """Another grain in a part."""
    grain = _smooth(random, picture.shape[:2], float(random.choice(CELLS[:4])))
    result: Floats = picture + (_cover(picture, random, least=5) * grain * random.uniform(10, 45))[..., None]
    return result


def _warp(picture: Floats, _other: Floats, random: Random) -> Floats:
    """A part bent out of shape."""
    height, width = picture.shape[:2]
    cover, size = _cover(picture, random, least=8), random.uniform(2, 7)
    down, across = (_smooth(random, (height, width), 16) * cover * size for _ in range(2))
    rows = (np.arange(height)[:, None] + down).round().astype(np.int64).clip(0, height - 1)
    columns = (np.arange(width)[None] + across).round().astype(np.int64).clip(0, width - 1)
    result: Floats = picture[rows, columns]
    return result


KINDS: tuple[Callable[[Floats, Floats, Random], Floats], ...] = (
    _texture, _texture, _cut, _cut, _scratch, _scratch, _blur, _colour, _colour, _shade, _missing, _noise, _warp,
)  # fmt: skip


def _place(picture: Floats, random: Random) -> tuple[float, float]:
    """The middle of a defect: anywhere, or in every second try where there is more detail than on plain ground."""
    height, width = picture.shape[:2]
    if random.random() < 0.5:
        return random.uniform(0, height), random.uniform(0, width)
    coarse = picture[: height // 4 * 4, : width // 4 * 4, 1].reshape(height // 4, 4, width // 4, 4)
    detail = coarse.max(axis=(1, 3)) - coarse.min(axis=(1, 3))
    chances = (np.minimum(detail, np.quantile(detail, 0.9)) + 1e-3).reshape(-1).cumsum()
    place = int(np.searchsorted(chances, random.random() * chances[-1]).clip(0, detail.size - 1))
    row, column = divmod(place, detail.shape[1])
    return 4.0 * row + random.uniform(0, 4), 4.0 * column + random.uniform(0, 4)


def _cover(picture: Floats, random: Random, least: float = SMALLEST) -> Floats:
    """Where a defect is, `[H, W]` in [0, 1]: one or several blots within a circle, cut out of smooth noise or whole."""
    height, width = picture.shape[:2]
    radius = math.exp(random.uniform(math.log(least), math.log(LARGEST)))
    row, column = _place(picture, random)
    angle, stretch = random.uniform(0, math.pi), math.exp(random.uniform(-0.8, 0.8))
    rows = np.arange(height, dtype=np.float32)[:, None] - np.float32(row)
    columns = np.arange(width, dtype=np.float32)[None] - np.float32(column)
    across = (columns * math.cos(angle) + rows * math.sin(angle)) / (radius * stretch)
    along = (rows * math.cos(angle) - columns * math.sin(angle)) / (radius / stretch)
    away = np.maximum(np.abs(across), np.abs(along)) if random.random() < 0.25 else np.hypot(across, along)
    if random.random() < 0.6:
        away = away + random.uniform(0.2, 0.8) * _smooth(random, (height, width), float(random.choice(CELLS)))
    edge = random.uniform(0.4, 2.5) / radius
    result: Floats = (0.5 - (away - 1) / (2 * edge)).clip(0, 1).astype(np.float32)
    return result


def _shift(picture: Floats, random: Random, least: float, most: float) -> Floats:
    """A change of colour, `[3]`; of brightness alone in a grey picture, and in half of the others."""
    size = random.choice([-1.0, 1.0]) * math.exp(random.uniform(math.log(least), math.log(most)))
    grey = float(np.ptp(picture, axis=2).max()) <= 2
    tint = np.zeros(3) if grey or random.random() < 0.5 else random.normal(0, 0.5, 3)
    result: Floats = (size * (1 + tint)).astype(np.float32)
    return result


def _softened(change: Floats) -> Floats:
    """The mean over 3 x 3 pixels of `[H, W, 3]`."""
    wide = np.pad(change, [(1, 1), (1, 1), (0, 0)], mode="edge")
    rows = wide[:-2] + wide[1:-1] + wide[2:]
    result: Floats = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / np.float32(9)
    return result


def _mixed(picture: Floats, other: Floats, cover: Floats) -> Floats:
    result: Floats = picture + (other - picture) * cover[..., None]
    return result


def _smooth(random: Random, shape: tuple[int, ...], cell: float) -> Floats:
    """Noise of about unit deviation that changes over `cell` pixels, `[H, W]`."""
    places, shares = [], []
    for length in shape:
        position = np.arange(length, dtype=np.float32) / np.float32(cell)
        lower = position.astype(np.int64)
        share = position - lower
        places.append(lower)
        shares.append(share * share * (3 - 2 * share))
    white = random.standard_normal((places[0][-1] + 2, places[1][-1] + 2), np.float32)
    wide = white[:, places[1]] + (white[:, places[1] + 1] - white[:, places[1]]) * shares[1]
    result: Floats = wide[places[0]] + (wide[places[0] + 1] - wide[places[0]]) * shares[0][:, None]
    return result
