"""From an index to what scores take: codes, kept scores and, where wanted, pixels."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from desktop.engine import pictures
from desktop.engine.anomaly.calibration import Values
from desktop.engine.anomaly.detector import Detector, Verdicts
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.anomaly.whole import Looker
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.encoding import READERS, batch_length, read_fitted
from desktop.engine.folder.index import Index, Rows
from desktop.engine.machine.blas import one_thread
from desktop.engine.pictures import Pixels
from desktop.engine.watch import Progress, Stopped, never, silent

LARGEST_GOOD = 1000  # pictures that a detector is fitted to
LARGEST_GOOD_BYTES = 128 << 20  # of their pixels
WHOLE_BATCH = 8  # whole pictures between two words of progress
WHOLE_READERS = 2  # whole pictures at once
ESTIMATED_SIDE = 512  # pixels of what the time is estimated from


def gather(index: Index, rows: Rows, model: Autoencoder | None = None, pixels: bool = True) -> Seen:
    """Some pictures of an index. With a model, reconstructed ones too, from their codes.

    Raises:
        PictureError: A file is gone or broken since it was indexed.
        InspectionError: The index is broken.
        ModelError: The model does not run.
    """
    codes = index.codes(rows)
    originals = reconstruction = None
    if pixels:
        originals = _read(index, rows)
    if model is not None:
        step = batch_length(index.size)
        parts = [model.decode(codes[start : start + step]) for start in range(0, len(codes), step)]
        reconstruction = (
            np.concatenate(parts) if parts else np.empty((0, index.size.height, index.size.width, 3), np.uint8)
        )
    return Seen(codes, index.stored(rows), originals, reconstruction)


def sample_rows(index: Index, rows: Rows) -> Rows:
    """Evenly spread rows, so few that a detector can hold their pixels: at most 1,000, and 128 MiB."""
    limit = min(LARGEST_GOOD, max(1, LARGEST_GOOD_BYTES // (3 * index.size.height * index.size.width)))
    if len(rows) <= limit:
        return rows
    return rows[np.linspace(0, len(rows) - 1, limit).round().astype(np.int64)]


def score_rows(
    detector: Detector,
    index: Index,
    rows: Rows,
    progress: Progress = silent,
    stopped: Stopped = never,
    looker: Looker | None = None,
) -> Verdicts:
    """Verdicts on many pictures of an index, read in batches. Stopped early, on the first of them alone.

    A detector that looks at whole pictures needs `looker`, and reads each again, a few at a time.

    Raises:
        PictureError, InspectionError: As `gather`.
    """
    parts: list[Verdicts] = []
    step = (WHOLE_BATCH if detector.local else 64) if detector.needs_pixels else 4096
    for chosen in _batches(rows, step):
        if stopped() and parts:
            break
        local = None if looker is None else look_at(detector, looker, index.paths(chosen))
        parts.append(detector.score(gather(index, chosen, pixels=detector.needs_pixels), local))
        progress(sum(len(part.anomalous) for part in parts), len(rows))
    return join(parts)


def look_at(detector: Detector, looker: Looker, paths: Sequence[Path]) -> dict[str, Values]:
    """What a detector's local scores find in whole pictures, `[N]` by name; two are in memory at once.

    Raises:
        PictureError: One cannot be read.
        ModelError: The model does not run.
    """
    if not detector.local:
        return {}

    def look(path: Path) -> dict[str, float]:
        return detector.look_at(looker.look(looker.read(path)))

    with one_thread(), ThreadPoolExecutor(WHOLE_READERS) as pool:
        found = list(pool.map(look, paths))
    return {name: np.array([each[name] for each in found]) for name in detector.local}


@dataclasses.dataclass(frozen=True)
class Cost:
    """What looking at whole pictures takes.

    Attributes:
        megapixels: Of all of them.
        seconds: Estimated from one of them, or a part of one.
    """

    megapixels: float
    seconds: float

    @property
    def words(self) -> str:
        """The time for people."""
        seconds = max(1, round(self.seconds))
        return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min {seconds % 60} s"


def estimate(detector: Detector, looker: Looker, paths: Sequence[Path]) -> Cost:
    """The time that whole pictures take, from that of a part of the first; sizes are read from their files' heads.

    Raises:
        PictureError: The first cannot be read.
    """
    part = looker.read(paths[0])[:ESTIMATED_SIDE, :ESTIMATED_SIDE]
    detector.look_at(looker.look(part))  # what is made ready once does not count
    started = time.perf_counter()
    detector.look_at(looker.look(part))
    each = (time.perf_counter() - started) / (part.shape[0] * part.shape[1])
    pixels = sum(pictures.size(path) for path in paths)
    return Cost(pixels / 1e6, each * pixels / min(WHOLE_READERS, os.cpu_count() or 1))


def join(parts: list[Verdicts]) -> Verdicts:
    """Verdicts on one batch after the other; at least one."""
    return Verdicts(
        {name: np.concatenate([part.scores[name] for part in parts]) for name in parts[0].scores},
        {name: np.concatenate([part.log_chances[name] for part in parts]) for name in parts[0].scores},
        np.concatenate([part.anomalous for part in parts]),
    )


def _batches(rows: Rows, step: int) -> Iterator[Rows]:
    for start in range(0, max(1, len(rows)), step):
        yield rows[start : start + step]


def _read(index: Index, rows: Rows) -> Pixels:
    paths = index.paths(rows)
    with ThreadPoolExecutor(READERS) as pool:
        found = list(pool.map(lambda path: read_fitted(path, index.size), paths))
    return np.stack(found) if found else np.empty((0, index.size.height, index.size.width, 3), np.uint8)
