"""Pictures that are decoded when they are asked for: nothing is kept, on disk or in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.data.listing import Item
from trainer.data.packed import ShardItems
from trainer.data.patience import Late, in_order
from trainer.data.reading import UnreadablePictureError, check_header
from trainer.data.remote import address_of
from trainer.data.store import Places
from trainer.errors import DataError
from trainer.options.values import Sides


class StreamedPixels:
    """The pictures of a set by their row, decoded on several threads each time.

    A picture that begins well and then turns out to be broken shows the next one that is whole in its place, always the
    same: only its pixels could have told, and they are not looked at before. So does one that takes too long to read.

    Args:
        count: How many pictures there are.
        sides: Their height and width in pixels.
        read: A row's picture, uint8 [*sides, 3], or why it cannot be read.
    """

    def __init__(self, count: int, sides: Sides, read: Callable[[int], NDArray[np.uint8] | str]) -> None:
        self.shape = (count, *sides, 3)
        self._read = read
        self._late: dict[int, str] = {}

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """uint8 [B, *sides, 3] RGB.

        Raises:
            DataError: None of the pictures can be read any more.
        """
        batch = np.empty((len(rows), *self.shape[1:]), np.uint8)
        asked: list[int] = rows.tolist()
        for position, (row, picture) in enumerate(zip(asked, in_order(self._whole, asked))):
            if isinstance(picture, Late):
                self._late[row] = picture.reason
                picture = self._whole(row)
            batch[position] = picture
        return batch

    def _whole(self, row: int) -> NDArray[np.uint8]:
        reason = ""
        for offset in range(self.shape[0]):
            place = (row + offset) % self.shape[0]
            result = self._late.get(place) or self._read(place)
            if not isinstance(result, str):
                return result
            reason = result
        raise DataError("None of the pictures can be read any more ({reason}); are they still there?", reason=reason)


def check_headers(items: Sequence[Item], progress: Callable[[str, int, int], None]) -> Places:
    """A row for each item that begins as a picture does, and the reason for each that does not.

    Of pictures in a store each would be asked for, so that none is looked at: a broken one shows the next whole one.
    """
    if isinstance(items, ShardItems) and all(address_of(path) is not None for path in items.paths):
        return Places(None, {})
    faults: dict[int, str] = {}
    for done, found in enumerate(in_order(_fault, items), start=1):
        reason = found.reason if isinstance(found, Late) else found
        if reason is not None:
            faults[done - 1] = reason
        progress("Looking at files", done, len(items))
    if not faults:
        return Places(None, {})
    usable = np.ones(len(items), np.bool_)
    usable[list(faults)] = False
    return Places(np.where(usable, np.cumsum(usable) - 1, -1), faults)


def _fault(item: Item) -> str | None:
    """Why a file does not begin as a picture does."""
    if address_of(item.path) is not None:
        return None
    try:
        with item.open() as file:
            check_header(file)
    except UnreadablePictureError as error:
        return str(error)
    except OSError as error:
        return error.strerror or str(error)
    return None
