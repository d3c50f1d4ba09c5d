"""Ways from one code to the next: which codes lie between the pictures of a row."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from desktop.engine.autoencoder import Latents
from desktop.engine.sliders.directions import Coordinates
from desktop.engine.sliders.latents import LatentSpace
from desktop.engine.sliders.steering import mix

Way = Literal["line", "sphere"]
Easing = Literal["even", "smooth"]
Repeat = Literal["once", "loop", "there and back"]
SMALLEST_ANGLE = 1e-3  # radians: nearer to 0 or to half a turn than this, no great circle is told from another


@dataclasses.dataclass(frozen=True)
class MorphPlan:
    """How a row of codes becomes a film.

    Attributes:
        way: Between two codes, a straight line, or a great circle in whitened coordinates.
        easing: `smooth` slows down at each picture of the row.
        repeat: `loop` goes on from the last to the first, `there and back` returns the way it came.
        frames: How many frames lie from one picture to the next, the first of the two counted; at least 1.
    """

    way: Way = "sphere"
    easing: Easing = "smooth"
    repeat: Repeat = "loop"
    frames: int = 24

    def steps(self, keys: int) -> list[tuple[int, int, float]]:
        """For each frame: from which picture of `keys`, to which, and how much of the way, in [0, 1).

        A film that repeats has no frame twice where it begins again.
        """
        if keys < 2:
            return [(0, 0, 0.0)] * keys
        last = keys if self.repeat == "loop" and keys > 2 else keys - 1
        steps = [
            (key, (key + 1) % keys, self._eased(frame / self.frames))
            for key in range(last)
            for frame in range(self.frames)
        ]
        if self.repeat == "once":
            return [*steps, (keys - 1, keys - 1, 0.0)]
        if self.repeat == "loop" and keys > 2:
            return steps
        return [*steps, (keys - 1, keys - 1, 0.0), *steps[:0:-1]]

    def _eased(self, share: float) -> float:
        return share if self.easing == "even" else share * share * (3 - 2 * share)


def between(space: LatentSpace, first: Latents, second: Latents, share: float, way: Way) -> Latents:
    """The code at `share` of the way from one code to another of its shape; the codes themselves at both ends.

    On a `sphere`, whitened coordinates go along the great circle through both directions while their length changes
    evenly (slerp; Shoemake, 1985): half-way between two ordinary pictures is then as far from the mean as they are,
    where a line comes too near to it. What lies outside the axes goes along the line. Where the codes are not of the
    trained shape, or the directions are alike or opposite, all of it does.
    """
    straight = mix(first, second, share)
    if way == "line" or share <= 0.0 or share >= 1.0:
        return straight
    start, end = (space.axes.positions(code) if code.shape == space.shape else None for code in (first, second))
    if start is None or end is None or not start.size:
        return straight
    bent = _great_circle(start, end, share)
    if bent is None:
        return straight
    code: Latents = straight + space.axes.change(bent - (start + share * (end - start)), first.shape)
    return code


def film(space: LatentSpace, codes: Sequence[Latents], plan: MorphPlan, frame: int) -> Latents:
    """The code of one frame of `plan.steps(len(codes))`.

    Raises:
        IndexError: There is no such frame.
    """
    first, second, share = plan.steps(len(codes))[frame]
    return between(space, codes[first], codes[second], share, plan.way)


def _great_circle(start: Coordinates, end: Coordinates, share: float) -> Coordinates | None:
    """Slerp of the directions, evenly changing length; None where there is no one great circle."""
    lengths = float(np.linalg.norm(start)), float(np.linalg.norm(end))
    if min(lengths) == 0.0:
        return None
    first, second = start / lengths[0], end / lengths[1]
    angle = math.acos(min(1.0, max(-1.0, float(first @ second))))
    if not SMALLEST_ANGLE < angle < math.pi - SMALLEST_ANGLE:
        return None
    direction = (math.sin((1 - share) * angle) * first + math.sin(share * angle) * second) / math.sin(angle)
    bent: Coordinates = direction * (lengths[0] + share * (lengths[1] - lengths[0]))
    return bent
