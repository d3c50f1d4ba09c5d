"""From an index to what scores take: codes, kept scores and, where wanted, pixels."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from desktop.engine.anomaly.detector import Judge, Verdicts
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.folder.index import Index, Rows
from desktop.engine.folder.update import READERS, batch_length, read_fitted
from desktop.engine.pictures import Pixels
from desktop.engine.watch import Progress, Stopped, never, silent

LARGEST_GOOD = 1000  # pictures that a judge is fitted to
LARGEST_GOOD_BYTES = 128 << 20  # of their pixels


def gather(index: Index, rows: Rows, model: Autoencoder | None = None, pixels: bool = True) -> Seen:
    """Some pictures of an index. With a model, rebuilt ones too, from their codes.

    Raises:
        PictureError: A file is gone or broken since it was indexed.
        InspectionError: The index is broken.
        ModelError: The model does not run.
    """
    codes = index.codes(rows)
    originals = rebuilt = None
    if pixels:
        originals = _read(index, rows)
    if model is not None:
        step = batch_length(index.size)
        parts = [model.decode(codes[start : start + step]) for start in range(0, len(codes), step)]
        rebuilt = np.concatenate(parts) if parts else np.empty((0, index.size.height, index.size.width, 3), np.uint8)
    return Seen(codes, index.stored(rows), originals, rebuilt)


def sample_rows(index: Index, rows: Rows) -> Rows:
    """Evenly spread rows, so few that a judge can hold their pixels: at most 1,000, and 128 MiB."""
    limit = min(LARGEST_GOOD, max(1, LARGEST_GOOD_BYTES // (3 * index.size.height * index.size.width)))
    if len(rows) <= limit:
        return rows
    return rows[np.linspace(0, len(rows) - 1, limit).round().astype(np.int64)]


def judge_rows(
    judge: Judge,
    index: Index,
    rows: Rows,
    progress: Progress = silent,
    stopped: Stopped = never,
) -> Verdicts:
    """Verdicts on many pictures of an index, read in batches. Stopped early, on the first of them alone.

    Raises:
        PictureError, InspectionError: As `gather`.
    """
    parts: list[Verdicts] = []
    for chosen in _batches(rows, 64 if judge.needs_pixels else 4096):
        if stopped() and parts:
            break
        parts.append(judge.judge(gather(index, chosen, pixels=judge.needs_pixels)))
        progress(sum(len(part.odd) for part in parts), len(rows))
    return join(parts)


def join(parts: list[Verdicts]) -> Verdicts:
    """Verdicts on one batch after the other; at least one."""
    return Verdicts(
        {name: np.concatenate([part.scores[name] for part in parts]) for name in parts[0].scores},
        {name: np.concatenate([part.log_chances[name] for part in parts]) for name in parts[0].scores},
        np.concatenate([part.odd for part in parts]),
    )


def _batches(rows: Rows, step: int) -> Iterator[Rows]:
    for start in range(0, max(1, len(rows)), step):
        yield rows[start : start + step]


def _read(index: Index, rows: Rows) -> Pixels:
    paths = index.paths(rows)
    with ThreadPoolExecutor(READERS) as pool:
        found = list(pool.map(lambda path: read_fitted(path, index.size), paths))
    return np.stack(found) if found else np.empty((0, index.size.height, index.size.width, 3), np.uint8)
