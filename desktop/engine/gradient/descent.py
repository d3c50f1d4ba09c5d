"""The least value of a function of many numbers, from its gradient: L-BFGS (J. Nocedal, 1980)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

KEPT = 5  # steps by which it knows how the function bends
FIRST_STEP = 0.02  # deviations of where it begins
ENOUGH = 1e-4  # of what the slope promises, which a step must bring
SHORTER = 0.4


def descend(function: Callable[[Floats], tuple[float, Floats]], start: Floats, evaluations: int) -> Floats:
    """The best point that so many evaluations find.

    Args:
        function: Its value and its gradient at a point.
        start: Where to begin, float32 of any shape.
        evaluations: How often the function may be asked, at least once.
    """
    point, (value, slope) = start, function(start)
    evaluations -= 1
    steps: list[tuple[Floats, Floats]] = []
    while evaluations > 0 and slope.any():
        direction = _direction(slope, steps)
        if not steps:
            direction *= np.float32(FIRST_STEP * (float(start.std()) or 1.0) / _length(direction))
        share, promised = 1.0, _dot(slope, direction)
        while True:
            moved = point + np.float32(share) * direction
            found, bent = function(moved)
            evaluations -= 1
            if found <= value + ENOUGH * share * promised or evaluations <= 0:
                break
            share *= SHORTER
        if not found < value:
            break
        step, change = moved - point, bent - slope
        if _dot(step, change) > 0:
            steps = [*steps, (step, change)][-KEPT:]
        point, value, slope = moved, found, bent
    return point


def _direction(slope: Floats, steps: list[tuple[Floats, Floats]]) -> Floats:
    """Downhill, as the last steps have seen the function bend."""
    rest, shares = slope.copy(), []
    for step, change in reversed(steps):
        shares.append(_dot(step, rest) / _dot(step, change))
        rest -= np.float32(shares[-1]) * change
    if steps:
        step, change = steps[-1]
        rest *= np.float32(_dot(step, change) / _dot(change, change))
    for (step, change), share in zip(steps, reversed(shares)):
        rest += np.float32(share - _dot(change, rest) / _dot(step, change)) * step
    return -rest


def _dot(one: Floats, other: Floats) -> float:
    return float(np.vdot(one, other))


def _length(values: Floats) -> float:
    """Root mean square."""
    return float(np.sqrt(_dot(values, values) / values.size))
