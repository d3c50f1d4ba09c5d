"""How well scores tell bad from good where the truth is known: AUROC, and PRO for pixels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.engine.similarity.union_find import find

Truth = NDArray[np.bool_]

PRO_LIMIT = 0.3
STEPS = 1000  # thresholds at which PRO is measured


def auroc(scores: NDArray[np.floating], bad: Truth) -> float:
    """The chance that a bad one scores above a good one, ties counting half; nan without both kinds.

    From the sum of ranks: J. A. Hanley and B. J. McNeil, Radiology 143, 1982.
    """
    scores, bad = scores.reshape(-1), bad.reshape(-1)
    wrong = int(bad.sum())
    right = len(bad) - wrong
    if wrong == 0 or right == 0:
        return float("nan")
    good_scores = np.sort(scores[~bad])
    below = np.searchsorted(good_scores, scores[bad], side="left").sum(dtype=np.float64)
    not_above = np.searchsorted(good_scores, scores[bad], side="right").sum(dtype=np.float64)
    return float((below + not_above) / 2 / (wrong * right))


def pro(maps: Sequence[NDArray[np.floating]], masks: Sequence[Truth]) -> float:
    """Per-region overlap: the share of each connected defect that is found, mean over defects, as the area under its
    curve over the pixels' false-alarm rate up to 0.3, divided by 0.3: in [0, 1]; nan without a defect or a good pixel.

    P. Bergmann, M. Fauser, D. Sattlegger, C. Steger: Uninformed students, CVPR 2020.

    Args:
        maps: Of each picture, `[H, W]`; the higher, the more suspicious.
        masks: Of each picture, `[H, W]`, True on defects.
    """
    rates = np.linspace(0, PRO_LIMIT, STEPS + 1)
    found = overlaps(maps, masks, rates)
    return float(np.trapezoid(found.mean(axis=0), rates) / PRO_LIMIT) if len(found) else float("nan")


def overlaps(
    maps: Sequence[NDArray[np.floating]], masks: Sequence[Truth], rates: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The share of each connected defect that is found at some false-alarm rates of pixels, `[R, S]`.

    None, `[0, S]`, where there is no defect or no good pixel.
    """
    good = np.concatenate([each[~mask] for each, mask in zip(maps, masks)] or [np.empty(0)])
    regions = [each[region] for each, mask in zip(maps, masks) for region in _regions(mask)]
    if not regions or not good.size:
        return np.empty((0, len(rates)))
    ordered = np.sort(good)[::-1]
    passing = np.minimum(np.floor(rates * len(ordered)).astype(np.int64), len(ordered) - 1)
    limits = ordered[passing]  # above it, as many good pixels as the rate allows, or fewer where pixels tie
    return np.stack([1 - np.searchsorted(np.sort(each), limits, side="right") / len(each) for each in regions])


def label_regions(mask: Truth) -> tuple[NDArray[np.int64], int]:
    """Numbers the 8-connected regions of `[H, W]`: 0 outside, then 1 to the count that is returned with it.

    Runs of each row are joined with the runs that they touch in the row above, by union-find.
    """
    labels = np.zeros(mask.shape, np.int64)
    parents = [0]
    above: list[tuple[int, int, int]] = []
    for row, line in enumerate(mask):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], line.astype(np.int8), [0]))))
        current = []
        for first, end in zip(edges[::2].tolist(), edges[1::2].tolist()):
            touching = [name for start, stop, name in above if start <= end and first <= stop]
            roots = {find(parents, name) for name in touching}
            if not roots:
                parents.append(len(parents))
            root = min(roots, default=len(parents) - 1)
            for each in roots:
                parents[each] = root
            labels[row, first:end] = root
            current.append((first, end, root))
        above = current
    roots_of_all = np.array([find(parents, name) for name in range(len(parents))])
    names, compact = np.unique(roots_of_all, return_inverse=True)
    return compact.reshape(-1)[labels], len(names) - 1


def _regions(mask: Truth) -> list[Truth]:
    labels, count = label_regions(mask)
    return [labels == number for number in range(1, count + 1)]
