"""What the headers of a folder's files say of its pictures: their sizes, their one aspect, and transparency."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from PIL import Image

from trainer.data.listing import Item, list_folder
from trainer.data.reading import upright_size
from trainer.data.shards import is_shards
from trainer.options.config import TrainConfig
from trainer.options.options import MULTIPLE
from trainer.options.values import Sides

SAMPLE = 256  # files whose headers are read
SAME_ASPECT = 0.02  # share that two aspects may differ by and still be one
COMMON = 0.95  # share of the pictures that makes an aspect that of the set


@dataclass(frozen=True)
class Headers:
    """What evenly spread files say of themselves."""

    sizes: tuple[tuple[int, int], ...]
    """Width and height in pixels, upright; empty for drawn pictures and shards."""
    transparent: float
    """Share of the files that can have transparent parts."""

    def side(self, usual: int) -> int:
        """Height and width in pixels, a multiple of 32, to which nearly all of them need not be made smaller.

        Args:
            usual: The largest that it may be, and what it is where nothing is known.
        """
        if not self.sizes:
            return usual
        shorter = float(np.quantile([min(each) for each in self.sizes], COMMON, method="lower"))
        return min(usual, MULTIPLE * math.ceil(shorter / MULTIPLE))

    def cut_off(self, sides: Sides) -> float:
        """Mean share of a picture's area that lies outside its middle of the aspect of `sides`, height and width."""
        if not self.sizes:
            return 0.0
        apart = np.array([width / height for width, height in self.sizes]) * sides[0] / sides[1]
        return 1 - float(np.minimum(apart, 1 / apart).mean())

    @property
    def aspect(self) -> float | None:
        """Width over height that nearly all of them have; None where it is mixed or not known."""
        return common_aspect(self.sizes)


def read_headers(config: TrainConfig) -> Headers:
    """Reads the headers of at most 256 files of the folder that --data names.

    Raises:
        DataError: There is no such folder, or no picture in it.
    """
    if config.pictures.data is None or is_shards(config.pictures.data):
        return Headers((), 0.0)
    items = list_folder(config.pictures.data).items
    count = min(len(items), SAMPLE)
    chosen = [items[position * len(items) // count] for position in range(count)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [each for each in pool.map(_header, chosen) if each is not None]
    return Headers(tuple(size for size, _ in found), sum(can for _, can in found) / max(1, len(found)))


def common_aspect(sizes: Sequence[tuple[int, int]]) -> float | None:
    """Width over height that nearly all of these widths and heights have; None where it is mixed or there are none."""
    if not sizes:
        return None
    aspects = np.array([width / height for width, height in sizes])
    middle = float(np.median(aspects))
    share = float((np.abs(aspects / middle - 1) < SAME_ASPECT).mean())
    return middle if share >= COMMON else None


def _header(item: Item) -> tuple[tuple[int, int], bool] | None:
    """A file's upright size, and whether it can have transparent parts; None where it is no picture."""
    try:
        with item.open() as file:
            size = upright_size(file)
        with item.open() as file, Image.open(file) as image:
            return size, image.has_transparency_data
    except Exception:  # whatever a broken file makes Pillow raise: it is named where it is decoded
        return None
