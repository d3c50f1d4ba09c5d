"""Pictures that are decoded when they are asked for: nothing is kept, on disk or in memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from trainer.data.listing import Item
from trainer.data.reading import UnreadablePictureError, check_header
from trainer.data.store import Places
from trainer.errors import DataError


class StreamedPixels:
    """The pictures of a set by their row, decoded on several threads each time.

    A picture that begins well and then turns out to be broken shows the next one that is whole in its place, always the
    same: only its pixels could have told, and they are not looked at before.

    Args:
        count: How many pictures there are.
        size: Their height and width in pixels.
        read: A row's picture, uint8 [size, size, 3], or why it cannot be read.
    """

    def __init__(self, count: int, size: int, read: Callable[[int], NDArray[np.uint8] | str]) -> None:
        self.shape = (count, size, size, 3)
        self._read = read
        self._threads = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="decoding")

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """uint8 [B, size, size, 3] RGB.

        Raises:
            DataError: None of the pictures can be read any more.
        """
        batch = np.empty((len(rows), *self.shape[1:]), np.uint8)
        for position, picture in enumerate(self._threads.map(self._whole, rows.tolist())):
            batch[position] = picture
        return batch

    def _whole(self, row: int) -> NDArray[np.uint8]:
        reason = ""
        for offset in range(self.shape[0]):
            result = self._read((row + offset) % self.shape[0])
            if not isinstance(result, str):
                return result
            reason = result
        raise DataError(f"None of the pictures can be read any more ({reason}); are they still there?")


def check_headers(items: list[Item], progress: Callable[[str, int, int], None]) -> Places:
    """A row for each item that begins as a picture does, and the reason for each that does not."""

    def fault(item: Item) -> str | None:
        try:
            check_header(item.open())
        except UnreadablePictureError as error:
            return str(error)
        except OSError as error:
            return error.strerror or str(error)
        return None

    places: Places = []
    count = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, reason in enumerate(pool.map(fault, items), start=1):
            places.append(count if reason is None else reason)
            count += reason is None
            progress("Looking at files", done, len(items))
    return places
