"""Exact nearest neighbours among codes, and groups of near-duplicates.

No library stands behind it: figures beside usearch are in `desktop/MEASUREMENTS.md`. Beyond `LARGEST_EXACT` codes an
approximate index finds the candidates: see `approximate`.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import StoppedError
from desktop.engine.gaussian import Floats
from desktop.engine.similarity.union_find import find
from desktop.engine.watch import Progress, Stopped, never, silent

CHUNK_BYTES = 16 << 20
LARGEST_PAIRS = 2_000_000
TYPICAL_PAIRS = 4000
LARGEST_QUERIES = 256  # at once
LARGEST_PRODUCTS = 4 << 20  # of queries with codes, at once in each thread
FEWEST_BLOCKS = 4  # of codes, from which on threads share them
SLACK = 1e-5  # of the squared lengths: what float32 loses when two of them are subtracted

Distances = NDArray[np.float32]
Positions = NDArray[np.int64]


class Searcher:
    """Exact Euclidean search among `[N, D]`, in chunks, so that codes on disk are never all in memory."""

    def __init__(self, codes: Floats) -> None:
        """`codes` float32 `[N, D]`, N at least 1; may be memory-mapped. Reads it once, for lengths and the centre."""
        self._codes = codes.view(np.ndarray)  # what numpy does with a memory map itself takes longer for each step
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
        blocks = -(-len(self._codes) // self._step)
        at_once = min(self._step, len(self._codes)) + blocks * self._wanted(count)
        step = max(1, min(LARGEST_QUERIES, LARGEST_PRODUCTS // at_once))
        parts = [self._nearest(queries[start : start + step], count) for start in range(0, len(queries), step)]
        distances, positions = zip(*parts)
        return np.concatenate(distances), np.concatenate(positions)

    def _wanted(self, count: int) -> int:
        """How many candidates are measured for so many neighbours."""
        return min(len(self._codes), 2 * count + 8)

    def _nearest(self, queries: Floats, count: int) -> tuple[Distances, Positions]:
        where = self._candidates(queries, self._wanted(count))
        exact = np.linalg.norm(self._codes[where] - queries[:, None], axis=2)
        return smallest(exact.astype(np.float32), where, min(count, where.shape[1]))

    def _candidates(self, queries: Floats, count: int) -> Positions:
        """The `count` nearest of each query but for float32's rounding, in no order.

        Each block of codes gives its own nearest, so that nothing is held that grows with all of them.
        """
        centred = queries - self.centre

        def block(start: int) -> tuple[Distances, Positions]:
            part = slice(start, start + self._step)
            products = (self._codes[part] @ centred.T).T  # a column for one query: read once, in order
            nearness = products * np.float32(-2) + self._lengths[part]
            return few(nearness, np.arange(start, start + nearness.shape[1]), count)

        found = _threaded(block, range(0, len(self._codes), self._step))
        values, positions = (np.concatenate(each, axis=1) for each in zip(*found))
        return few(values, positions, count)[1]

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
        limit: Every pair up to here is among them. Less than what was asked for where that were too many pairs.
        is_complete: Whether every pair was looked at, and not only the nearest of each picture that an index gave.
    """

    first: Positions
    second: Positions
    distances: Distances
    count: int
    limit: float
    is_complete: bool = True

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

    Where there are more than two million such pairs, those up to a smaller limit: the one in the answer.

    Raises:
        StoppedError: It was stopped.
    """
    searcher = Searcher(codes)
    typical, codes = searcher.typical_distance(), codes.view(np.ndarray)
    found = Found(np.float32(limit * typical))
    step = max(1, min(2048, CHUNK_BYTES // max(1, 4 * codes.shape[1])))
    for start in range(0, len(codes), step):
        one = codes[start : start + step] - searcher.centre
        for other in range(start, len(codes), step):
            if stopped():
                raise StoppedError("the search for duplicates was cancelled.")
            two = codes[other : other + step] - searcher.centre
            found.add(_pairs_between(one, two, start, other, found.limit))
        progress(min(start + step, len(codes)), len(codes))
    first, second, gaps = found.joined()
    reached = min(limit, float(found.limit) / typical)
    return Pairs(first, second, (gaps / np.float32(typical)).astype(np.float32), len(codes), reached)


_Part = tuple[Positions, Positions, Distances]


class Found:
    """Pairs up to a limit, which falls as soon as there are too many, so that memory stays flat."""

    def __init__(self, limit: np.float32) -> None:
        self.limit = limit
        self._parts: list[_Part] = []
        self._total = 0

    def add(self, part: _Part) -> None:
        """Takes pairs: first, second, and how far apart they are."""
        self._parts.append(part)
        self._total += len(part[0])
        if self._total > LARGEST_PAIRS:
            first, second, gaps = self.joined()
            self.limit = np.partition(gaps, LARGEST_PAIRS // 2)[LARGEST_PAIRS // 2]
            near = gaps < self.limit  # all of those at the limit might again be too many
            self._parts, self._total = [(first[near], second[near], gaps[near])], int(near.sum())
            self.limit = np.nextafter(self.limit, np.float32(0))

    def joined(self) -> _Part:
        """All of them that are kept."""
        first, second, gaps = (np.concatenate(parts) for parts in zip(*self._parts))
        return first, second, gaps


def _pairs_between(one: Floats, two: Floats, start: int, other: int, limit: np.float32) -> _Part:
    """Pairs between two chunks of centred codes, which begin at positions `start` and `other`.

    (1 - slack) (|a|^2 + |b|^2) - 2 a b is one matrix product, of codes with their lengths and a 1 behind them; what
    float32 loses in it is less than the slack, and the pairs that pass are measured by their true differences.
    """
    lengths_1, lengths_2 = (np.float32(1 - SLACK) * np.einsum("nd,nd->n", each, each) for each in (one, two))
    left = np.concatenate([-2 * one, lengths_1[:, None], np.ones((len(one), 1), np.float32)], axis=1)
    right = np.concatenate([two, np.ones((len(two), 1), np.float32), lengths_2[:, None]], axis=1)
    rows, columns = np.divmod(np.flatnonzero(left @ right.T <= limit**2), len(two))
    if start == other:
        rows, columns = rows[columns > rows], columns[columns > rows]
    gaps = np.empty(len(rows), np.float32)
    block = max(1, CHUNK_BYTES // max(1, 4 * one.shape[1]))
    for begin in range(0, len(rows), block):
        part = slice(begin, begin + block)
        gaps[part] = np.linalg.norm(one[rows[part]] - two[columns[part]], axis=1)
    kept = gaps <= limit
    return rows[kept] + start, columns[kept] + other, gaps[kept]


def _threaded(work: Callable[[int], tuple[Distances, Positions]], starts: range) -> list[tuple[Distances, Positions]]:
    """What work gives for each start, on as many threads as there are cores: numpy lets them run side by side."""
    if len(starts) < FEWEST_BLOCKS:
        return [work(start) for start in starts]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(work, starts))


def few(values: Distances, positions: Positions, count: int) -> tuple[Distances, Positions]:
    """The `count` smallest of each row `[Q, N]` with their positions `[N]` or `[Q, N]`, in no order."""
    positions = np.broadcast_to(positions, values.shape)
    if values.shape[1] <= count:
        return values, positions
    chosen = np.argpartition(values, count - 1, axis=1)[:, :count]
    return np.take_along_axis(values, chosen, 1), np.take_along_axis(positions, chosen, 1)


def smallest(values: Distances, positions: Positions, count: int) -> tuple[Distances, Positions]:
    """The `count` smallest of each row with their positions, rising; equal ones in the order of their positions."""
    values, positions = few(values, positions, count)
    order = np.lexsort((positions, values), axis=1)
    return np.take_along_axis(values, order, 1), np.take_along_axis(positions, order, 1)
