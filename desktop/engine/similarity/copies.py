"""Copies of pictures, told apart from pictures that were taken one after the other.

Candidates come from perceptual hashes of the index's thumbnails; each is confirmed by its pixels. A copy may be turned
by quarters, mirrored, resized, compressed again, or made brighter or darker: a straight line from the one's levels to
the other's then leaves almost nothing over. Of a burst, which has the same subject in another moment, it leaves more.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import numpy as np
from PIL import Image

from desktop.engine.folder.index import Index
from desktop.engine.pictures import Pixels
from desktop.engine.similarity import hashes
from desktop.engine.similarity.union_find import find
from desktop.engine.watch import Progress, Stopped, never, silent

Kind = Literal["copy", "burst"]

COMPARED_SIDE = 64  # pixels of the thumbnails that are compared
LARGEST_LEFT_OVER = 0.02  # share of a copy's variance that a straight line may leave over
LARGEST_OF_BURST = 0.35
PLAIN = 4.0  # levels of deviation, below which a picture is too plain to be told from others
WAYS = ("", "mirrored", "flipped", "half_turn", "transposed", "quarter_right", "quarter_left", "transversed")


@dataclasses.dataclass(frozen=True)
class Copy:
    """Two pictures of which one may be a copy of the other.

    Attributes:
        first, second: Rows of the index.
        kind: A copy, or the next of a burst.
        way: How the first is turned or mirrored to be like the second: of `WAYS`.
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
    """All copies and bursts among the pictures of an index.

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
    found = (_compared(index, int(rows[known[one]]), int(rows[known[other]])) for one, other in pairs)
    return [each for each in found if each is not None and _names(each, names) not in apart]


def _names(copy: Copy, names: Mapping[int, str]) -> tuple[str, str]:
    one, other = sorted((names[copy.first], names[copy.second]))
    return one, other


def groups(copies: Iterable[Copy]) -> list[list[int]]:
    """Rows joined by chains of copies, bursts not counted: at least two in a group, the largest group first."""
    copies = [each for each in copies if each.kind == "copy"]
    rows = sorted({row for each in copies for row in (each.first, each.second)})
    places = {row: place for place, row in enumerate(rows)}
    parents = list(range(len(rows)))
    for each in copies:
        parents[find(parents, places[each.first])] = find(parents, places[each.second])
    joined: dict[int, list[int]] = {}
    for row, place in places.items():
        joined.setdefault(find(parents, place), []).append(row)
    return sorted(joined.values(), key=lambda group: (-len(group), group))


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
