"""Directions turned so that they move their own property and little else.

What a direction moves is read from pictures: codes are moved, decoded, encoded again and given to every probe. Along
the plain effect of a property other probes follow too, since decoder and encoder are not linear and probes not perfect.
So a direction is first projected by how probes follow small steps along each axis (`aim`), and then corrected, round
after round, by what it is seen to move itself (`isolate`).
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from export.runtime import Graph
from export.sampling import spread
from export.statistics.encoding import Codes
from export.statistics.latents import LatentStatistics
from trainer.data.dataset import Progress

# What follows a direction differs from picture to picture. Over 16 of them the largest of fifty leaks is partly chance:
# on the shipped characters the same directions had a largest leak of 0.78 over 16 and of 0.32 over 64 held-out ones.
PICTURES = 48
AT_ONCE_PIXELS = 1 << 18  # through one graph: 16 pictures of 128x128
STEP = 1.0  # how far codes are moved to see what follows, in the latents' deviations along the direction
# How much it counts to stay near the plain effect, beside how much the probes of other factors move. On the built-in
# characters, over 32 concepts and pictures not used here, the largest leak was 0.24 on average for the plain effects,
# 0.17 with 1, 0.11 with 0.1 (cosine to the plain effect 0.95) and 0.08 with 0 (0.71, and some moved nearly nothing).
CLOSENESS = 0.1
ROUNDS = 6  # the most corrections by what a direction was seen to move
PATIENCE = (
    2  # corrections in a row that are no better; of 33 directions of the characters none gets better after as many
)
CLEAN = 0.1  # a direction that leaks no more than this is left as it is
GAIN = 0.7  # of what a correction promises; the rest is left to the next round, as graphs are not linear
RIDGE = 0.1  # so that probes that nearly follow each other do not ask for long corrections

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """A property's factor, its plain effect on whitened coordinates [K], and the weights [K] of its probe.

    The probe gives readings in their standard deviations.
    """

    factor: str
    effect: Floats
    probe: Floats


class Mover:
    """Moves a few codes along a direction, and looks at what has become of their pictures."""

    def __init__(self, codes: Codes, statistics: LatentStatistics, graphs: tuple[Graph, Graph]) -> None:
        self._statistics = statistics
        self._encoder, self._decoder = graphs
        self._shape = codes.shape
        self._codes = codes.latents[spread(len(codes.latents), PICTURES)]
        picture = self._decoder(self._codes[:1].reshape(-1, *self._shape))
        self._at_once = max(1, AT_ONCE_PIXELS // max(1, picture.size // 3))
        self._before = self._look(self._codes)

    def change(self, direction: Floats) -> Floats:
        """The mean change of whitened coordinates [K] when codes move by one deviation along a direction [D]."""
        moved = self._codes + (STEP * self._statistics.deviation_along(direction) * direction).astype(np.float32)
        return self._look(moved) - self._before

    def step(self, whitened: Floats) -> tuple[Floats, Floats]:
        """How far a step along a direction of whitened coordinates [K] leads in them, and what it changes: [K] each."""
        direction = self._statistics.direction(whitened)
        along = STEP * self._statistics.deviation_along(direction)
        led = (self._statistics.axes.astype(np.float64) @ direction) * along / self._statistics.spread
        return led, self.change(direction)

    def changes(self, progress: Progress) -> Floats:
        """The same for every axis: [K, K], a column for each, per deviation.

        Args:
            progress: Told how many axes are tried.

        Raises:
            GraphError: A graph does not run.
        """
        axes = self._statistics.axes.astype(np.float64)
        columns = []
        for done, axis in enumerate(axes, start=1):
            columns.append(self.change(axis) / STEP)
            progress("Trying axes for concepts", done, len(axes))
        return np.stack(columns, axis=1)

    def _look(self, latents: NDArray[np.float32]) -> Floats:
        """Mean whitened coordinates of the pictures that these latents become."""
        # Side by side: a graph of small pictures makes less of several cores than several graphs do.
        cores = os.cpu_count() or 1
        rounds = math.ceil(len(latents) / (cores * self._at_once))  # as many pictures for every core
        parts = np.array_split(latents, min(len(latents), cores * rounds))
        with ThreadPoolExecutor(cores) as pool:
            again = np.concatenate(list(pool.map(self._there_and_back, parts)))
        whitened = self._statistics.whiten(Codes(again, np.arange(len(again)), self._shape))
        mean: Floats = whitened.mean(axis=0, dtype=np.float64)
        return mean

    def _there_and_back(self, latents: NDArray[np.float32]) -> NDArray[np.float32]:
        """The latents of the pictures that these latents become: [N, D] -> [N, D]."""
        return self._encoder(self._decoder(latents.reshape(-1, *self._shape))).reshape(len(latents), -1)


def isolate(readings: Sequence[Reading], mover: Mover, progress: Progress) -> list[Floats]:
    """A direction [K] for each property, of any length, that moves its own probe and keeps those of other factors.

    Args:
        readings: Of every property.
        mover: Of pictures trained on.
        progress: Told how many axes, and then how many properties, are tried.

    Raises:
        GraphError: A graph does not run.
    """
    changes = mover.changes(progress)
    directions = []
    for own, aimed in enumerate(aim(readings, changes)):
        directions.append(isolated(aimed, readings, own, changes, mover))
        progress("Isolating concepts", own + 1, len(readings))
    return directions


def isolated(aimed: Floats, readings: Sequence[Reading], own: int, changes: Floats, mover: Mover) -> Floats:
    """The direction [K] that was seen to leak least, of an aimed one and its corrections.

    Args:
        aimed: [K], to begin with.
        readings: Of every property.
        own: Which property's direction it is.
        changes: [K, K], as `Mover.changes` gives.
        mover: Of pictures trained on.

    Raises:
        GraphError: A graph does not run.
    """
    probes = np.stack([each.probe for each in readings])
    others = [index for index, other in enumerate(readings) if other.factor != readings[own].factor]
    best, least = aimed, np.inf
    direction, stale = aimed, 0
    for _ in range(ROUNDS + 1):
        led, change = mover.step(direction)
        seen = probes @ change
        leak = np.abs(seen[others]).max(initial=0.0) / seen[own] if seen[own] > 0 else np.inf
        stale += 1
        if leak < least:
            best, least, stale = direction, leak, 0
        if least <= CLEAN or stale == PATIENCE:
            break
        direction = led + GAIN * _correction(readings, own, probes @ changes, seen)
    return best


def _correction(readings: Sequence[Reading], own: int, moved: Floats, seen: Floats) -> Floats:
    """The shortest change of a direction [K] that, by small steps, takes back what other factors' probes were seen to
    move, and leaves its own.

    Args:
        readings: Of every property.
        own: Which property's direction it is.
        moved: [P, K], how probes follow a small step along each axis.
        seen: [P], how they followed the direction.
    """
    others = [index for index, other in enumerate(readings) if other.factor != readings[own].factor]
    follows = moved[[*others, own]]
    wanted = np.append(-seen[others], 0.0)
    correction: Floats = follows.T @ np.linalg.solve(follows @ follows.T + RIDGE * np.eye(len(wanted)), wanted)
    return correction


def aim(readings: Sequence[Reading], changes: Floats) -> list[Floats]:
    """A direction [K] for each property, of any length.

    With m_i the change of probe i by a small step along each axis, it is the d that makes

        sum over probes o of other factors (m_o d)² + CLOSENESS |d - e|²     with m d = 1

    least, e being the property's effect, scaled to m e = 1. A property whose effect its own probe does not follow keeps
    the effect.

    Args:
        readings: Of every property.
        changes: [K, K], as `Mover.changes` gives.
    """
    moved = np.stack([each.probe for each in readings]) @ changes
    directions = []
    for own, each in enumerate(readings):
        follows = float(moved[own] @ each.effect)
        if follows <= 0:
            directions.append(each.effect)
            continue
        others = moved[[index for index, other in enumerate(readings) if other.factor != each.factor]]
        inverse = np.linalg.inv(others.T @ others + CLOSENESS * np.eye(len(changes)))
        free = CLOSENESS * inverse @ (each.effect / follows)  # the least without the condition
        towards = inverse @ moved[own]
        directions.append(free + towards * (1 - moved[own] @ free) / (moved[own] @ towards))
    return directions
