"""Pictures decoded once into a memory-mapped array in the cache, known by their content and size alone.

Names, places and dates do not matter: a folder that was renamed, copied or touched finds its pictures prepared. A set
that shares pictures with an older one of the same size takes those from it.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from trainer.data.cache import cache_folder, cached
from trainer.data.listing import Item
from trainer.data.patience import Late, in_order
from trainer.data.reading import UnreadablePictureError, read_picture, read_upright
from trainer.data.remembered import content_hash, known, remembered
from trainer.data.tiles import cut
from trainer.machine.files import reserve
from trainer.options.values import Sides, size_option

PIXELS_FILE, CONTENTS_FILE = "pixels.npy", "contents.csv"
VERSION = 5  # of what pictures are turned into: raise it when the same file gives other pixels

Progress = Callable[[str, int, int], None]
"""Told what is being prepared, how many pictures are done, and of how many."""


@dataclass(frozen=True)
class Places:
    """Where the pixels of some items are."""

    rows: NDArray[np.int64] | None
    """For each item its row, -1 where there is none; None where they are counted as the items are."""
    reasons: dict[int, str]
    """Why there are none, by the item's position."""


def read_item(item: Item) -> Image.Image:
    """A whole picture, upright, RGB.

    Raises:
        UnreadablePictureError: It cannot be decoded.
        OSError: The file is gone.
    """
    with item.open() as file:
        return read_upright(file)


def decode(item: Item, size: int | Sides, read: Callable[[Item], Image.Image] = read_item) -> NDArray[np.uint8] | str:
    """A picture, or the tile of it that is meant, as uint8 [height, width, 3] RGB; or why it cannot be read.

    Args:
        item: The picture.
        size: The side of a square, or height and width, in pixels.
        read: Gives the whole picture of a tile; may remember those that were asked for last.
    """
    try:
        if item.tile is None:
            with item.open() as file:
                return read_picture(file, size)
        return cut(read(replace(item, name="", tile=None)), item.tile, size if isinstance(size, int) else size[0])
    except UnreadablePictureError as error:
        return str(error)
    except OSError as error:
        return error.strerror or str(error)


def open_pixels(items: Sequence[Item], sides: Sides, progress: Progress) -> tuple[NDArray[np.uint8], Places]:
    """The pixels of these pictures, uint8 [N, *sides, 3] RGB, memory-mapped; and which row each picture has.

    Pictures of the same content share a row. The set stays in the cache for as long as the array lives.

    Raises:
        DataError: There is no room for the cache.
    """
    contents = _contents(items, progress)
    first = {content: item for content, item in reversed(list(zip(contents, items))) if content is not None}
    key = hashlib.sha256("\n".join(sorted(first)).encode()).hexdigest()[:24]
    prefix = _prefix(sides)
    held = cached(prefix + key, lambda scratch: _prepare(scratch, prefix, first, sides, progress))
    rows, reasons = _read_contents(held.folder)
    pixels: NDArray[np.uint8] = open_array(held.folder / PIXELS_FILE)[: len(rows)]
    held.keep_for(pixels)
    places = np.array([-1 if content is None else rows.get(content, -1) for content in contents], np.int64)
    missing = {position: contents[position] for position in np.flatnonzero(places < 0).tolist()}
    faults = {
        position: "cannot be opened" if content is None else reasons.get(content, "")
        for position, content in missing.items()
    }
    return pixels, Places(places, faults)


def count_unprepared(items: Sequence[Item], sides: Sides) -> int:
    """How many of these pictures would have to be decoded, as far as that is known without reading their files."""
    files = list(dict.fromkeys(item.path for item in items))
    names = dict(zip(files, known(files, "sha256")))
    older = _older_sets(_prefix(sides))
    return sum(_content(names[item.path], item) not in older for item in items)


def _prefix(sides: Sides) -> str:
    """What the names of all sets of pictures of a size begin with."""
    return f"pictures-{VERSION}-{size_option(sides)}-"


def open_array(path: Path) -> NDArray[np.uint8]:
    """A memory-mapped array."""
    array: NDArray[np.uint8] = np.load(path, mmap_mode="r")
    return array


def create_array(path: Path, count: int, sides: Sides) -> NDArray[np.uint8]:
    """A new memory-mapped array, uint8 [count, *sides, 3], with room for all of it on the disk.

    Raises:
        OSError: There is no room.
    """
    array = np.lib.format.open_memmap(path, mode="w+", dtype=np.uint8, shape=(count, *sides, 3))
    reserve(path)
    return array


def _contents(items: Sequence[Item], progress: Progress) -> list[str | None]:
    """The identity of each picture: its file's hash, its place in a shard and its tile; None if it is gone."""
    files = list(dict.fromkeys(item.path for item in items))
    hashes = remembered(files, "sha256", content_hash, lambda done, of: progress("Looking at files", done, of))
    names = dict(zip(files, hashes))
    return [_content(names[item.path], item) for item in items]


def _content(name: str | None, item: Item) -> str | None:
    if name is None:
        return None
    place = "" if item.offset is None else f"@{item.offset}"
    return name + place + (f"#{item.tile.number:06}/{item.tile.side}" if item.tile else "")


def _prepare(scratch: Path, prefix: str, first: dict[str, Item], sides: Sides, progress: Progress) -> None:
    """Decodes every picture on several threads, or copies it from an older set; writes pixels and contents."""
    older = _older_sets(prefix)
    read_once = functools.lru_cache(os.cpu_count())(read_item)  # the tiles of a picture follow one another
    pixels = create_array(scratch / PIXELS_FILE, max(1, len(first)), sides)
    lines: list[tuple[str, str]] = []
    count = 0

    def read(content: str) -> NDArray[np.uint8] | str:
        if content in older:
            array, row = older[content]
            picture: NDArray[np.uint8] = array[row]
            return picture
        return decode(first[content], sides, read_once if first[content].tile else read_item)

    contents = sorted(first)
    for done, (content, result) in enumerate(zip(contents, in_order(read, contents)), start=1):
        if isinstance(result, Late):
            result = result.reason
        if not isinstance(result, str):
            pixels[count] = result
            count += 1
        lines.append((content, result if isinstance(result, str) else ""))
        progress("Reading pictures", done, len(contents))
    with (scratch / CONTENTS_FILE).open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
        csv.writer(file).writerows(lines)


def _older_sets(prefix: str) -> dict[str | None, tuple[NDArray[np.uint8], int]]:
    """Where the pixels of each picture lie that is in a set of this size already."""
    found: dict[str | None, tuple[NDArray[np.uint8], int]] = {}
    for folder in sorted(cache_folder().glob(f"{prefix}*")):
        if (folder / CONTENTS_FILE).is_file():
            pixels = open_array(folder / PIXELS_FILE)
            found |= {content: (pixels, row) for content, row in _read_contents(folder)[0].items()}
    return found


def _read_contents(folder: Path) -> tuple[dict[str, int], dict[str, str]]:
    """The rows of a set's pictures by their content, and why there are none of the others."""
    with (folder / CONTENTS_FILE).open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    usable = [content for content, reason in lines if not reason]
    reasons = {content: reason for content, reason in lines if reason}
    return {content: row for row, content in enumerate(usable)}, reasons
