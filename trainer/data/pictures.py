"""Some of the pictures of a set, wherever their pixels come from, and batches of them prepared ahead."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

BATCHES_AHEAD = 2  # prepared while a step runs: one to go on with, one for a slow file


class Pixels(Protocol):
    """Pictures by their row: a memory-mapped array, or files that are decoded when they are asked for."""

    @property
    def shape(self) -> tuple[int, ...]:
        """(N, H, W, 3)."""

    def __getitem__(self, rows: NDArray[np.int64], /) -> NDArray[np.uint8]:
        """uint8 [B, H, W, 3] RGB, a copy."""


@dataclass(frozen=True)
class Pictures:
    """Some rows of a set of pictures."""

    pixels: Pixels
    """[N, H, W, 3] RGB: all pictures, these and others."""
    rows: NDArray[np.int64]
    """[M]: which of them are meant."""

    def __len__(self) -> int:
        return len(self.rows)

    def batch(self, positions: slice | NDArray[np.int64]) -> NDArray[np.uint8]:
        """Copies some pictures into memory: uint8 [B, H, W, 3] RGB."""
        return self.pixels[self.rows[positions]]


def batches_ahead(
    pictures: Pictures, positions: Iterable[NDArray[np.int64]]
) -> Generator[NDArray[np.uint8], None, None]:
    """The batch at each of the positions, in order; the next ones are prepared meanwhile on a thread of their own.

    Close the iterator (`contextlib.closing`) when it is left before its end, so that the thread ends with it.

    Args:
        pictures: What the positions count.
        positions: int64 [B] for each batch; looked at no further than two batches ahead.
    """
    waiting: deque[Future[NDArray[np.uint8]]] = deque()
    with ThreadPoolExecutor(1, thread_name_prefix="pictures") as worker:
        try:
            for each in positions:
                waiting.append(worker.submit(pictures.batch, each))
                if len(waiting) > BATCHES_AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
