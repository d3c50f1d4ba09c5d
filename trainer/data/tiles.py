"""Pictures cut into squares at their own resolution, for networks that take pictures of any size.

A picture that is made smaller first is sharper, pixel by pixel, than those that such a network is used on. What it
learns from tiles is what it will see.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from trainer.data.listing import Item, Listing, Tile
from trainer.data.patience import Late, in_order
from trainer.data.reading import UnreadablePictureError, upright_size

TILE_WORDS = re.compile(r", tile \d+ of \d+$")  # no file has such an ending


@dataclass(frozen=True)
class Grid:
    """The rows and columns of tiles in a picture."""

    columns: int
    rows: int


def grid(width: int, height: int, side: int) -> Grid:
    """The fewest tiles of `side` pixels that cover a picture of so many pixels; one that is smaller gives one."""
    return Grid(-(-width // side), -(-height // side))


def in_tiles(listing: Listing, side: int, progress: Callable[[str, int, int], None]) -> Listing:
    """The listing with each picture replaced by its tiles; what cannot be read stays, to be named when it is decoded.

    Args:
        listing: Pictures.
        side: Height and width of a tile in pixels.
        progress: Told how many pictures were looked at, and of how many.
    """
    items: list[Item] = []
    labels: list[dict[str, str]] = []
    sizes = in_order(_size, listing.items)
    for done, (item, known, size) in enumerate(zip(listing.items, listing.labels, sizes), start=1):
        cells = Grid(1, 1) if size is None or isinstance(size, Late) else grid(*size, side)
        count = cells.columns * cells.rows
        items += [replace(item, name=_name(item, number, count), tile=Tile(number, side)) for number in range(count)]
        labels += [known] * count
        progress("Looking at files", done, len(listing.items))
    return replace(listing, items=items, labels=labels)


def cut(picture: Image.Image, tile: Tile, size: int) -> NDArray[np.uint8]:
    """The middle `size` pixels of a tile; tiles are counted row by row and spread evenly from edge to edge.

    A picture smaller than a tile goes on as its mirror image, again and again: enlarged it would be softer than it is
    where the network is used on it.

    Returns:
        uint8 [size, size, 3] RGB.

    Raises:
        UnreadablePictureError: There is no such tile: the picture is another one than it was.
    """
    cells = grid(picture.width, picture.height, tile.side)
    if tile.number >= cells.columns * cells.rows:
        raise UnreadablePictureError("changed while it was read")
    if min(picture.size) < tile.side:
        short = [(0, max(0, tile.side - length)) for length in (picture.height, picture.width)]
        picture = Image.fromarray(np.pad(np.asarray(picture), (*short, (0, 0)), "symmetric"))
    margin = (tile.side - size) // 2
    row, column = divmod(tile.number, cells.columns)
    left = _start(column, cells.columns, picture.width - tile.side) + margin
    top = _start(row, cells.rows, picture.height - tile.side) + margin
    return np.asarray(picture.crop((left, top, left + size, top + size)))


def whole_name(item: Item) -> str:
    """The name of the picture that an item is, or is a tile of."""
    return item.name if item.tile is None else TILE_WORDS.sub("", item.name)


def _name(item: Item, number: int, count: int) -> str:
    return item.name if count == 1 else f"{item.name}, tile {number + 1} of {count}"


def _size(item: Item) -> tuple[int, int] | None:
    """Width and height in pixels; None where the file does not begin as a picture does."""
    try:
        with item.open() as file:
            return upright_size(file)
    except (UnreadablePictureError, OSError):
        return None


def _start(position: int, count: int, room: int) -> int:
    """The position in pixels at which a tile begins; a single one lies in the middle."""
    return room // 2 if count == 1 else round(position * room / (count - 1))
