"""A map that keeps neighbours together: t-SNE by openTSNE, where it is installed, and back from a point to a code."""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
from typing import Any

import numpy as np

from desktop.engine.errors import InspectionError, StoppedError
from desktop.engine.inspect.gaussian import Floats
from desktop.engine.inspect.plane import Plane, principal_axes
from desktop.engine.inspect.watching import Progress, Stopped, never, silent

LARGEST_INPUT = 50  # principal coordinates that neighbours are found by
NEAREST = 6  # pictures that a point between them is mixed from
ITERATIONS = 250, 500  # of the early exaggeration, and after it
TOLD_EVERY = 10  # iterations
FEWEST = 10  # pictures
PERPLEXITY = 30.0


@dataclasses.dataclass(frozen=True, eq=False)
class Embedding(Plane):
    """Where each code lies on a map that is no plane through them.

    Attributes:
        codes: float32 `[N, D]`, of the pictures on it.
    """

    codes: Floats

    def code(self, x: float, y: float) -> Floats:
        """The code `[D]` of a point: the mean of the six nearest pictures', weighed by the inverse of their squared
        distance (D. Shepard, A two-dimensional interpolation function for irregularly-spaced data, 1968)."""
        squares = np.square(self.points - np.array([x, y], np.float32)).sum(axis=1)
        count = min(NEAREST, len(squares))
        nearest = np.argpartition(squares, count - 1)[:count]
        weights = 1 / (squares[nearest] + 1e-9 * (1 + np.square(self.points).max()))
        mixed: Floats = (weights / weights.sum()).astype(np.float32) @ self.codes[nearest]
        return mixed


def is_installed() -> bool:
    """Whether openTSNE is."""
    return importlib.util.find_spec("openTSNE") is not None


def embed(codes: Floats, progress: Progress = silent, stopped: Stopped = never) -> Embedding:
    """t-SNE of `[N, D]` from a fixed seed: L. van der Maaten and G. Hinton, Visualizing data using t-SNE, 2008.

    It begins at the principal plane, as D. Kobak and P. Berens advise (The art of using t-SNE for single-cell
    transcriptomics, 2019), so that the two maps have the same sides.

    Raises:
        InspectionError: openTSNE is not installed, or there are fewer than ten pictures.
        StoppedError: It was stopped.
    """
    if not is_installed():
        raise InspectionError("this map needs openTSNE: pip install 'convae[map]'.")
    if len(codes) < FEWEST:
        raise InspectionError(f"this map needs at least {FEWEST} pictures.")
    library: Any = importlib.import_module("openTSNE")
    mean, axes, _ = principal_axes(codes, LARGEST_INPUT)
    reduced = (codes - mean) @ axes.T
    start = np.array(reduced[:, :2], np.float64)
    start += np.random.default_rng(0).normal(0, 1e-4 * max(float(start.std()), 1e-9), start.shape)  # none on another
    done = 0

    def watch(*_: object) -> bool:
        nonlocal done
        done += TOLD_EVERY
        progress(min(done, sum(ITERATIONS)), sum(ITERATIONS))
        return stopped()

    early, late = ITERATIONS
    tsne = library.TSNE(
        perplexity=min(PERPLEXITY, (len(codes) - 1) / 3),
        initialization=library.initialization.rescale(start),
        early_exaggeration_iter=early,
        n_iter=late,
        random_state=0,
        callbacks=watch,
        callbacks_every_iters=TOLD_EVERY,
    )
    if stopped():
        raise StoppedError("the map was stopped.")
    points = np.asarray(tsne.fit(reduced), np.float32)
    if stopped():
        raise StoppedError("the map was stopped.")
    return Embedding(mean, axes[:2], points, float("nan"), codes)
