"""Local axes: the directions that change the present picture most, from the decoder's Jacobian there."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np

from desktop.engine.autoencoder import Latents
from desktop.engine.sliders.directions import Coordinates, Directions
from desktop.engine.sliders.jacobian import Jacobian
from desktop.engine.sliders.resizing import Floats, resized

COUNT = 12  # axes that are shown: those after them change hardly anything
LEAST_LIMIT, LIMIT = 0.5, 4.0  # where a slider begins and ends, in units of spread: between these two,
LARGEST_CHANGE = 45.0  # where the picture has changed by so many levels of 255 on average, to first order
POOL = 2  # pixels along each side of the blocks whose means are compared
_numbers = itertools.count()


@dataclasses.dataclass(frozen=True, eq=False)
class LocalAxes(Directions):
    """Directions from one latent, which is where every slider starts at 0.

    Attributes:
        vectors: float32 `[n, *shape]`, the change of the latent for one unit; a map's may be smaller than the latent's,
            and are drawn out over it.
        effect: float32 `[n]`, by how many levels of 255 one unit changes the picture on average.
        number: Tells one set of axes from every other of this run of the program.
    """

    vectors: Floats
    effect: Floats
    number: int = dataclasses.field(default_factory=lambda: next(_numbers))

    @property
    def low(self) -> Coordinates:
        """Where each slider begins."""
        return -self.high

    @property
    def high(self) -> Coordinates:
        """Where each slider ends."""
        limits: Coordinates = np.clip(LARGEST_CHANGE / np.maximum(self.effect, 1e-6), LEAST_LIMIT, LIMIT)
        return limits.astype(np.float64)

    def positions(self, code: Latents) -> Coordinates | None:
        """All at 0: the axes start wherever the latent is."""
        return np.zeros(len(self.vectors)) if code.ndim == self.vectors.ndim - 1 else None

    def change(self, offsets: Coordinates, shape: tuple[int, ...]) -> Latents:
        """The sum of the directions, each times its offset, float32 of that shape."""
        change: Latents = np.tensordot(offsets.astype(np.float32), self.vectors, axes=1)
        return change if change.shape == shape else resized(change, shape)


def local_axes(found: Jacobian, count: int = COUNT) -> LocalAxes:
    """The right singular vectors of the Jacobian, the one of largest singular value first.

    They are taken among its directions, each counted in units of its spread: of all latents that are as likely as one
    another, the first axis leads to the one whose picture is farthest. The sign is such that pictures get brighter.
    """
    columns = _pooled(found.columns)
    values, vectors = np.linalg.eigh((columns @ columns.T).astype(np.float64))
    order = np.argsort(-values, kind="stable")[:count]
    order = order[values[order] > 1e-9 * max(float(values.max(initial=0.0)), 1e-30)]
    weights = vectors.T[order].astype(np.float32)
    brighter = weights @ columns.mean(axis=1)
    weights *= np.where(brighter < 0, -1, 1)[:, None].astype(np.float32)
    effect = np.stack([np.abs(row @ columns).mean() for row in weights]) if len(weights) else np.zeros(0)
    return LocalAxes(np.tensordot(weights, found.directions, axes=1), effect.astype(np.float32))


def _pooled(columns: Floats) -> Floats:
    """Columns `[n, H, W, 3]` as means over blocks of pixels, `[n, P]`: what differs from pixel to pixel counts less."""
    count, height, width, channels = columns.shape
    if min(height, width) < 32 * POOL:
        return columns.reshape(count, -1)
    whole = columns[:, : height // POOL * POOL, : width // POOL * POOL]
    blocks = whole.reshape(count, height // POOL, POOL, width // POOL, POOL, channels)
    pooled: Floats = blocks.mean(axis=(2, 4)).reshape(count, -1)
    return pooled
