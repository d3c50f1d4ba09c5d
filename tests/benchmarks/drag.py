"""How near a dragged feature comes to the mouse: `python -m tests.benchmarks.drag [--model NAME] [--drags N]`.

Faces of the model's gallery; on each, one of the corners (largest smaller eigenvalue of the structure tensor; J. Shi
and C. Tomasi, Good Features to Track, 1994) is dragged in a random direction. Where the feature has come to is measured
without the drag's help: the patch of the first picture is looked for in the last one, over all of the way and six
pixels around it, by plain normalised cross-correlation. The Jacobian's time is measured too.
"""

from __future__ import annotations

import dataclasses
import math
import time

import numpy as np
import tyro
from numpy.typing import NDArray

from desktop.engine import library
from desktop.engine.loaded_model import LoadedModel, load_model
from desktop.engine.pictures import Pixels
from desktop.engine.sliders.drag import Drag
from desktop.engine.sliders.jacobian import jacobian, probes
from desktop.engine.sliders.local_axes import local_axes
from desktop.engine.sliders.motion import Point

NEAR = 2.0  # pixels
SHORTEST, LONGEST = 3.0, 8.0  # pixels of a drag
MOST_STEPS = 12
BORDER = 24  # pixels from the picture's edge to the nearest feature
PATCH, AROUND = 8, 6  # pixels
Floats = NDArray[np.float64]


@dataclasses.dataclass(frozen=True)
class DragConfig:
    """Measure scripted drags of a model's own pictures."""

    model: str = "characters"
    """Its name."""
    drags: int = 50
    """How many."""
    seed: int = 0
    """Which pictures, features and directions."""


@dataclasses.dataclass(frozen=True)
class Dragged:
    """One drag.

    Attributes:
        error: How far the feature is from the mouse, in pixels, by cross-correlation.
        own_error: The same as the drag believes it.
        steps: How many it took.
        seconds: How long it took.
    """

    error: float
    own_error: float
    steps: int
    seconds: float


def drag(model: LoadedModel, random: np.random.Generator) -> Dragged:
    """One scripted drag."""
    assert model.gallery is not None
    code = model.gallery.code(int(random.integers(len(model.gallery))))
    before = model.autoencoder.decode(code[None])[0]
    point = _feature(before, random)
    angle, length = random.uniform(0, 2 * math.pi), random.uniform(SHORTEST, LONGEST)
    mouse = point[0] + length * math.cos(angle), point[1] + length * math.sin(angle)
    held, started, change = Drag(model.autoencoder, model.space, code, point), time.perf_counter(), np.zeros_like(code)
    while held.steps < MOST_STEPS and not held.is_at(mouse):
        change = held.step(mouse)
    seconds = time.perf_counter() - started
    after = model.autoencoder.decode((code + change)[None])[0]
    found = find(before, after, point, mouse)
    errors = [math.hypot(place[0] - mouse[0], place[1] - mouse[1]) for place in (found, held.point)]
    return Dragged(errors[0], errors[1], held.steps, seconds)


def find(before: Pixels, after: Pixels, point: Point, mouse: Point) -> Point:
    """Where the patch about a point of the first picture is in the last one, to a quarter of a pixel."""
    wanted = _patch(before, point)
    across = np.arange(min(point[0], mouse[0]) - AROUND, max(point[0], mouse[0]) + AROUND + 1)
    down = np.arange(min(point[1], mouse[1]) - AROUND, max(point[1], mouse[1]) + AROUND + 1)
    best = max(((x, y) for y in down for x in across), key=lambda place: _likeness(wanted, _patch(after, place)))
    for step in (0.5, 0.25):
        near = [(best[0] + step * i, best[1] + step * j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        best = max(near, key=lambda place: _likeness(wanted, _patch(after, place)))
    return best


def _feature(picture: Pixels, random: np.random.Generator) -> Point:
    """One of the corners that stand out most, away from the edge."""
    down, across = np.gradient(picture.astype(np.float64), axis=(0, 1))
    products = [(each).sum(axis=2) for each in (across * across, down * down, across * down)]
    xx, yy, xy = (_box(each) for each in products)
    strength = (xx + yy) / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy**2)
    inside = np.zeros_like(strength)
    inside[BORDER:-BORDER, BORDER:-BORDER] = strength[BORDER:-BORDER, BORDER:-BORDER]
    rows, columns = np.nonzero(inside >= np.quantile(inside[inside > 0], 0.95))
    chosen = random.integers(len(rows))
    return float(columns[chosen]), float(rows[chosen])


def _box(values: Floats, reach: int = 3) -> Floats:
    kernel = np.ones(2 * reach + 1) / (2 * reach + 1)
    for axis in (0, 1):
        values = np.apply_along_axis(np.convolve, axis, values, kernel, "same")
    return values


def _patch(picture: Pixels, point: Point) -> Floats:
    """The pixels about a point, bilinear, float64 `[17, 17, 3]`."""
    offsets = np.arange(-PATCH, PATCH + 1)
    x, y = (np.clip(value + offsets, 0, side - 1.001) for value, side in zip(point, picture.shape[1::-1]))
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    right, low = (x - left)[None, :, None], (y - top)[:, None, None]
    corners = [[picture[np.ix_(top + j, left + i)].astype(np.float64) for i in (0, 1)] for j in (0, 1)]
    upper, lower = (row[0] * (1 - right) + row[1] * right for row in corners)
    patch: Floats = upper * (1 - low) + lower * low
    return patch


def _likeness(first: Floats, second: Floats) -> float:
    one, other = (each - each.mean(axis=(0, 1)) for each in (first, second))
    return float((one * other).sum()) / max(math.sqrt(float((one**2).sum() * (other**2).sum())), 1e-9)


def main() -> None:
    """The command."""
    config = tyro.cli(DragConfig, prog="python -m tests.benchmarks.drag")
    model = load_model(library.choose(library.find_models(), config.model), "cpu")
    code, times = model.space.mean_code, []
    for _ in range(5):
        started, used = time.perf_counter(), time.process_time()
        local_axes(jacobian(model.autoencoder, code, probes(model.space, code)))
        times.append((time.perf_counter() - started, time.process_time() - used))
    wall, used = min(times)
    print(f"Jacobian of {len(probes(model.space, code))} directions and its axes: {wall:.2f} s ({used:.2f} s of cores)")
    random = np.random.default_rng(config.seed)
    found = [drag(model, random) for _ in range(config.drags)]
    errors, own = np.array([each.error for each in found]), np.array([each.own_error for each in found])
    print(
        f"{config.drags} drags: {(errors <= NEAR).mean():.0%} within {NEAR:.0f} pixels of the mouse "
        f"({(own <= NEAR).mean():.0%} by the drag's own account), median {np.median(errors):.2f} pixels; "
        f"{np.mean([each.steps for each in found]):.1f} steps and "
        f"{np.median([each.seconds for each in found]):.1f} s a drag"
    )


if __name__ == "__main__":
    main()
