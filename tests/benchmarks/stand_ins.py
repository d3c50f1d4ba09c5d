"""Sets of good and bad pictures drawn for the benchmark of anomalies, with positions, scales and defects at random.

Their defects are drawn by other means than those that a detector makes up. Every picture depends on the name of its set
and on its own number alone.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter, uniform_filter  # type: ignore[attr-defined]

from desktop.engine.picture_writer import save_png
from trainer.data import characters
from trainer.data.listing import list_folder
from trainer.data.reading import read_upright

Random = np.random.Generator
Levels = NDArray[np.float64]
Spoilt = tuple[Levels, Levels]  # a picture, and how much of the defect there is at each pixel, in [0, 1]

SIDE = 256
CHANGED = 0.3  # of a defect, from which a pixel is part of it
LONGER = 480  # pixels of a photograph's sides, of which pictures are crops


@dataclasses.dataclass(frozen=True)
class StandIn:
    """A subject and what may be wrong with it.

    Attributes:
        good: Draws a good picture, `[H, W]` or `[H, W, 3]`, levels.
        defects: By kind, each spoils one.
    """

    good: Callable[[Random], Levels]
    defects: Mapping[str, Callable[[Random, Levels], Spoilt]]


def write(folder: Path, name: str, stand_in: StandIn, good: int, bad: int) -> None:
    """Writes `good`, `bad` and `mask` folders: so many good pictures, and bad ones of each kind."""
    for part in ("good", "bad", "mask"):
        (folder / part).mkdir(parents=True)
    seed = zlib.crc32(name.encode())
    for number in range(good):
        save_png(folder / "good" / f"{number:04}.png", _pixels(stand_in.good(np.random.default_rng((seed, 0, number)))))
    for place, (kind, spoil) in enumerate(stand_in.defects.items(), start=1):
        for number in range(bad):
            random = np.random.default_rng((seed, place, number))
            picture, cover = spoil(random, stand_in.good(random))
            save_png(folder / "bad" / f"{kind}_{number:03}.png", _pixels(picture))
            mask = np.repeat((cover > CHANGED)[..., None], 3, axis=2)
            save_png(folder / "mask" / f"{kind}_{number:03}.png", mask.astype(np.uint8) * 255)


def stand_ins(photographs: Path | None = None) -> dict[str, StandIn]:
    """All of them by name; crops of photographs where there is a folder of these."""
    found = {
        "surface": StandIn(_surface, {"hole": _hole, "crack": _crack, "fray": _fray, "uneven": _uneven}),
        "parts": StandIn(_part, {"scratch": _scratch, "spot": _spot, "rust": _rust, "worn": _worn}),
        "weave": StandIn(_weave, {"hole": _hole, "stain": _uneven, "thread": _scratch, "spot": _spot}),
        "characters": StandIn(_character, {"scratch": _scratch, "spot": _spot, "smear": _worn, "moved": _moved}),
    }
    if photographs is not None:
        taken = functools.partial(_photograph, photographs)
        defects = {"scratch": _crack, "spot": _spot, "smear": _worn, "moved": _moved}
        found["photographs"] = StandIn(taken, defects)
    return found


def _pixels(levels: Levels) -> NDArray[np.uint8]:
    pixels = levels.clip(0, 255).astype(np.uint8)
    return np.repeat(pixels[..., None], 3, axis=2) if pixels.ndim == 2 else pixels


def _smooth(random: Random, shape: tuple[int, ...], sigma: float | tuple[float, float]) -> Levels:
    """Noise of unit deviation, blurred."""
    noise = gaussian_filter(random.normal(size=shape[:2]), sigma, mode="wrap")
    result: Levels = (noise - noise.mean()) / (noise.std() + 1e-9)
    return result


def _surface(random: Random) -> Levels:
    """Ground metal in grey: grinding marks, slow changes of light, of any size."""
    shape = int(random.integers(130, 260)), int(random.integers(180, 340))
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    levels = random.uniform(85, 165) + random.uniform(-18, 18) * (rows / shape[0] - 0.5)
    levels = levels + random.uniform(-18, 18) * (columns / shape[1] - 0.5)
    for strength, sigma in (((3, 9), (0.9, random.uniform(3, 9))), ((2, 6), random.uniform(1.5, 4)), ((2, 7), 25.0)):
        levels = levels + random.uniform(*strength) * _smooth(random, shape, sigma)
    result: Levels = levels + random.normal(0, random.uniform(1, 3), shape)
    return result


def _part(random: Random) -> Levels:
    """A bolt on a plain ground, turned and moved."""
    side = 2 * SIDE
    image = Image.new("RGB", (side, side), (int(random.uniform(170, 215)),) * 3)
    pen, middle = ImageDraw.Draw(image), random.uniform(0.38, 0.62, 2) * side
    angle, size, grey = random.uniform(0, 2 * math.pi), random.uniform(0.8, 1.1) * side, int(random.integers(70, 110))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        placed = middle + np.array(points) @ turn.T * size
        return [(float(across), float(down)) for across, down in placed]

    pen.polygon(at((-0.05, -0.04), (0.33, -0.04), (0.33, 0.04), (-0.05, 0.04)), fill=(grey, grey, grey + 8))
    for line in range(14):
        start = -0.02 + line * 0.025
        pen.line(at((start, -0.045), (start + 0.012, 0.045)), fill=(grey + 45,) * 3, width=int(0.006 * size))
    corners = [(-0.22 + 0.1 * math.cos(each), 0.1 * math.sin(each)) for each in np.arange(6) * math.pi / 3]
    pen.polygon(at(*corners), fill=(grey + 20, grey + 18, grey + 14))
    levels = np.asarray(image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)).astype(float)
    rows, columns = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    levels = levels + (random.uniform(-15, 15) * rows + random.uniform(-15, 15) * columns)[..., None]
    result: Levels = levels + 2.5 * _smooth(random, levels.shape, 1.2)[..., None] + random.normal(0, 2, levels.shape)
    return result


def _weave(random: Random) -> Levels:
    """A coloured weave in any direction."""
    angle, pitch = random.uniform(0, math.pi), random.uniform(7, 9)
    rows, columns = np.mgrid[:SIDE, :SIDE] + 1.5 * _smooth(random, (SIDE, SIDE), 20)
    along = columns * math.cos(angle) + rows * math.sin(angle)
    across = rows * math.cos(angle) - columns * math.sin(angle)
    threads = (np.abs(np.sin(np.pi * along / pitch)) + np.abs(np.sin(np.pi * across / pitch))) / 2
    colour = np.array([150, 120, 90.0]) * random.uniform(0.85, 1.15)
    result: Levels = colour * (0.6 + 0.5 * threads[..., None]) + random.normal(0, 3, (SIDE, SIDE, 3))
    return result


def _character(random: Random) -> Levels:
    """A built-in character somewhere on a ground of its own colour."""
    size = int(random.integers(150, 230))
    drawn = characters.draw(characters.choose(int(random.integers(1 << 20)), int(random.integers(1 << 20))), size)
    levels = np.ones((SIDE, SIDE, 3)) * drawn[1, 1]
    top, left = random.integers(0, SIDE - size + 1, 2)
    levels[top : top + size, left : left + size] = drawn
    result: Levels = levels + random.normal(0, 1.5, levels.shape)
    return result


def _photograph(folder: Path, random: Random) -> Levels:
    """A crop anywhere in one of a folder's photographs."""
    pictures = _photographs(folder)
    picture = pictures[int(random.integers(len(pictures)))]
    top, left = random.integers(0, LONGER - SIDE + 1, 2)
    return picture[top : top + SIDE, left : left + SIDE].astype(float)


