"""What small networks, taught on defects made up in the good pictures, take for a defect."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.defects import LOCAL_KINDS, make_defect
from desktop.engine.anomaly.patch_features import STRIDE, PatchFeatures, fit_features, grid_length
from desktop.engine.anomaly.patch_network import Networks, stacked, train_network
from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark, peak
from desktop.engine.folder.maps import Maps, box_mean
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels

DEFECTS = 2000  # that one network learns from
CROP = 192  # pixels of a good picture around each
FINE, FINE_SHARE = 96, 0.5  # pixels, of the crop, within which a share of them is made: these are finer
PATCHES = 40  # of each defect, and twice as many good ones beside it
CHANGED = 0.3  # share of its pixels from which a patch counts as defective
FAINTEST = 6  # defects of fewer patches count as if they had so many, not as much as one of `PATCHES`
SMOOTHING = 3  # patches, each way


@dataclasses.dataclass(frozen=True, eq=False)
class Learnt:
    """The place most like a defect, by the mean of one network or of several.

    Attributes:
        features: What they all look at.
        networks: All of them.
    """

    features: PatchFeatures
    networks: Networks

    def scores(self, seen: Seen) -> Floats:
        """The largest over the picture, in log-odds smoothed over three patches each way."""
        return peak(self.maps(seen))

    def maps(self, seen: Seen) -> Maps:
        """On a grid of every fourth pixel, `[N, h, w]`."""
        raw = np.stack([self._log_odds(picture) for picture in seen.pixels])
        return box_mean(raw, SMOOTHING).astype(np.float32)

    def _log_odds(self, picture: Pixels) -> Floats:
        height, width = (grid_length(length) for length in picture.shape[:2])
        told = self.features(picture).reshape(height * width, -1)
        return self.networks.odds(told).reshape(height, width)


def fit(good: Seen) -> Scorer:
    """Teaches one network on defects of all local kinds, made up in good pictures `[N, H, W, 3]`."""
    return fit_without(good, ())


def fit_without(good: Seen, kinds: Sequence[str], seed: int = 0, earlier: Scorer | None = None) -> Scorer:
    """Teaches one network on defects of all other kinds; it shares the features of an earlier fit, if there is one."""
    pictures, random = good.pixels, np.random.default_rng(seed)
    taught = [kind for kind in LOCAL_KINDS if kind not in kinds]
    features = earlier.features if isinstance(earlier, Learnt) else fit_features(pictures, random)
    lessons = [_lesson(pictures, number, features, taught, random) for number in range(DEFECTS)]
    told, wanted, importance = (np.concatenate(parts) for parts in zip(*filter(None, lessons)))
    return Learnt(features, stacked([train_network(told, wanted, importance, seed)]))


def merge(fitted: Sequence[Scorer]) -> Scorer:
    """One score of the networks of several fits that look at the same features."""
    known = cast("Sequence[Learnt]", fitted)
    return Learnt(known[0].features, stacked([member for each in known for member in each.networks.members()]))


def _lesson(
    pictures: Pixels, number: int, features: PatchFeatures, kinds: Sequence[str], random: np.random.Generator
) -> tuple[Floats, Floats, Floats] | None:
    """Patches of one defect and good ones beside it: features, 1 or 0, and how much each counts. None without one."""
    crop = pictures[number % len(pictures)][_window(pictures.shape[1:3], CROP, random)].copy()
    window = _window(crop.shape, FINE if random.random() < FINE_SHARE else CROP, random)
    defect = make_defect(crop[window], list(pictures), random, str(random.choice(list(kinds))))
    if defect is None:
        return None
    mask = np.zeros(crop.shape[:2], np.bool_)
    mask[window][...], crop[window][...] = defect.mask, defect.pixels
    height, width = (grid_length(length) for length in crop.shape[:2])
    share = changed_share(mask, height, width).reshape(-1)
    bad = random.permutation(np.flatnonzero(share > CHANGED))[:PATCHES]
    good = random.permutation(np.flatnonzero(share == 0))[: 2 * PATCHES]
    places = np.concatenate([bad, good])
    weight = np.full(len(bad), PATCHES / max(FAINTEST, len(bad)))
    return (
        features.at(crop, places // width, places % width),
        np.repeat(np.array([1, 0], np.float32), [len(bad), len(good)]),
        np.concatenate([weight, np.ones(len(good))]).astype(np.float32),
    )


def changed_share(mask: NDArray[np.bool_], height: int, width: int) -> Floats:
    """The share of changed pixels around each place of the grid, `[height, width]` of a mask `[H, W]`."""
    padded = np.zeros((height * STRIDE, width * STRIDE), np.float32)
    part = mask[: height * STRIDE, : width * STRIDE]
    padded[: part.shape[0], : part.shape[1]] = part
    shares: Floats = padded.reshape(height, STRIDE, width, STRIDE).mean(axis=(1, 3))
    return shares


def _window(shape: tuple[int, ...], side: int, random: np.random.Generator) -> tuple[slice, slice]:
    """A square of that side somewhere in `[H, W, ...]`, or what there is of one."""
    rows, columns = (int(random.integers(max(0, length - side) + 1)) for length in shape[:2])
    return slice(rows, rows + side), slice(columns, columns + side)


SCORE = Score(
    "learnt",
    mark("Learnt defects"),
    mark("Networks taught on defects made up in the good pictures: the place most like one"),
    need="pixels",
    scorer=Learnt,
    fit=fit,
    local=True,
    fit_without=fit_without,
    merge=merge,
)
