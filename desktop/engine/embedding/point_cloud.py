"""A million points, drawn as one picture for each view of them, and found again under the mouse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop.engine.embedding.thumbnail_map import Points

CELLS = 256  # along each side of the grid in whose order points are kept: neighbours are drawn one after the other
NEAREST_OF = 200_000  # points that are looked at for the one under the mouse

Argb = NDArray[np.uint32]
Positions = NDArray[np.int64]
View = tuple[float, float, float, float]
"""Scale and offset, x and y: a point of the map is drawn at `x * scale_x + offset_x`, and so for y."""


class PointCloud:
    """Points in the order of the cells of a grid, and the buffers in which they are drawn."""

    def __init__(self, points: Points) -> None:
        """`points` float32 `[N, 2]`; sorted once, about half a second for a million."""
        self.points = points
        low = points.min(axis=0) if len(points) else np.zeros(2, np.float32)
        span = np.ptp(points, axis=0).clip(1e-9) if len(points) else np.ones(2, np.float32)
        cells = ((points - low) / span * (CELLS - 1e-3)).astype(np.int32)
        keys = cells[:, 1] * CELLS + cells[:, 0]
        self.order: Positions = np.argsort(keys, kind="stable")
        self._starts = np.searchsorted(keys[self.order], np.arange(CELLS * CELLS + 1))
        self._low, self._span = low.astype(np.float64), span.astype(np.float64)
        self._x, self._y = (np.ascontiguousarray(points[self.order, axis]) for axis in (0, 1))
        self._floats = np.empty(len(points), np.float32)
        self._columns, self._places = np.empty(len(points), np.int32), np.empty(len(points), np.int32)
        self._colours: Argb = np.full(len(points), 0xFF888888, np.uint32)

    def __len__(self) -> int:
        return len(self.points)

    def set_colours(self, colours: NDArray[np.uint8]) -> None:
        """Other colours, uint8 `[N, 3]`."""
        red, green, blue = colours[self.order].astype(np.uint32).T
        self._colours = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue

    def draw(self, view: View, width: int, height: int, side: int) -> Argb:
        """All points as squares of `side` pixels on `[height, width]`, each as 0xAARRGGBB; 0 where there is none."""
        canvas = np.zeros((height + 2, width + 2), np.uint32)  # what is out of sight falls on the edge
        scale_x, scale_y, offset_x, offset_y = view
        back = side // 2  # the square is around its point
        placed = scale_x, scale_y, offset_x - back, offset_y - back
        canvas.reshape(-1)[self._pixels(placed, width, height)] = self._colours
        return grown(canvas[1:-1, 1:-1], side)

    def within(self, view: View, mask: NDArray[np.bool_]) -> Positions:
        """Positions of the points that are drawn where `mask` `[height, width]` is set, rising."""
        height, width = mask.shape
        edged = np.zeros((height + 2, width + 2), bool)
        edged[1:-1, 1:-1] = mask
        found = edged.reshape(-1)[self._pixels(view, width, height)]
        return np.sort(self.order[found])

    def inside(self, left: float, low: float, right: float, high: float) -> Positions:
        """Positions of the points in a rectangle of the map, in the order of the grid."""
        if not len(self.points):
            return np.empty(0, np.int64)
        corners = np.array([[left, low], [right, high]])
        cells = ((corners - self._low) / self._span * CELLS).clip(0, CELLS - 1).astype(int)
        (first, bottom), (last, top) = cells.tolist()
        rows = np.arange(bottom, top + 1) * CELLS
        pieces = [
            np.arange(begin, end) for begin, end in zip(self._starts[rows + first], self._starts[rows + last + 1])
        ]
        kept = np.concatenate(pieces)
        x, y = self._x[kept], self._y[kept]
        found: Positions = self.order[kept[(x >= left) & (x <= right) & (y >= low) & (y <= high)]]
        return found

    def nearest(self, x: float, y: float, reach_x: float, reach_y: float) -> int:
        """The position of the point nearest to a place, distances measured in reaches; -1 where none is within one."""
        near = self.inside(x - reach_x, y - reach_y, x + reach_x, y + reach_y)
        near = near[:: max(1, len(near) // NEAREST_OF)]
        if not len(near):
            return -1
        offsets = (self.points[near] - np.array([x, y])) / np.array([reach_x, reach_y])
        distances = np.square(offsets).sum(axis=1)
        best = int(distances.argmin())
        return int(near[best]) if distances[best] <= 1 else -1

    def _pixels(self, view: View, width: int, height: int) -> NDArray[np.int32]:
        """Where each point, in the order of the grid, lies in a canvas with an edge of one pixel all around."""
        scale_x, scale_y, offset_x, offset_y = map(np.float32, view)
        values, columns, places = self._floats, self._columns, self._places
        for source, scale, offset, length, target in (
            (self._x, scale_x, offset_x, width, columns),
            (self._y, scale_y, offset_y, height, places),
        ):
            np.multiply(source, scale, out=values)
            np.add(values, offset + np.float32(1), out=values)
            np.clip(values, 0, length + 1, out=values)
            np.copyto(target, values, casting="unsafe")
        np.multiply(places, width + 2, out=places)
        np.add(places, columns, out=places)
        return places


def grown(canvas: Argb, side: int) -> Argb:
    """Every pixel that is not 0 as a square of `side` pixels down to the right, as far as others leave room."""
    reach, result = 1, canvas.copy()
    while reach < side:
        step = min(reach, side - reach)
        for axis in (0, 1):
            shifted = result[:-step] if axis == 0 else result[:, :-step]
            target = result[step:] if axis == 0 else result[:, step:]
            np.copyto(target, shifted.copy(), where=target == 0)
        reach += step
    return result


def few_of(points: Points, positions: Positions, square: tuple[float, float], most: int) -> Positions:
    """One position for each square of the map in which there are at most `most` points, so that they have room.

    Args:
        points: float32 `[N, 2]`.
        positions: Those to choose from, the most important first.
        square: The sides of a square, in units of the map.
        most: A square with more is left to its dots.
    """
    if not len(positions):
        return positions
    cells = np.floor(points[positions] / np.array(square)).astype(np.int64)
    low, high = cells.min(axis=0), cells.max(axis=0)
    keys = (cells[:, 0] - low[0]) * (high[1] - low[1] + 1) + cells[:, 1] - low[1]
    counts = np.bincount(keys)
    firsts = np.full(len(counts), -1, np.int64)
    firsts[keys[::-1]] = np.arange(len(keys))[::-1]
    chosen: Positions = positions[np.sort(firsts[(counts > 0) & (counts <= most)])]
    return chosen


def centre_of(points: Points, cells: int = 16) -> tuple[float, float]:
    """The middle of the densest part of `[N, 2]`, N at least 1: where a label is read as that of all of them."""
    low, span = points.min(axis=0), np.ptp(points, axis=0).clip(1e-9)
    places = ((points - low) / span * (cells - 1e-3)).astype(np.int64)
    counts = np.zeros((cells + 2, cells + 2))
    np.add.at(counts, (places[:, 0] + 1, places[:, 1] + 1), 1)
    smooth = sum(counts[1 + dx : cells + 1 + dx, 1 + dy : cells + 1 + dy] for dx in (-1, 0, 1) for dy in (-1, 0, 1))
    best = np.array(np.unravel_index(int(np.argmax(smooth)), (cells, cells)))
    near = points[(np.abs(places - best) <= 1).all(axis=1)]
    middle = near.mean(axis=0, dtype=np.float64)
    return float(middle[0]), float(middle[1])