@functools.lru_cache(1)
def _photographs(folder: Path, count: int = 80) -> list[NDArray[np.uint8]]:
    items = sorted(list_folder(folder).items, key=lambda item: item.name)
    chosen = items[:: max(1, len(items) // count)][:count]
    return [np.asarray(read_upright(item.path).resize((LONGER, LONGER), Image.Resampling.LANCZOS)) for item in chosen]


def _somewhere(random: Random, levels: Levels) -> tuple[float, float]:
    """A place that differs from the picture's corner, if there is one: on the subject, and not beside it."""
    grey = levels if levels.ndim == 2 else levels.mean(axis=2)
    subject = np.abs(uniform_filter(grey, 5) - grey[:8, :8].mean()) > 25
    if not subject.any():
        subject[:] = True
    rows, columns = np.nonzero(subject)
    place = int(random.integers(len(rows)))
    return float(rows[place]), float(columns[place])


def _blot(levels: Levels, middle: tuple[float, float], radius: float, power: int = 1) -> Levels:
    """A round cover, the higher the power the harder its edge."""
    rows, columns = np.mgrid[: levels.shape[0], : levels.shape[1]]
    away = ((rows - middle[0]) ** 2 + (columns - middle[1]) ** 2) / radius**2
    result: Levels = np.exp(-(away**power))
    return result


def _laid(levels: Levels, other: Levels | float, cover: Levels) -> Spoilt:
    """Another picture or level where the cover is."""
    wide = cover if levels.ndim == 2 else cover[..., None]
    return levels * (1 - wide) + other * wide, cover


def _added(levels: Levels, change: float, cover: Levels) -> Spoilt:
    wide = cover if levels.ndim == 2 else cover[..., None]
    return levels + change * wide, cover


def _line(levels: Levels, rows: Levels, columns: Levels, thickness: float) -> Levels:
    """A line through points, as a cover."""
    image = Image.new("L", (levels.shape[1] * 4, levels.shape[0] * 4))
    points = [(float(column) * 4, float(row) * 4) for row, column in zip(rows, columns)]
    ImageDraw.Draw(image).line(points, fill=255, width=max(1, round(4 * thickness)))
    return np.asarray(image.resize((levels.shape[1], levels.shape[0]), Image.Resampling.BOX)) / 255.0


def _scratch(random: Random, levels: Levels) -> Spoilt:
    row, column = _somewhere(random, levels)
    angle, length = random.uniform(0, math.pi), random.uniform(8, 30)
    ends = np.array([0, length])
    cover = _line(levels, row + ends * math.sin(angle), column + ends * math.cos(angle), random.uniform(1, 2))
    return _added(levels, random.choice([-1, 1]) * random.uniform(20, 60), cover)


def _crack(random: Random, levels: Levels) -> Spoilt:
    row, column = _somewhere(random, levels)
    angles = random.uniform(0, 2 * math.pi) + np.cumsum(random.normal(0, 0.25, int(random.integers(30, 120))))
    cover = _line(levels, row + np.cumsum(np.sin(angles)), column + np.cumsum(np.cos(angles)), 1)
    return _added(levels, -random.uniform(15, 45), cover)


def _hole(random: Random, levels: Levels) -> Spoilt:
    cover = _blot(levels, _somewhere(random, levels), random.uniform(2, 6))
    return _added(levels, -random.uniform(30, 70), cover)


def _spot(random: Random, levels: Levels) -> Spoilt:
    cover = _blot(levels, _somewhere(random, levels), random.uniform(2, 5))
    return _added(levels, random.choice([-1, 1]) * random.uniform(25, 45), cover)


def _rust(random: Random, levels: Levels) -> Spoilt:
    cover = _blot(levels, _somewhere(random, levels), random.uniform(5, 10))
    cover = cover * (_smooth(random, levels.shape, 1.5) > -0.3)
    return levels + cover[..., None] * np.array([30, 8, -22]), cover


def _worn(random: Random, levels: Levels) -> Spoilt:
    blurred = gaussian_filter(levels, (4, 4, 0)[: levels.ndim])
    return _laid(levels, blurred, _blot(levels, _somewhere(random, levels), random.uniform(8, 16), power=2))


def _fray(random: Random, levels: Levels) -> Spoilt:
    cover = _blot(levels, _somewhere(random, levels), random.uniform(20, 45))
    return levels + cover * random.uniform(8, 16) * _smooth(random, levels.shape, (3, 0.8)), cover


def _uneven(random: Random, levels: Levels) -> Spoilt:
    cover = _blot(levels, _somewhere(random, levels), random.uniform(25, 70))
    return _added(levels, random.choice([-1, 1]) * random.uniform(15, 35), cover)


def _moved(random: Random, levels: Levels) -> Spoilt:
    """A part of the same picture in another place."""
    cover = _blot(levels, _somewhere(random, levels), random.uniform(8, 16), power=3)
    shift = tuple(int(each) for each in random.integers(20, 80, 2))
    return _laid(levels, np.roll(levels, shift, axis=(0, 1)), cover)
