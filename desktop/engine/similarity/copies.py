"""Copies of pictures, told apart from pictures that were taken one after the other.

Candidates come from perceptual hashes of the index's thumbnails; each is confirmed by its pixels. A copy may be turned
by quarters, mirrored, resized, compressed again, or made brighter or darker: a straight line from the one's levels to
the other's then leaves almost nothing over. Of a burst, which has the same subject in another moment, it leaves more.
A crop is a copy of a part of the other picture: see `crops`.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import numpy as np
from PIL import Image

from desktop.engine.folder.index import Index, Rows
from desktop.engine.pictures import Pixels
from desktop.engine.similarity import crops, hashes
from desktop.engine.similarity.crops import Box
from desktop.engine.similarity.hashes import Hashes
from desktop.engine.similarity.neighbours import Pairs
from desktop.engine.watch import Progress, Stopped, never, silent

Kind = Literal["copy", "crop", "burst"]

COMPARED_SIDE = 64  # pixels of the thumbnails that are compared
THUMBNAIL_SIDE = 96  # pixels of those that parts are taken of
LARGEST_LEFT_OVER = 0.02  # share of a copy's variance that a straight line may leave over
LARGEST_OF_CROP = 0.04  # the same of a crop, whose edges are found to a two-hundredth of the picture
MUCH_LESS = 1 / 3  # of what the whole pictures leave over: what a crop may, where these are alike themselves
LARGEST_OF_BURST = 0.35
PLAIN = 4.0  # levels of deviation, below which a picture is too plain to be told from others
WAYS = ("", "mirrored", "flipped", "half_turn", "transposed", "quarter_right", "quarter_left", "transversed")


@dataclasses.dataclass(frozen=True)
class Copy:
    """Two pictures of which one may be a copy of the other.

    Attributes:
        first, second: Rows of the index.
        kind: A copy, a crop of one by the other, or the next of a burst.
        way: How the first, or of a crop the larger one, is turned or mirrored to be like the other: of `WAYS`.
        left_over: Share of the variance that a straight line from level to level leaves over, in [0, 1].
    """

    first: int
    second: int
    kind: Kind
    way: str
    left_over: float


def find_copies(
    index: Index, apart: Collection[tuple[str, str]] = (), progress: Progress = silent, stopped: Stopped = never
) -> list[Copy]:
    """All copies, crops and bursts among the pictures of an index; crops where it has `crops.LARGEST_FOLDER` at most.

    Args:
        index: The index.
        apart: Pairs of paths within the folder, each in order, that the user said are no duplicates.
        progress: Told how many are compared.
        stopped: Asked now and then.

    Raises:
        InspectionError: The index is broken.
        StoppedError: It was stopped.
    """
    rows = index.rows()
    small = [_thumbnail(index, int(row), hashes.SIDE) for row in rows]
    known = [place for place, each in enumerate(small) if each is not None]
    every = hashes.hash_of([each for each in small if each is not None])
    _, heads, members = np.unique(every[:, 0], return_index=True, return_inverse=True)
    first, second, _ = hashes.near_hashes(every[heads], progress, stopped)
    pairs = [(int(heads[one]), int(heads[other])) for one, other in zip(first, second)]
    pairs += [(int(heads[group]), place) for place, group in enumerate(members.tolist()) if heads[group] != place]
    paths = (path.relative_to(index.folder).as_posix() for path in index.paths(rows))
    names = dict(zip(rows.tolist(), paths))
    each_row = rows[known].tolist()
    every_pair = [_compared(index, each_row[one], each_row[other]) for one, other in pairs]
    found = [each for each in every_pair if each is not None]
    if len(known) <= crops.LARGEST_FOLDER:
        known_pairs = {(min(each.first, each.second), max(each.first, each.second)): each for each in found}
        cut = _crops(index, each_row, every, known_pairs, progress, stopped)
        cut_pairs = {(each.first, each.second) for each in cut}
        found = [each for pair, each in known_pairs.items() if pair not in cut_pairs] + cut
    return [each for each in found if _names(each, names) not in apart]


def as_pairs(copies: Iterable[Copy], rows: Rows) -> Pairs:
    """Copies and crops as pairs of positions among all rows, each at no distance; bursts are none."""
    place = {row: position for position, row in enumerate(rows.tolist())}
    known = [sorted((place[each.first], place[each.second])) for each in copies if each.kind != "burst"]
    first, second = np.array(known, np.int64).reshape(-1, 2).T
    return Pairs(first, second, np.zeros(len(known), np.float32), len(rows), 1.0)


def _names(copy: Copy, names: Mapping[int, str]) -> tuple[str, str]:
    one, other = sorted((names[copy.first], names[copy.second]))
    return one, other


def groups(copies: Iterable[Copy]) -> list[list[int]]:
    """Rows joined by chains of copies, bursts not counted: at least two in a group, the largest group first."""
    copies = list(copies)
    rows = np.array(sorted({row for each in copies for row in (each.first, each.second)}), np.int64)
    return [[int(rows[position]) for position in group] for group in as_pairs(copies, rows).groups(1.0)]


def _crops(
    index: Index,
    rows: list[int],
    every: Hashes,
    known: Mapping[tuple[int, int], Copy],
    progress: Progress,
    stopped: Stopped,
) -> list[Copy]:
    """Crops among pictures of which some pairs are known; of a burst, no part is much more alike than all of it."""
    large = [_thumbnail(index, row, crops.SIDE) for row in rows]
    hashed = crops.part_hashes([each for each in large if each is not None])
    boxes, found = crops.parts(), dict[tuple[int, int], Copy]()
    for whole, other, part in crops.near_parts(hashed, every, progress, stopped):
        pair = min(rows[whole], rows[other]), max(rows[whole], rows[other])
        before = known.get(pair)
        if before is None or before.kind == "burst":
            one = _cropped(index, rows[whole], rows[other], boxes[part])
            largest = LARGEST_OF_CROP if before is None else min(LARGEST_OF_CROP, MUCH_LESS * before.left_over)
            if one.left_over <= min(largest, found[pair].left_over if pair in found else largest):
                found[pair] = dataclasses.replace(one, first=pair[0], second=pair[1])
    return list(found.values())


def _cropped(index: Index, whole: int, other: int, box: Box) -> Copy:
    """How much of one picture about that part of another leaves over, in the way that leaves least."""
    side = crops.COMPARED_SIDE
    large, small = _thumbnail(index, whole, THUMBNAIL_SIDE), _thumbnail(index, other, side)
    if large is None or small is None or small.std() < PLAIN:
        return Copy(whole, other, "crop", WAYS[0], 1.0)
    part = crops.taken(large, box)
    way = int(np.argmin([left_over(hashes.turned(part, way), small) for way in range(len(WAYS))]))
    left, _ = crops.fit_part(large, small, box, way, left_over)
    return Copy(whole, other, "crop", WAYS[way], left)


def _compared(index: Index, first: int, second: int) -> Copy | None:
    one, other = (_thumbnail(index, row, COMPARED_SIDE) for row in (first, second))
    if one is None or other is None:
        return None
    left = [left_over(hashes.turned(one, way), other) for way in range(len(WAYS))]
    way = int(np.argmin(left))
    if left[way] > LARGEST_OF_BURST:
        return None
    kind: Kind = "copy" if left[way] <= LARGEST_LEFT_OVER else "burst"
    return Copy(first, second, kind, WAYS[way], left[way])


def left_over(first: Pixels, second: Pixels) -> float:
    """The share of the second's variance that a straight line from the first's levels leaves over, in [0, 1]."""
    one, other = (each.astype(np.float64).reshape(-1) for each in (first, second))
    one, other = one - one.mean(), other - other.mean()
    if min(one.std(), other.std()) < PLAIN:
        return 0.0 if float(np.abs(one - other).max()) < PLAIN else 1.0
    return float(max(0.0, 1 - (one @ other) ** 2 / ((one @ one) * (other @ other)))) if one @ other > 0 else 1.0


def _thumbnail(index: Index, row: int, side: int) -> Pixels | None:
    content = index.thumbnail(row)
    if content is None:
        return None
    with Image.open(io.BytesIO(content)) as image:
        return np.asarray(image.convert("RGB").resize((side, side), Image.Resampling.BOX))
