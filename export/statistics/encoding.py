"""The latents of many pictures, in memory where they fit and in a temporary file where they do not."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from export.errors import ExportError
from export.runtime import Graph
from export.sampling import batches, spread
from trainer.data import Pictures
from trainer.data.dataset import Progress

# How many pictures are encoded: enough for percentiles, and few enough for the time and the disk that they take.
LARGEST_SAMPLE = 10_000
LARGEST_NUMBERS = 1 << 27  # 512 MiB
SMALLEST_SAMPLE = 1_024  # for the widest latents, past LARGEST_NUMBERS

NUMBERS_IN_MEMORY = 1 << 24  # 64 MiB; more are kept in a file and read in blocks
BLOCK_NUMBERS = 1 << 22


@dataclass(frozen=True)
class Codes:
    """The latents of some pictures, flattened."""

    latents: NDArray[np.float32]
    """[N, D]; memory-mapped where they are many."""
    rows: NDArray[np.int64]
    """[N]: which row of `Pictures.pixels` each came from."""
    shape: tuple[int, ...]
    """Of one latent before it was flattened: [D], or [C, h, w]."""

    @property
    def in_memory(self) -> bool:
        """Whether all of them may be taken into memory at once."""
        return self.latents.size <= NUMBERS_IN_MEMORY

    def some(self, limit: int) -> Codes:
        """At most so many of them, evenly spread."""
        chosen = spread(len(self.latents), limit)
        return Codes(self.latents[chosen], self.rows[chosen], self.shape)

    def blocks(self) -> Iterator[tuple[slice, NDArray[np.float64]]]:
        """A few at a time, with where they stand: float64 [B, D]."""
        step = max(1, BLOCK_NUMBERS // self.latents.shape[1])
        for start in range(0, len(self.latents), step):
            where = slice(start, min(start + step, len(self.latents)))
            yield where, self.latents[where].astype(np.float64)


def encode_sample(
    encoder: Graph, pictures: Pictures, what: str, progress: Progress, limit: int = LARGEST_SAMPLE
) -> Codes:
    """Encodes an evenly spread sample, always the same: at most `limit` pictures, fewer where latents are wide.

    Args:
        encoder: The exported encoder.
        pictures: At least one.
        what: What is being done, for people.
        progress: Told how many pictures are encoded.
        limit: The most pictures.

    Raises:
        GraphError: The graph does not run.
        ExportError: The latents are not finite.
    """
    first = encoder(pictures.batch(slice(0, 1)))
    positions = spread(len(pictures), min(limit, max(SMALLEST_SAMPLE, LARGEST_NUMBERS // first.size)))
    latents = _room(len(positions), first.size)
    done = 0
    for batch in batches(pictures, positions):
        latents[done : done + len(batch)] = encoder(batch).reshape(len(batch), -1)
        if not np.isfinite(latents[done : done + len(batch)]).all():
            raise ExportError("The encoder gives values that are not finite for some of the pictures. Train again.")
        done += len(batch)
        progress(what, done, len(positions))
    return Codes(latents, pictures.rows[positions], first.shape[1:])


def _room(count: int, width: int) -> NDArray[np.float32]:
    """An array to fill; a large one lives in a file without a name, gone with the array."""
    if count * width <= NUMBERS_IN_MEMORY:
        return np.empty((count, width), np.float32)
    with tempfile.TemporaryFile() as file:  # the map keeps it open by itself
        return np.memmap(file, np.float32, "w+", shape=(count, width))
