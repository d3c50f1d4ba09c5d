"""Morphs along a path on the map: its points, their codes, and the pictures of those."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.embedding.plane import Plane
from desktop.engine.errors import StoppedError
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels
from desktop.engine.watch import Progress, Stopped, never, silent

FRAMES_PER_SECOND = 12


def along(corners: NDArray[np.floating], steps: int) -> NDArray[np.float64]:
    """Points of the map along straight lines through `[V, 2]`: `steps` from each corner to the next, and the last."""
    shares = np.arange(steps)[:, None] / steps
    lines = [first + shares * (second - first) for first, second in itertools.pairwise(corners)]
    return np.concatenate([*lines, corners[-1:]]).astype(np.float64)


def ping_pong_codes(plane: Plane, points: NDArray[np.floating]) -> list[Floats]:
    """The codes `[D]` of the points of a path `[P, 2]`, and back, as a morph goes."""
    codes = [plane.code(x, y) for x, y in points.tolist()]
    return [*codes, *reversed(codes)]


def decoded(
    model: Autoencoder,
    shape: tuple[int, ...],
    codes: Sequence[Floats],
    progress: Progress = silent,
    stopped: Stopped = never,
) -> Iterator[Pixels]:
    """The pictures of codes of D numbers, one after another; `shape` is what the model takes.

    Raises:
        StoppedError: It was stopped.
        ModelError: The model does not run.
    """
    for number, code in enumerate(codes):
        if stopped():
            raise StoppedError("the film was cancelled.")
        progress(number, len(codes))
        yield model.decode(code.reshape(1, *shape))[0]
