"""A point of the decoded picture being dragged, step by step."""

from __future__ import annotations

import math

import numpy as np

from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.sliders import motion
from desktop.engine.sliders.directions import Floats
from desktop.engine.sliders.jacobian import Jacobian, jacobian, probes
from desktop.engine.sliders.latents import LatentSpace
from desktop.engine.sliders.motion import Point

CLOSE = 0.5  # pixels from the mouse that are near enough
FRESH = 1  # steps that one Jacobian is good for
WINDOW = 12  # cells on each side of the point: what a map is changed in


class Drag:
    """Holds a point of one latent's picture, and moves the latent so that the point follows the mouse.

    Of a map, the cells around the point alone are looked at and moved, so that a large picture takes no longer.

    Attributes:
        steps: How many steps were made.
    """

    def __init__(
        self, autoencoder: Autoencoder, space: LatentSpace, code: Latents, point: Point, mask: Floats | None = None
    ) -> None:
        """Takes hold; nothing is decoded yet.

        Args:
            autoencoder: Whose decoder.
            space: Of its latents.
            code: float32, the latent, `[C, h, w]` or `[D]`.
            point: Of the decoded picture, in pixels from the middle of the first one.
            mask: float32 `[h, w]` in [0, 1], where a map may change; None for everywhere.
        """
        self._autoencoder, self._space, self._start = autoencoder, space, code
        size, shape = autoencoder.info.size, autoencoder.info.latent.shape
        self._cell = size.height // shape[1] if code.ndim == 3 else 1
        self._part = _window(code.shape, point, self._cell)
        self._code = code[self._part] if code.ndim == 3 else code
        self._mask = mask[self._part[1:]] if mask is not None and code.ndim == 3 else None
        corner = [each.start * self._cell for each in self._part[1:]] if code.ndim == 3 else [0, 0]
        self._corner = corner[1], corner[0]
        self._pressed = self._inside(point)
        self._grip: motion.Grip | None = None
        self._found: Jacobian | None = None
        self.steps = 0

    @property
    def point(self) -> Point:
        """Where what is held is now."""
        here = self._pressed if self._grip is None else self._grip.point
        return here[0] + self._corner[0], here[1] + self._corner[1]

    def is_at(self, mouse: Point) -> bool:
        """Whether it has come to the mouse."""
        return math.hypot(mouse[0] - self.point[0], mouse[1] - self.point[1]) < CLOSE

    def step(self, mouse: Point) -> Latents:
        """One step towards the mouse: all that is to be added to the latent that was taken hold of.

        Raises:
            ModelError: The decoder failed.
            StoppedError: It was cut off.
        """
        if self._found is None or self.steps % FRESH == 0:
            directions = probes(self._space, self._code, self._mask) if self._found is None else self._found.directions
            self._found = jacobian(self._autoencoder, self._code, directions)
        if self._grip is None:
            self._picture = self._found.picture
            self._grip = motion.grasp(self._picture, self._pressed, len(self._found.directions))
        place = motion.towards(self._grip.point, self._inside(mouse))
        change, grip = motion.pulled(self._found, self._picture, self._grip, place)
        moved = self._code + change
        picture = self._autoencoder.decode(moved[None])[0]
        self._code, self._picture, self._grip = moved, picture, motion.found(grip, picture, place)
        self.steps += 1
        return self.change

    @property
    def change(self) -> Latents:
        """What has been added so far, float32 of the whole latent's shape."""
        if self._start.ndim == 1:
            return self._code - self._start
        change = np.zeros_like(self._start)
        change[self._part] = self._code - self._start[self._part]
        return change

    def _inside(self, point: Point) -> Point:
        """A point of the whole picture in the part that is decoded."""
        return point[0] - self._corner[0], point[1] - self._corner[1]


def _window(shape: tuple[int, ...], point: Point, cell: int) -> tuple[slice, ...]:
    """The cells about a point of the picture."""
    middle = int(point[1] // cell), int(point[0] // cell)
    sides = [slice(max(0, at - WINDOW), min(length, at + WINDOW)) for at, length in zip(middle, shape[1:])]
    return slice(None), *sides
