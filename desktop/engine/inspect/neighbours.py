"""Exact nearest neighbours among codes, and groups of near-duplicates."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import InspectionError, StoppedError
from desktop.engine.inspect.gaussian import Floats
from desktop.engine.inspect.ranking import find
from desktop.engine.inspect.watching import Progress, Stopped, never, silent

CHUNK_BYTES = 16 << 20
LARGEST_PAIRS = 2_000_000
TYPICAL_PAIRS = 4000
LARGEST_QUERIES = 256  # at once
SLACK = 1e-5  # of the squared lengths: what float32 loses when two of them are subtracted

Distances = NDArray[np.float32]
Positions = NDArray[np.int64]


class Searcher:
    """Exact Euclidean search among `[N, D]`, in chunks, so that codes on disk are never all in memory."""

    def __init__(self, codes: Floats) -> None:
        """`codes` float32 `[N, D]`, N at least 1; may be memory-mapped. Reads it once, for lengths and the centre."""
        self._codes = codes
        self._step = max(1, CHUNK_BYTES // max(1, 4 * codes.shape[1]))
        sample = codes[:: max(1, len(codes) // TYPICAL_PAIRS)]
        self.centre = sample.mean(axis=0, dtype=np.float64).astype(np.float32)
        self._lengths = np.empty(len(codes), np.float32)
        for start in range(0, len(codes), self._step):
            chunk = codes[start : start + self._step] - self.centre
            self._lengths[start : start + self._step] = np.einsum("nd,nd->n", chunk, chunk)

    def nearest(self, queries: Floats, count: int) -> tuple[Distances, Positions]:
        """The nearest `count` (at most N) of each query `[Q, D]`: distances and positions, `[Q, count]`, rising.

        Candidates come from lengths and products around the codes' centre, |x|^2 - 2 x q; the final order from their
        true differences.
        """
        step = max(1, min(LARGEST_QUERIES, CHUNK_BYTES // (4 * self._step)))
        parts = [self._nearest(queries[start : start + step], count) for start in range(0, len(queries), step)]
        distances, positions = zip(*parts)
        return np.concatenate(distances), np.concatenate(positions)

    def _nearest(self, queries: Floats, count: int) -> tuple[Distances, Positions]:
        wanted = min(len(self._codes), 2 * count + 8)
        best = np.full((len(queries), 0), np.inf, np.float32)
        where = np.zeros((len(queries), 0), np.int64)
        centred = queries - self.centre
        for start in range(0, len(self._codes), self._step):
            chunk = self._codes[start : start + self._step]
            nearness = self._lengths[start : start + len(chunk)] - 2 * (centred @ chunk.T)
            positions = np.broadcast_to(np.arange(start, start + len(chunk)), nearness.shape)
            best, where = _smallest(
                np.concatenate([best, nearness], axis=1), np.concatenate([where, positions], axis=1), wanted
            )
        exact = np.linalg.norm(self._codes[where] - queries[:, None], axis=2)
        return _smallest(exact.astype(np.float32), where, min(count, wanted))

    def typical_distance(self) -> float:
        """The median distance of two codes picked at random (from a fixed seed): the unit in which near is near.

        Never 0, so that it can be divided by.
        """
        random = np.random.default_rng(0)
        first, second = random.integers(len(self._codes), size=(2, TYPICAL_PAIRS))
        different = first != second
        gaps = np.linalg.norm(self._codes[first[different]] - self._codes[second[different]], axis=1)
        return float(np.median(gaps)) or 1.0 if gaps.size else 1.0


@dataclasses.dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of pictures that are nearer than some limit.

    Attributes:
        first, second: Positions, int64 `[P]`; first is the smaller.
        distances: float32 `[P]`, in units of the typical distance.
        count: Of how many pictures.
    """

    first: Positions
    second: Positions
    distances: Distances
    count: int

    def groups(self, limit: float) -> list[list[int]]:
        """Pictures joined by chains of pairs up to the limit: at least two in a group, the largest group first."""
        parents = list(range(self.count))
        near = self.distances <= limit
        for one, other in zip(self.first[near].tolist(), self.second[near].tolist()):
            parents[find(parents, one)] = find(parents, other)
        members: dict[int, list[int]] = {}
        for position in np.unique(np.concatenate([self.first[near], self.second[near]])).tolist():
            members.setdefault(find(parents, position), []).append(position)
        return sorted(members.values(), key=lambda group: (-len(group), group))


def near_pairs(
    codes: Floats,
    limit: float,
    progress: Progress = silent,
    stopped: Stopped = never,
) -> Pairs:
    """All pairs of `[N, D]` up to `limit` apart, in units of the typical distance. Exact: every pair is looked at.

    Raises:
        InspectionError: There are more than two million such pairs.
        StoppedError: It was stopped.
    """
    searcher = Searcher(codes)
    typical, centre = searcher.typical_distance(), searcher.centre
    step = max(1, min(2048, CHUNK_BYTES // max(1, 4 * codes.shape[1])))
    found: list[tuple[Positions, Positions, Distances]] = []
    total = 0
    for start in range(0, len(codes), step):
        one = codes[start : start + step] - centre
        for other in range(start, len(codes), step):
            if stopped():
                raise StoppedError("the search for doubles was stopped.")
            found.append(_pairs_between(one, codes[other : other + step] - centre, start, other, limit * typical))
            total += len(found[-1][0])
            if total > LARGEST_PAIRS:
                raise InspectionError(f"a limit of {limit:g} makes almost everything a double; choose a smaller one.")
        progress(min(start + step, len(codes)), len(codes))
    first, second, gaps = (np.concatenate(parts) for parts in zip(*found))
    return Pairs(first, second, (gaps / typical).astype(np.float32), len(codes))


def _pairs_between(
    one: Floats, two: Floats, start: int, other: int, limit: float
) -> tuple[Positions, Positions, Distances]:
    """Pairs between two chunks of centred codes, which begin at positions `start` and `other`."""
    lengths_1, lengths_2 = np.einsum("nd,nd->n", one, one), np.einsum("nd,nd->n", two, two)
    sums = lengths_1[:, None] + lengths_2
    near = sums - 2 * (one @ two.T) <= limit**2 + SLACK * sums
    rows, columns = np.nonzero(np.triu(near, 1) if start == other else near)
    gaps = np.empty(len(rows), np.float32)
    block = max(1, CHUNK_BYTES // max(1, 4 * one.shape[1]))
    for begin in range(0, len(rows), block):
        part = slice(begin, begin + block)
        gaps[part] = np.linalg.norm(one[rows[part]] - two[columns[part]], axis=1)
    kept = gaps <= limit
    return rows[kept] + start, columns[kept] + other, gaps[kept]


def _smallest(values: Distances, positions: Positions, count: int) -> tuple[Distances, Positions]:
    """The `count` smallest of each row with their positions, rising; equal ones in the order of their positions."""
    if values.shape[1] > count:
        chosen = np.argpartition(values, count - 1, axis=1)[:, :count]
        values, positions = np.take_along_axis(values, chosen, 1), np.take_along_axis(positions, chosen, 1)
    order = np.lexsort((positions, values), axis=1)
    return np.take_along_axis(values, order, 1), np.take_along_axis(positions, order, 1)
