"""Groups of duplicates: which pairs count, and which picture of each group is the best."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from desktop.engine import model_input, pictures
from desktop.engine.errors import PictureError
from desktop.engine.folder.maps import LUMA
from desktop.engine.similarity.neighbours import Pairs
from export.bundle import SizeRule

SAME_SIZE = 0.98  # of the pixels of the largest: from there on, sharpness decides
SAME_SHARPNESS = 0.95  # of that of the sharpest: from there on, the bytes decide, of which compression takes some


@dataclasses.dataclass(frozen=True)
class Quality:
    """What tells which of several duplicates is the best.

    Attributes:
        width, height: Of the picture file, in pixels; 0 where it cannot be read.
        bytes: Of the file.
        sharpness: The mean square of the second difference of the luma at the size of the index, in [0, 1].
    """

    width: int
    height: int
    bytes: int
    sharpness: float


def without_pairs(pairs: Pairs, apart: Collection[tuple[str, str]], names: Sequence[str]) -> Pairs:
    """The pairs but for those that are told apart.

    Args:
        pairs: By position.
        apart: By name, each in the order of its names.
        names: Of the pictures, by position.
    """
    if not apart:
        return pairs
    place = {name: position for position, name in enumerate(names)}
    known = [sorted((place[one], place[two])) for one, two in apart if one in place and two in place]
    keys = np.array([one * pairs.count + two for one, two in known], np.int64)
    stay = ~np.isin(pairs.first * pairs.count + pairs.second, keys)
    return dataclasses.replace(
        pairs, first=pairs.first[stay], second=pairs.second[stay], distances=pairs.distances[stay]
    )


def measure(path: Path, size: SizeRule) -> Quality:
    """How good one picture file is; nothing but zeros where it cannot be read."""
    try:
        length = path.stat().st_size
        pictures.check(path)
        with Image.open(path) as image:
            width, height = image.size
            if image.getexif().get(0x0112, 1) >= 5:  # lies on its side
                width, height = height, width
        luma = model_input.read_prepared(path, size)[1] @ LUMA / 255
    except (PictureError, OSError):
        return Quality(0, 0, 0, 0.0)
    inner = 4 * luma[1:-1, 1:-1] - luma[:-2, 1:-1] - luma[2:, 1:-1] - luma[1:-1, :-2] - luma[1:-1, 2:]
    return Quality(width, height, length, float(np.square(inner / 8).mean()) if inner.size else 0.0)


def best_of(group: Sequence[Quality]) -> int:
    """The place of the best: the largest in pixels; of those as large, the sharpest; of those as sharp, the one of most
    bytes, and of several the first."""
    pixels = [each.width * each.height for each in group]
    as_large = [place for place, count in enumerate(pixels) if count >= SAME_SIZE * max(pixels)]
    sharpest = max(group[place].sharpness for place in as_large)
    as_sharp = [place for place in as_large if group[place].sharpness >= SAME_SHARPNESS * sharpest]
    return max(as_sharp, key=lambda place: (group[place].bytes, -place))
