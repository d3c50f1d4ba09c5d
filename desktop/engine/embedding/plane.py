"""A plane through the codes: the two principal axes on which pictures are laid out, and back from a point to a code."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from desktop.engine.gaussian import Floats

LARGEST_SAMPLE = 1500  # codes that the axes are found from
CHUNK_BYTES = 16 << 20


@dataclasses.dataclass(frozen=True, eq=False)
class Plane:
    """Where each code lies.

    Attributes:
        mean: float32 `[D]`, at (0, 0).
        axes: float32 `[2, D]`, unit length; zeros where the codes do not vary.
        points: float32 `[N, 2]`, the codes' coordinates.
        share: Of the codes' variance, in [0, 1]: what the plane shows of it.
    """

    mean: Floats
    axes: Floats
    points: Floats
    share: float

    def code(self, x: float, y: float) -> Floats:
        """The code `[D]` of a point of the plane, everything else at the mean."""
        point: Floats = self.mean + np.float32(x) * self.axes[0] + np.float32(y) * self.axes[1]
        return point

    def inside(self, outline: NDArray[np.floating]) -> NDArray[np.int64]:
        """Positions of the codes within a closed polygon `[V, 2]`, by counting the edges that a ray crosses."""
        x, y = self.points[:, 0], self.points[:, 1]
        within = np.zeros(len(self.points), bool)
        for (x1, y1), (x2, y2) in zip(outline.tolist(), np.roll(outline, -1, axis=0).tolist()):
            if y1 != y2:
                within ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
        return np.flatnonzero(within)


def lay_out(codes: Floats) -> Plane:
    """The plane of `[N, D]`, N at least 1; the axes come from an evenly spread sample, their signs are fixed."""
    mean, axes, share = principal_axes(codes, 2)
    points = np.empty((len(codes), 2), np.float32)
    step = max(1, CHUNK_BYTES // max(1, 4 * codes.shape[1]))
    for start in range(0, len(codes), step):
        points[start : start + step] = (codes[start : start + step] - mean) @ axes.T
    return Plane(mean, axes, points, share)


def principal_axes(codes: Floats, count: int) -> tuple[Floats, Floats, float]:
    """Mean `[D]`, at most `count` axes `[count, D]`, and the share of the variance along them; of an even sample.

    There are always two axes at least; those along which nothing varies are zeros.
    """
    sample = np.asarray(codes[:: max(1, -(-len(codes) // LARGEST_SAMPLE))], np.float64)
    mean = sample.mean(axis=0)
    centred = sample - mean
    wide = centred.shape[1] > len(centred)
    values, vectors = np.linalg.eigh(centred @ centred.T if wide else centred.T @ centred)
    order = np.argsort(values)[::-1][:count]
    axes = np.zeros((max(2, len(order)), centred.shape[1]))
    for number, place in enumerate(order.tolist()):
        axis = vectors[:, place] @ centred if wide else vectors[:, place]
        length = np.linalg.norm(axis)
        if values[place] > 1e-12 and length > 0:
            axes[number] = axis / length * np.sign(axis[np.abs(axis).argmax()])
    total = float(values.sum())
    share = float(values[order].sum()) / total if total > 0 else 0.0
    return mean.astype(np.float32), axes.astype(np.float32), share
