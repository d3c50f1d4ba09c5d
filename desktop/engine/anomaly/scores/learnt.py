"""What small networks, taught on defects made up in the good pictures, take for a defect."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np

from desktop.engine.anomaly.lessons import Lessons, make_lessons
from desktop.engine.anomaly.patch_features import PatchFeatures, fit_features, grid_length
from desktop.engine.anomaly.patch_network import Networks, stacked, train_network
from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark, peak
from desktop.engine.folder.index import Rows
from desktop.engine.folder.maps import Maps, box_mean
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels

DEFECTS = 4000  # that all networks learn from
MEMBERS = 3  # networks that give one score together: they differ by the numbers that they begin with
SMOOTHING = 3  # patches, each way


@dataclasses.dataclass(frozen=True, eq=False)
class Learnt:
    """The place most like a defect, by the mean of several networks.

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


@dataclasses.dataclass(frozen=True, eq=False)
class Taught:
    """Lessons in good pictures, from which the networks of each fold learn.

    Attributes:
        features: What all networks look at.
        lessons: Of all local kinds of defects.
    """

    features: PatchFeatures
    lessons: Lessons

    def fit(self, fold: int | None, kinds: Sequence[str]) -> Learnt:
        """Networks that have seen no picture of a fold and no defect of these kinds.

        As many for a fold as for all pictures: the mean of more peaks lower, and held-out pictures would be scored by
        another measure than new ones are.
        """
        lessons, rows = self.lessons, self.lessons.without(fold, kinds)
        facts = lessons.told, lessons.wanted, lessons.importance, rows
        return Learnt(self.features, stacked([train_network(*facts, seed) for seed in range(MEMBERS)]))


def teach(good: Seen, folds: Rows, done: Callable[[float], None]) -> Taught:
    """Makes up defects of all local kinds in good pictures `[N, H, W, 3]`, each of one of the folds `[N]`."""
    features = fit_features(good.pixels, np.random.default_rng(0))
    return Taught(features, make_lessons(good.pixels, folds, features, DEFECTS, lambda count: done(count / DEFECTS)))


def fit(good: Seen) -> Scorer:
    """Networks taught on all kinds in all good pictures."""
    return teach(good, np.zeros(len(good.pixels), np.int64), lambda _: None).fit(None, ())


SCORE = Score(
    "learnt",
    mark("Learnt defects"),
    mark("Networks taught on defects made up in the good pictures: the place most like one"),
    need="pixels",
    scorer=Learnt,
    fit=fit,
    local=True,
    teach=teach,
)
