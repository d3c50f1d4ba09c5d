"""Directions are turned towards what moves their own property alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from export.runtime import Graph
from export.statistics.encoding import Codes
from export.statistics.isolation import (
    AT_ONCE_PIXELS,
    CLEAN,
    PATIENCE,
    PICTURES,
    ROUNDS,
    Mover,
    Reading,
    aim,
    isolate,
    isolated,
)
from export.statistics.latents import measure_latents
from trainer.data.dataset import Progress

WIDTH = 6
BEND = 0.8


class Mixing(Graph):
    """A graph that multiplies what it is given by a matrix."""

    def __init__(self, matrix: NDArray[Any]) -> None:
        super().__init__("mixing", None)  # type: ignore[arg-type]
        object.__setattr__(self, "matrix", matrix)

    def __call__(self, batch: NDArray[Any]) -> NDArray[Any]:
        mixed: NDArray[Any] = batch @ self.matrix.T  # type: ignore[attr-defined]
        return mixed


class Bending(Graph):
    """A graph that adds the product of the first two numbers to the third, and is else the same."""

    def __init__(self) -> None:
        super().__init__("bending", None)  # type: ignore[arg-type]

    def __call__(self, batch: NDArray[Any]) -> NDArray[Any]:
        bent = batch.copy()
        bent[:, 2] += BEND * batch[:, 0] * batch[:, 1]
        return bent


@pytest.fixture
def readings() -> list[Reading]:
    """Three properties of two factors, with probes that look at an axis each, and effects that point at two."""
    probes = np.eye(WIDTH)[:3]
    effects = probes + 0.6 * np.roll(probes, 1, axis=0)
    return [Reading(factor, *pair) for factor, pair in zip(("a", "a", "b"), zip(effects, probes))]


def test_a_direction_moves_its_own_probe_by_one_and_others_less(readings: list[Reading]) -> None:
    """Less than the plain effect moves that of another factor, in a world that mixes axes; it stays near the effect."""
    changes = np.eye(WIDTH) + 0.1 * np.random.default_rng(0).standard_normal((WIDTH, WIDTH))
    for each, direction in zip(readings, aim(readings, changes)):
        moved = {index: other.probe @ changes @ direction for index, other in enumerate(readings)}
        plain = {index: other.probe @ changes @ each.effect for index, other in enumerate(readings)}
        own = next(index for index, other in enumerate(readings) if other is each)
        assert moved[own] == pytest.approx(1)
        for index, other in enumerate(readings):
            if other.factor != each.factor and abs(plain[index]) > 0.2:
                assert abs(moved[index]) < 0.4 * abs(plain[index] / plain[own])
        assert direction @ each.effect > 0.5 * np.linalg.norm(direction) * np.linalg.norm(each.effect)


def test_values_of_the_same_factor_may_move_together(readings: list[Reading]) -> None:
    """Where no other factor is read, the effect is right as it is."""
    alone = readings[:2]
    for each, direction in zip(alone, aim(alone, np.eye(WIDTH))):
        np.testing.assert_allclose(direction, each.effect / (each.probe @ each.effect), atol=1e-12)


def test_a_property_that_does_not_follow_keeps_its_effect(readings: list[Reading]) -> None:
    """There is nothing to aim by where the decoder is deaf."""
    for each, direction in zip(readings, aim(readings, np.zeros((WIDTH, WIDTH)))):
        np.testing.assert_array_equal(direction, each.effect)


def test_changes_are_those_of_both_graphs(silent: Progress) -> None:
    """In a linear world, in whitened coordinates, the matrix of both graphs, whatever the pictures."""
    random = np.random.default_rng(1)
    codes = Codes(random.standard_normal((400, WIDTH)).astype(np.float32), np.arange(400), (WIDTH,))
    same = Mixing(np.eye(WIDTH, dtype=np.float32))
    mixing = Mixing((np.eye(WIDTH) + 0.2 * random.standard_normal((WIDTH, WIDTH))).astype(np.float32))
    statistics = measure_latents(codes, same, silent)
    changes = Mover(codes, statistics, (mixing, same)).changes(silent)
    axes, spread = statistics.axes.astype(np.float64), statistics.spread.astype(np.float64)
    expected = axes @ mixing.matrix @ axes.T * spread / spread[:, None]  # type: ignore[attr-defined]
    np.testing.assert_allclose(changes, expected, atol=1e-4)


class Drawing(Graph):
    """A decoder of large pictures, which keeps how many it was asked for at a time."""

    def __init__(self, side: int) -> None:
        super().__init__("drawing", None)  # type: ignore[arg-type]
        object.__setattr__(self, "side", side)
        object.__setattr__(self, "counts", [])

    def __call__(self, batch: NDArray[Any]) -> NDArray[Any]:
        self.counts.append(len(batch))  # type: ignore[attr-defined]
        side: int = self.side  # type: ignore[attr-defined]
        return np.broadcast_to(batch[:, :1, None, None].astype(np.uint8), (len(batch), side, side, 3))


class Averaging(Graph):
    """An encoder that has the mean of a picture for each of the numbers."""

    def __init__(self) -> None:
        super().__init__("averaging", None)  # type: ignore[arg-type]

    def __call__(self, batch: NDArray[Any]) -> NDArray[Any]:
        mean = batch[:, 0, 0, :1].astype(np.float32)
        return np.repeat(mean, WIDTH, axis=1)


@pytest.mark.parametrize("side", [8, 256])
def test_large_pictures_go_through_few_at_a_time(side: int, silent: Progress) -> None:
    """Memory is bounded by pixels, every picture is looked at once, and what comes of them does not depend on that."""
    codes = Codes(np.tile(np.arange(64, dtype=np.float32)[:, None], (1, WIDTH)), np.arange(64), (WIDTH,))
    statistics = measure_latents(codes, Mixing(np.eye(WIDTH, dtype=np.float32)), silent)
    decoder = Drawing(side)
    mover = Mover(codes, statistics, (Averaging(), decoder))
    first, *looked_at = decoder.counts  # type: ignore[attr-defined]
    assert (first, sum(looked_at)) == (1, PICTURES)
    assert max(looked_at) <= max(1, AT_ONCE_PIXELS // side**2)
    np.testing.assert_allclose(mover.change(np.zeros(WIDTH)), 0, atol=1e-6)


class Scripted(Mover):
    """Tells of each direction in turn that it moves its own probe by one and the other one by so much."""

    def __init__(self, leaks: list[float]) -> None:
        self.leaks = leaks
        self.seen: list[NDArray[np.float64]] = []

    def step(self, whitened: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        self.seen.append(whitened)
        return whitened, np.array([1.0, self.leaks[len(self.seen) - 1]])


@pytest.mark.parametrize(
    ("leaks", "kept"),
    [
        ([CLEAN / 2], 0),
        ([0.5, 0.3, CLEAN], 2),
        ([0.5, *[0.9] * PATIENCE], 0),
        ([0.9, 0.4, *[0.5] * PATIENCE], 1),
        ([-0.9, 0.4, *[-0.5] * PATIENCE], 1),
        ([0.9, *[1.0] * (PATIENCE - 1), 0.4, *[0.5] * PATIENCE], PATIENCE),
        ([0.9 - 0.1 * number for number in range(ROUNDS + 1)], ROUNDS),
    ],
)
def test_the_direction_that_leaks_least_is_kept(leaks: list[float], kept: int) -> None:
    """A clean direction is left as it is, corrections end with the first clean one or when two in a row are no better,
    and worse ones are dropped."""
    mover = Scripted(leaks)
    both = [Reading("own", np.eye(2)[0], np.eye(2)[0]), Reading("other", np.eye(2)[1], np.eye(2)[1])]
    found = isolated(np.array([1.0, 0.7]), both, 0, np.eye(2), mover)
    assert len(mover.seen) == len(leaks)
    assert np.array_equal(found, mover.seen[kept])


def test_what_steps_along_axes_do_not_show_is_corrected(silent: Progress) -> None:
    """In a world that bends, a direction between two axes moves a third number that neither axis moves: aimed by axes
    it leaks, isolated it leaks no more than is called clean, and its own probe still follows."""
    random = np.random.default_rng(2)
    codes = Codes(random.standard_normal((400, WIDTH)).astype(np.float32), np.arange(400), (WIDTH,))
    same = Mixing(np.eye(WIDTH, dtype=np.float32))
    statistics = measure_latents(codes, same, silent)
    mover = Mover(codes, statistics, (Bending(), same))
    whitened = statistics.axes.astype(np.float64) / statistics.spread[:, None]  # of the latent's own numbers: columns
    own, other = whitened[:, 0] + whitened[:, 1], whitened[:, 2]
    readings = [Reading("own", own, own), Reading("other", other, other)]

    def leak(direction: NDArray[np.float64]) -> tuple[float, float]:
        _, change = mover.step(direction)
        return abs(float(other @ change)), float(own @ change)

    aimed, _ = leak(aim(readings, mover.changes(silent))[0])
    left, follows = leak(isolate(readings, mover, silent)[0])
    assert aimed > 0.3
    assert left <= CLEAN * follows
    assert follows > 0.5
