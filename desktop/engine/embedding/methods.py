"""Maps that keep neighbours together, by t-SNE or UMAP where these are installed, and back from a point to a code."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import importlib.util
import warnings
from collections.abc import Callable
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from desktop.engine.embedding.plane import Plane, principal_axes
from desktop.engine.errors import InspectionError, StoppedError
from desktop.engine.gaussian import Floats
from desktop.engine.machine.extras import install_line
from desktop.engine.similarity.neighbours import Searcher
from desktop.engine.watch import Progress, Stopped, never, silent

Method = Literal["tsne", "umap"]
METHODS: tuple[Method, ...] = get_args(Method)
LIBRARIES: dict[Method, tuple[str, str, str]] = {
    "tsne": ("openTSNE", "openTSNE", "map"),
    "umap": ("umap", "umap-learn", "umap"),
}
"""The module, the name that people know it by, and the extra that installs it."""

LARGEST_INPUT = 50  # principal coordinates that neighbours are found by
NEAREST = 6  # pictures that a point between them is mixed from
ITERATIONS = 250, 500  # of the early exaggeration, and after it
TOLD_EVERY = 10  # iterations
EPOCHS = 300  # of UMAP
NEIGHBOURS = 15  # whose distances UMAP keeps
FEWEST = 10  # pictures
LARGEST_WHOLE = 50_000  # pictures that are all laid out together; of more, a sample is, and the rest placed into it
SAMPLE = 20_000
PLACED_BY = 6  # pictures of the sample that place another one
PLACED_AT_ONCE = 4096
PERPLEXITY = 30.0

Points = NDArray[np.float64]


@dataclasses.dataclass(frozen=True, eq=False)
class Embedding(Plane):
    """Where each code lies on a map that is no plane through them.

    Attributes:
        codes: float32 `[N, D]`, of the pictures on it.
        method: How it was made.
    """

    codes: Floats
    method: Method

    def code(self, x: float, y: float) -> Floats:
        """The code `[D]` of a point: the mean of the six nearest pictures', weighed by the inverse of their squared
        distance (D. Shepard, A two-dimensional interpolation function for irregularly-spaced data, 1968)."""
        squares = np.square(self.points - np.array([x, y], np.float32)).sum(axis=1)
        count = min(NEAREST, len(squares))
        nearest = np.argpartition(squares, count - 1)[:count]
        weights = 1 / (squares[nearest] + 1e-9 * (1 + np.square(self.points).max()))
        mixed: Floats = (weights / weights.sum()).astype(np.float32) @ self.codes[nearest]
        return mixed


def is_installed(method: Method) -> bool:
    """Whether what it needs is."""
    return importlib.util.find_spec(LIBRARIES[method][0]) is not None


def embed(codes: Floats, method: Method, progress: Progress = silent, stopped: Stopped = never) -> Embedding:
    """A map of `[N, D]` from a fixed seed.

    Of more than `LARGEST_WHOLE` codes an evenly spread sample is laid out, and every other one placed among those of
    the sample that are nearest to it.

    It begins at the principal plane, as D. Kobak and P. Berens advise (The art of using t-SNE for single-cell
    transcriptomics, 2019; for UMAP D. Kobak and G. Linderman, 2021), so that all maps have the same sides.

    Raises:
        InspectionError: The library is not installed, or there are fewer than ten pictures.
        StoppedError: It was stopped.
    """
    module, name, extra = LIBRARIES[method]
    if not is_installed(method):
        raise InspectionError("this map needs {name}: {command}", name=name, command=install_line(extra))
    if len(codes) < FEWEST:
        raise InspectionError("this map needs at least {fewest} pictures.", fewest=FEWEST)
    mean, axes, _ = principal_axes(codes, LARGEST_INPUT)
    whole = len(codes) <= LARGEST_WHOLE
    sample = codes if whole else codes[np.linspace(0, len(codes) - 1, SAMPLE).astype(np.int64)]
    reduced: Floats = ((sample - mean) @ axes.T).astype(np.float32)
    start = np.array(reduced[:, :2], np.float64)
    start += np.random.default_rng(0).normal(0, 1e-4 * max(float(start.std()), 1e-9), start.shape)  # none on another
    progress(0, 0)  # the library may take a while to open
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # umap's remark that TensorFlow is missing
        library: Any = importlib.import_module(module)
    _raise_if(stopped)
    points = np.asarray(MAKERS[method](library, reduced, start, progress, stopped), np.float32)
    _raise_if(stopped)
    if not whole:
        points = _placed(codes, mean, axes, Searcher(reduced), points, progress, stopped)
    return Embedding(mean, axes[:2], points, float("nan"), codes, method)


def _placed(
    codes: Floats, mean: Floats, axes: Floats, sample: Searcher, points: Floats, progress: Progress, stopped: Stopped
) -> Floats:
    """A point for every code: the mean of those of the nearest in the sample, weighed as in `Embedding.code`."""
    found = np.empty((len(codes), 2), np.float32)
    for start in range(0, len(codes), PLACED_AT_ONCE):
        _raise_if(stopped)
        part = slice(start, start + PLACED_AT_ONCE)
        reduced: Floats = ((codes[part] - mean) @ axes.T).astype(np.float32)
        gaps, near = sample.nearest(reduced, PLACED_BY)
        weights = 1 / (np.square(gaps) + 1e-9 * (1 + np.square(gaps).max()))  # one of the sample keeps its own point
        found[part] = np.einsum("nk,nkd->nd", weights / weights.sum(axis=1, keepdims=True), points[near])
        progress(min(start + PLACED_AT_ONCE, len(codes)), len(codes))
    return found


def _by_tsne(library: Any, reduced: Floats, start: Points, progress: Progress, stopped: Stopped) -> Any:
    """L. van der Maaten and G. Hinton, Visualizing data using t-SNE, 2008."""
    done = 0

    def watch(*_: object) -> bool:
        nonlocal done
        done += TOLD_EVERY
        progress(min(done, sum(ITERATIONS)), sum(ITERATIONS))
        return stopped()

    early, late = ITERATIONS
    tsne = library.TSNE(
        perplexity=min(PERPLEXITY, (len(reduced) - 1) / 3),
        initialization=library.initialization.rescale(start),
        early_exaggeration_iter=early,
        n_iter=late,
        random_state=0,
        callbacks=watch,
        callbacks_every_iters=TOLD_EVERY,
    )
    return tsne.fit(reduced)


def _by_umap(library: Any, reduced: Floats, start: Points, progress: Progress, stopped: Stopped) -> Any:
    """L. McInnes, J. Healy and J. Melville, UMAP: uniform manifold approximation and projection, 2018.

    It has no callback; but the bar that it draws with tqdm goes to a file, and that one counts, and stops it.
    """
    reducer = library.UMAP(
        n_neighbors=min(NEIGHBOURS, len(reduced) - 1),
        init=(10 * start / max(float(np.abs(start).max()), 1e-9)).astype(np.float32),
        n_epochs=EPOCHS,
        random_state=0,
        n_jobs=1,  # what a fixed seed comes to, and said so in a warning
        tqdm_kwds={"disable": False, "file": _Bar(progress, stopped), "bar_format": "{n}", "mininterval": 0},
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return reducer.fit_transform(reduced)


class _Bar:
    """The file that tqdm draws a bar to, which is the number of epochs done and nothing else."""

    def __init__(self, progress: Progress, stopped: Stopped) -> None:
        self._progress, self._stopped = progress, stopped

    def write(self, text: str) -> None:
        _raise_if(self._stopped)
        with contextlib.suppress(ValueError):  # ends of lines
            self._progress(int(text.strip()), EPOCHS)

    def flush(self) -> None:
        """There is nothing to."""


def _raise_if(stopped: Stopped) -> None:
    if stopped():
        raise StoppedError("the map was stopped.")


MAKERS: dict[Method, Callable[[Any, Floats, Points, Progress, Stopped], Any]] = {"tsne": _by_tsne, "umap": _by_umap}
