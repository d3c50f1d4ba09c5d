"""Lessons of made-up defects, from which the networks of all folds learn."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.anomaly.defects import LOCAL_KINDS
from desktop.engine.anomaly.lessons import PATCHES, Lessons, make_lessons
from desktop.engine.anomaly.patch_features import PatchFeatures, fit_features
from desktop.engine.errors import StoppedError
from desktop.engine.pictures import Pixels

FOLDS = np.array([0, 0, 1, 1, 2, 2])


@pytest.fixture
def pictures() -> Pixels:
    """Of each fold, two of a level of its own, with a little noise: uint8 `[6, 64, 64, 3]`."""
    levels = np.array([40, 40, 120, 120, 200, 200])[:, None, None, None]
    return (levels + np.random.default_rng(0).integers(-9, 10, (6, 64, 64, 3))).astype(np.uint8)


def lessons_of(pictures: Pixels, features: PatchFeatures, count: int = 240) -> Lessons:
    """So many, in all folds."""
    return make_lessons(pictures, FOLDS, features, count, lambda _: None)


def test_a_fold_left_out_has_no_pixel_in_a_lesson(pictures: Pixels) -> None:
    """Whatever its pictures are, the lessons without them are the same, though parts of all pictures are pasted; and
    each lesson is left out with its own fold, so that none is lost to all."""
    features = fit_features(pictures, np.random.default_rng(1))
    before = lessons_of(pictures, features)
    pictures[FOLDS == 1] = np.random.default_rng(2).integers(0, 256, (2, 64, 64, 3))
    after = lessons_of(pictures, features)
    for fold in range(3):
        rows, again = before.without(fold), after.without(fold)
        same = len(rows) == len(again) and np.array_equal(before.told[rows], after.told[again])
        assert same == (fold == 1)
        assert 0.4 < len(rows) / len(before.told) < 0.75
    assert (before.folds[:, 0] != before.folds[:, 1]).any(), "none was pasted from another fold"
    assert len(before.without(None)) == len(before.told)


def test_a_kind_left_out_has_no_lesson(pictures: Pixels) -> None:
    """Without some kinds there are the lessons of all others, and with all left out none."""
    lessons = lessons_of(pictures, fit_features(pictures, np.random.default_rng(1)))
    rows = lessons.without(None, LOCAL_KINDS[:2])
    assert set(np.unique(lessons.kinds[rows])) == set(range(2, len(LOCAL_KINDS))) & set(np.unique(lessons.kinds))
    assert len(lessons.without(0, LOCAL_KINDS)) == 0


def test_a_small_defect_counts_as_others_do(pictures: Pixels) -> None:
    """Of a defect at most forty patches are kept, and fewer count for more; good ones count as they are."""
    lessons = lessons_of(pictures, fit_features(pictures, np.random.default_rng(1)))
    defects = lessons.wanted == 1
    assert set(np.unique(lessons.importance[~defects])) == {1}
    assert lessons.importance[defects].min() >= 1
    assert lessons.importance[defects].max() <= PATCHES / 6
    assert 0.02 < defects.mean() < 0.5


def test_making_them_can_be_stopped(pictures: Pixels) -> None:
    """It tells how many more are made, all of them in the end; and ends at once when told to."""
    features, made = fit_features(pictures, np.random.default_rng(1)), list[int]()
    make_lessons(pictures, FOLDS, features, 130, made.append)
    assert sum(made) == 130
    assert len(made) > 1

    def stop(_: int) -> None:
        raise StoppedError("no longer wanted")

    with pytest.raises(StoppedError):
        make_lessons(pictures, FOLDS, features, 10_000, stop)
