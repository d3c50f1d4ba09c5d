"""Defects made up in good pictures: many kinds, faint to strong, so that scores can be chosen without a bad picture.

Every kind is a function of a float picture, where the defect is to be, and a source of randomness. Their shapes are
blobs (ellipses and boxes, turned, with edges that wobble) and strokes. The idea is that of CutPaste (C.-L. Li, K. Sohn,
J. Yoon, T. Pfister, CVPR 2021) and DRAEM (V. Zavrtanik, M. Kristan, D. Skočaj, ICCV 2021); the kinds are our own.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.textures import box_blur, smooth_noise
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels

SMALLEST, LARGEST = 0.015, 0.12  # radius of a defect, as a share of the picture's shorter side
VISIBLE = 4  # levels: what changed by less is not part of the defect
TRIES = 8
GREY_SPREAD = 2  # levels between the channels of a picture that is taken for grey

Mask = NDArray[np.bool_]
Random = np.random.Generator


@dataclasses.dataclass(frozen=True, eq=False)
class Defect:
    """A good picture with something wrong.

    Attributes:
        kind: One of `KINDS`.
        pixels: uint8 `[H, W, 3]`.
        mask: bool `[H, W]`, True where it visibly differs from the good picture; somewhere it does.
    """

    kind: str
    pixels: Pixels
    mask: Mask


@dataclasses.dataclass(frozen=True, eq=False)
class _Site:
    """Where a defect is made: the picture as float32, other good ones, a middle, and a radius in pixels."""

    picture: Floats
    others: Sequence[Pixels]
    row: int
    column: int
    radius: float
    grey: bool
    random: Random

    @property
    def shape(self) -> tuple[int, int]:
        return self.picture.shape[0], self.picture.shape[1]

    def blob(self, least: float = 1.5, grown: float = 1.0) -> Floats:
        """A soft shape around the middle, in [0, 1]."""
        return _blob(self.random, self.shape, (self.row, self.column), grown * max(self.radius, least))

    def shift(self, least: float, most: float) -> Floats:
        """A change of colour, float32 `[3]`; the same in all channels of a grey picture."""
        size = self.random.choice([-1.0, 1.0]) * self.random.uniform(least, most)
        tint = 0.0 if self.grey else self.random.normal(0, 0.3, 3) * size
        return np.asarray(np.full(3, size) + tint, np.float32)

    def mixed(self, other: Floats, cover: Floats) -> Floats:
        """The picture with another laid over it."""
        result: Floats = self.picture + (other - self.picture) * cover[..., None]
        return result


def make_defect(picture: Pixels, others: Sequence[Pixels], random: Random, kind: str | None = None) -> Defect | None:
    """A defect of one kind, by default a random one, somewhere in a good picture.

    Half of them lie where the picture has detail, so that a plain background does not take them all.

    Args:
        picture: uint8 `[H, W, 3]`, not changed.
        others: Good pictures to paste from; the picture itself may be among them.
        random: Where, how large and how strong.
        kind: One of `KINDS`.

    Returns:
        None where no try made a visible difference, as a blur on a plain picture makes none.
    """
    grey = int(np.ptp(picture[::4, ::4].astype(np.int16), axis=2).max(initial=0)) <= GREY_SPREAD
    for _ in range(TRIES):
        name = kind or KINDS[random.integers(len(KINDS))]
        shorter = min(picture.shape[:2])
        radius = max(1.5, shorter * math.exp(random.uniform(math.log(SMALLEST), math.log(LARGEST))))
        row, column = _place(picture, random)
        site = _Site(picture.astype(np.float32), others, row, column, radius, grey, random)
        changed = _MAKERS[name](site).clip(0, 255).round().astype(np.uint8)
        mask = np.abs(changed.astype(np.int16) - picture).max(axis=2) >= VISIBLE
        if mask.any():
            return Defect(name, changed, mask)
    return None


def _cut(site: _Site) -> Floats:
    """A part of the same picture in another place."""
    return _pasted(site, site.picture)


def _paste(site: _Site) -> Floats:
    """A part of another picture."""
    return _pasted(site, site.others[int(site.random.integers(len(site.others)))].astype(np.float32))


def _pasted(site: _Site, source: Floats) -> Floats:
    (height, width), random = site.shape, site.random
    rows = (np.arange(height) - site.row + random.integers(source.shape[0])) % source.shape[0]
    columns = (np.arange(width) - site.column + random.integers(source.shape[1])) % source.shape[1]
    cover = np.float32(1.0 if random.random() < 0.5 else random.uniform(0.3, 1))
    return site.mixed(source[rows[:, None], columns], site.blob() * cover)


def _turn(site: _Site) -> Floats:
    """A part turned by quarters or mirrored in its place."""
    height, width = site.shape
    cover, turn = site.blob(least=5), int(site.random.integers(1, 8))
    reach = min(min(height, width) // 2 - 1, int(3 * max(site.radius, 5)) + 2)
    top = int(np.clip(site.row - reach, 0, height - 2 * reach))
    left = int(np.clip(site.column - reach, 0, width - 2 * reach))
    other = site.picture.copy()
    part = np.rot90(other[top : top + 2 * reach, left : left + 2 * reach], turn % 4)
    other[top : top + 2 * reach, left : left + 2 * reach] = part[:, ::-1] if turn > 3 else part.copy()
    return site.mixed(other, cover)


def _scratch(site: _Site) -> Floats:
    """A thin line, straight or winding."""
    length, strength = min(site.shape) * site.random.uniform(0.05, 0.4), site.random.random()
    cover = _stroke(site, length, site.random.uniform(0.8, 3))
    result: Floats = site.picture + cover[..., None] * site.shift(12 + 10 * strength, 25 + 130 * strength)
    return result


def _blur(site: _Site) -> Floats:
    """A part out of focus."""
    strength = site.random.random()
    smooth = box_blur(box_blur(site.picture, 1 + int(3 * strength)), 1 + int(2 * strength))
    return site.mixed(smooth, site.blob(least=5))


def _colour(site: _Site) -> Floats:
    """A part of another colour or brightness."""
    strength = site.random.random()
    if site.grey:
        shift = site.shift(10, 20 + 60 * strength)
    else:
        shift = (site.random.normal(0, 1, 3) * site.random.uniform(10, 20 + 50 * strength)).astype(np.float32)
    result: Floats = site.picture + site.blob(least=3)[..., None] * shift
    return result


def _missing(site: _Site) -> Floats:
    """A part gone: what is around it, or another colour of the picture, in its place."""
    cover, random = site.blob(least=2), site.random
    ring = (cover < 0.1) & (site.blob(least=2, grown=2.5) > 0.5)
    fill = site.picture[ring].mean(axis=0) if ring.any() else site.picture.mean(axis=(0, 1))
    if random.random() < 0.4:
        fill = site.picture[random.integers(site.shape[0]), random.integers(site.shape[1])]
    grain = smooth_noise(random, site.shape, 2)[..., None] * np.float32(random.uniform(0, 4))
    return site.mixed(fill + grain, cover)


def _noise(site: _Site) -> Floats:
    """A part with another grain."""
    strength = site.random.random()
    grain = smooth_noise(site.random, site.shape, site.random.uniform(1, 5))
    cover = (site.blob(least=4) * grain)[..., None]
    result: Floats = site.picture + cover * np.abs(site.shift(8, 12 + 40 * strength))
    return result


def _spot(site: _Site) -> Floats:
    """One to three small dots."""
    cover, strength = np.zeros(site.shape, np.float32), site.random.random()
    for _ in range(int(site.random.integers(1, 4))):
        middle = (site.row + site.random.normal(0, site.radius), site.column + site.random.normal(0, site.radius))
        cover = np.maximum(cover, _blob(site.random, site.shape, middle, site.random.uniform(1.2, 4)))
    result: Floats = site.picture + cover[..., None] * site.shift(15, 30 + 90 * strength)
    return result


def _shade(site: _Site) -> Floats:
    """A wide and faint change of brightness."""
    cover = box_blur(site.blob(grown=2.5)[..., None], max(1, int(site.radius)))
    result: Floats = site.picture + cover * site.shift(6, 12 + 25 * site.random.random())
    return result


def _tone(site: _Site) -> Floats:
    """The whole picture brighter or darker, of another contrast, or tinted."""
    strength, middle = site.random.random(), site.picture.mean(axis=(0, 1))
    contrast = np.float32(math.exp(site.random.uniform(-0.3, 0.3) * strength))
    result: Floats = middle + (site.picture - middle) * contrast + site.shift(4, 8 + 20 * strength)
    return result


def _grain(site: _Site) -> Floats:
    """The whole picture out of focus, or with another grain."""
    if site.random.random() < 0.5:
        return box_blur(site.picture, 1 + int(2 * site.random.random()))
    grain = smooth_noise(site.random, site.shape, site.random.uniform(1, 3))[..., None]
    result: Floats = site.picture + grain * np.abs(site.shift(6, 8 + 15 * site.random.random()))
    return result


_MAKERS: dict[str, Callable[[_Site], Floats]] = {
    "cut": _cut,
    "paste": _paste,
    "turn": _turn,
    "scratch": _scratch,
    "blur": _blur,
    "colour": _colour,
    "missing": _missing,
    "noise": _noise,
    "spot": _spot,
    "shade": _shade,
    "tone": _tone,
    "grain": _grain,
}
KINDS = tuple(_MAKERS)
WHOLE_KINDS = ("tone", "grain")  # of which no place is worse than another
LOCAL_KINDS = tuple(kind for kind in KINDS if kind not in WHOLE_KINDS)


def _place(picture: Pixels, random: Random) -> tuple[int, int]:
    """The middle of a defect: anywhere, or in every second try where the picture changes from pixel to pixel."""
    height, width = picture.shape[:2]
    if random.random() < 0.5:
        return int(random.integers(height)), int(random.integers(width))
    luma = picture[::2, ::2, 1].astype(np.float32)
    change = np.zeros_like(luma)
    change[:, 1:] += np.abs(np.diff(luma, axis=1))
    change[1:] += np.abs(np.diff(luma, axis=0))
    detail = box_blur(change[..., None], 2)[..., 0]
    chances = np.minimum(detail, np.quantile(detail, 0.9)).reshape(-1).cumsum(dtype=np.float64) + 1e-6
    place = int(np.searchsorted(chances, random.random() * chances[-1]))
    row, column = divmod(min(place, detail.size - 1), detail.shape[1])
    return min(2 * row, height - 1), min(2 * column, width - 1)


def _blob(random: Random, shape: tuple[int, int], middle: tuple[float, float], radius: float) -> Floats:
    """A turned ellipse or box, in [0, 1], with a soft edge that may wobble."""
    angle, stretch = random.uniform(0, np.pi), math.exp(random.uniform(-0.7, 0.7))
    rows = np.arange(shape[0], dtype=np.float32)[:, None] - np.float32(middle[0])
    columns = np.arange(shape[1], dtype=np.float32)[None] - np.float32(middle[1])
    across = (columns * np.float32(math.cos(angle)) + rows * np.float32(math.sin(angle))) / np.float32(radius * stretch)
    along = (rows * np.float32(math.cos(angle)) - columns * np.float32(math.sin(angle))) / np.float32(radius / stretch)
    away = np.maximum(np.abs(across), np.abs(along)) if random.random() < 0.3 else np.hypot(across, along)
    if random.random() < 0.5:
        away = away + np.float32(0.3) * smooth_noise(random, shape, max(2.0, radius / 2))
    edge = np.float32(random.uniform(0.5, 2.5) / radius / 2)
    soft: Floats = 1 / (1 + np.exp(((away - 1) / edge).clip(-20, 20)))
    return soft


def _stroke(site: _Site, length: float, thickness: float) -> Floats:
    """A line around the site's middle, in [0, 1], that wanders from its direction."""
    random, steps = site.random, max(2, int(length))
    angles = random.uniform(0, 2 * np.pi) + np.cumsum(random.normal(0, random.choice([0.02, 0.2]), steps))
    rows, columns = np.cumsum(np.sin(angles)), np.cumsum(np.cos(angles))
    rows, columns = rows + site.row - rows[steps // 2], columns + site.column - columns[steps // 2]
    cover, reach = np.zeros(site.shape, np.float32), math.ceil(thickness) + 1
    for row, column in zip(rows.tolist(), columns.tolist()):
        ys = np.arange(max(0, int(row) - reach), min(site.shape[0], int(row) + reach + 2))
        xs = np.arange(max(0, int(column) - reach), min(site.shape[1], int(column) + reach + 2))
        if ys.size and xs.size:
            part = cover[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
            away = np.hypot(ys[:, None] - row, xs[None] - column)
            np.maximum(part, (thickness / 2 + 0.5 - away).clip(0, 1), out=part, casting="same_kind")
    return cover
