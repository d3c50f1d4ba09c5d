"""Batches prepared ahead are those asked for, in order, and errors come through."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from trainer.data.pictures import BATCHES_AHEAD, Pictures, batches_ahead

PIXELS = np.arange(10, dtype=np.uint8)[:, None, None, None].repeat(3, axis=3)


class Broken:
    """Pictures that cannot be read."""

    shape = (4, 1, 1, 3)

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        raise OSError("gone")


def _positions(count: int, asked: list[int]) -> Iterator[NDArray[np.int64]]:
    for start in range(count):
        asked.append(start)
        yield np.array([start, start + 1])


def test_batches_come_in_order_and_not_too_early() -> None:
    """Each batch is the one at its positions, and no more than two are prepared ahead."""
    asked: list[int] = []
    pictures = Pictures(PIXELS, np.arange(9, -1, -1))
    for index, batch in enumerate(batches_ahead(pictures, _positions(9, asked))):
        assert batch[:, 0, 0, 0].tolist() == [9 - index, 8 - index]
        assert len(asked) <= index + 1 + BATCHES_AHEAD
    assert len(asked) == 9


def test_an_error_while_preparing_is_raised() -> None:
    """What goes wrong on the other thread is raised where the batch is asked for."""
    with pytest.raises(OSError, match="gone"):
        next(batches_ahead(Pictures(Broken(), np.arange(4)), iter([np.array([0])])))


def test_leaving_early_ends_the_thread() -> None:
    """Closing the iterator before its end leaves no thread behind."""
    with contextlib.closing(batches_ahead(Pictures(PIXELS, np.arange(10)), _positions(9, []))) as batches:
        next(batches)
        assert any(thread.name.startswith("pictures") for thread in threading.enumerate())
    assert not any(thread.name.startswith("pictures") for thread in threading.enumerate())
