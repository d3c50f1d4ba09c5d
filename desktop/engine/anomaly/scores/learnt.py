"""What small networks, taught on defects made up in the good pictures, take for a defect."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.defects import LOCAL_KINDS, make_defect
from desktop.engine.anomaly.patch_network import (
    STRIDE,
    Network,
    PatchFeatures,
    fit_features,
    grid_length,
    train_network,
)
from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark, peak
from desktop.engine.folder.maps import Maps, box_mean
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels

DEFECTS = 500  # that one network learns from
CROP = 192  # pixels of a good picture around each
PATCHES = 40  # of each defect, and twice as many good ones beside it
CHANGED = 0.3  # share of its pixels from which a patch counts as defective
FAINTEST = 6  # defects of fewer patches count as if they had so many, not as much as one of `PATCHES`
SMOOTHING = 3  # patches, each way


@dataclasses.dataclass(frozen=True, eq=False)
class Learnt:
    """The place most like a defect, by the mean of one network or of several.

    Attributes:
        features: What they all look at.
        network: Of all networks: each array has one axis more, in front.
    """

    features: PatchFeatures
    network: Network

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
        members = _members(self.network)
        total: Floats = np.sum([member(told) for member in members], axis=0, dtype=np.float32)
        return (total / np.float32(len(members))).reshape(height, width)


def fit(good: Seen) -> Scorer:
    """Teaches one network on defects of all local kinds, made up in good pictures `[N, H, W, 3]`."""
    return fit_without(good, ())


def fit_without(good: Seen, kinds: Sequence[str], seed: int = 0, earlier: Scorer | None = None) -> Scorer:
    """Teaches one network on defects of all other kinds; it shares the features of an earlier fit, if there is one."""
    pictures, random = good.pixels, np.random.default_rng(seed)
    taught = [kind for kind in LOCAL_KINDS if kind not in kinds]
    features = earlier.features if isinstance(earlier, Learnt) else fit_features(pictures, random)
    lessons = [lesson for number in range(DEFECTS) for lesson in _lesson(pictures, number, features, taught, random)]
    told, wanted, importance = (np.concatenate(parts) for parts in zip(*lessons))
    return Learnt(features, _stacked([train_network(told, wanted, importance, seed)]))


def merge(fitted: Sequence[Scorer]) -> Scorer:
    """One score of the networks of several fits that look at the same features."""
    known = cast("Sequence[Learnt]", fitted)
    return Learnt(known[0].features, _stacked([member for each in known for member in _members(each.network)]))


_Lesson = tuple[Floats, Floats, Floats]


def _lesson(
    pictures: Pixels, number: int, features: PatchFeatures, kinds: Sequence[str], random: np.random.Generator
) -> list[_Lesson]:
    """Patches of one defect and good ones beside it: features, 1 or 0, and how much each counts. Empty without one."""
    crop = _crop(pictures[number % len(pictures)], random)
    defect = make_defect(crop, list(pictures), random, str(random.choice(list(kinds))))
    if defect is None:
        return []
    told = features(defect.pixels)
    share = changed_share(defect.mask, told.shape[0], told.shape[1]).reshape(-1)
    told = told.reshape(len(share), -1)
    bad = random.permutation(np.flatnonzero(share > CHANGED))[:PATCHES]
    good = random.permutation(np.flatnonzero(share == 0))[: 2 * PATCHES]
    weight = np.full(len(bad), PATCHES / max(FAINTEST, len(bad)), np.float32)
    return [
        (told[bad], np.ones(len(bad), np.float32), weight),
        (told[good], np.zeros(len(good), np.float32), np.ones(len(good), np.float32)),
    ]


def changed_share(mask: NDArray[np.bool_], height: int, width: int) -> Floats:
    """The share of changed pixels around each place of the grid, `[height, width]` of a mask `[H, W]`."""
    padded = np.zeros((height * STRIDE, width * STRIDE), np.float32)
    part = mask[: height * STRIDE, : width * STRIDE]
    padded[: part.shape[0], : part.shape[1]] = part
    shares: Floats = padded.reshape(height, STRIDE, width, STRIDE).mean(axis=(1, 3))
    return shares


def _crop(picture: Pixels, random: np.random.Generator) -> Pixels:
    top, left = (int(random.integers(max(0, length - CROP) + 1)) for length in picture.shape[:2])
    return picture[top : top + CROP, left : left + CROP]


def _stacked(members: Sequence[Network]) -> Network:
    names = [field.name for field in dataclasses.fields(Network)]
    return Network(**{name: np.stack([getattr(each, name) for each in members]) for name in names})


def _members(stack: Network) -> list[Network]:
    names = [field.name for field in dataclasses.fields(Network)]
    return [Network(**{name: getattr(stack, name)[place] for name in names}) for place in range(len(stack.mean))]


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
