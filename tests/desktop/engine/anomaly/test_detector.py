"""A detector is fitted, calibrated, kept and read."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from desktop.engine.anomaly.detector import COMBINED, Detector, Origin
from desktop.engine.anomaly.fit import fit_detector
from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.errors import InspectionError
from desktop.engine.folder.maps import STORED, residual_scores
from tests.desktop.engine.conftest import varied

ORIGIN = Origin("0123456789abcdef", "tiny", "/good", 20, 16, 24, 0.1)
KINDS = list(registry.offered("map").values())


def seen(count: int, seed: int, spot: bool = False) -> Seen:
    """Pictures of 24 x 16 with noisy reconstructions, with codes of `[2, 4, 6]`; with a `spot`, a defect in each."""
    random = np.random.default_rng(seed)
    originals = np.stack([varied(number + 1000 * seed, 24)[:16] for number in range(count)])
    codes = random.standard_normal((count, 2, 4, 6)).astype(np.float32)
    noisy = (originals + random.normal(0, 4, originals.shape)).clip(0, 255).astype(np.uint8)
    if spot:
        originals[:, 5:9, 10:14] = 0
        codes[:, :, 1, 3] += 8
    kept = residual_scores(originals, noisy)
    return Seen(codes, {name: kept[:, column] for column, name in enumerate(STORED)}, originals, noisy)


def test_a_spot_is_anomalous_by_every_local_score(fitted: Detector) -> None:
    """Each score that looks for a worst place, and the combination, tell spotted pictures from fresh good ones."""
    detector = fitted
    good, bad = detector.score(seen(10, 1)), detector.score(seen(10, 2, spot=True))
    for name in ("scales", "cells", "patch_distance", COMBINED):
        assert bad.scores[name].min() > good.scores[name].max(), name
    assert bad.anomalous.all()
    assert good.anomalous.mean() <= 0.5


def test_the_combination_takes_the_models_scores(fitted: Detector) -> None:
    """And `detail`, `learnt` and `spots`; the plain baselines are scores of their own unless the user combines them."""
    of_model = ("cells", "error", "mahalanobis", "neighbours", "scales", "structure")
    assert sorted(fitted.combined) == sorted((*of_model, "detail", "learnt", "spots"))


@pytest.mark.parametrize("name", ["error", "scales", "cells", "mean_picture", "patch_pca", "patch_distance", COMBINED])
def test_heat_is_where_the_spot_is(fitted: Detector, name: str) -> None:
    """The hottest pixel of each map lies in the spot, or in the cell or patch that holds it."""
    heat = fitted.heat(seen(4, 3, spot=True), name)
    assert heat.shape == (4, 16, 24)
    for each in heat:
        row, column = np.unravel_index(each.argmax(), each.shape)
        assert 1 <= row < 13
        assert 6 <= column < 18


def test_scores_without_a_place_have_no_heat(fitted: Detector) -> None:
    """It is said, not drawn as nothing."""
    with pytest.raises(InspectionError, match="no heat map"):
        fitted.heat(seen(1, 3), "mahalanobis")


def test_held_out_verdicts_are_of_pictures_unseen(fitted: Detector) -> None:
    """A good picture is farther from the others than the final fit, which has seen it, makes it."""
    detector, held_out = fitted, fitted.verdicts_held_out()
    again = detector.score(seen(20, 0))
    assert (held_out.scores["neighbours"] > again.scores["neighbours"]).all()
    assert held_out.anomalous.mean() <= 0.1 + 1 / 20


def test_a_lower_rate_has_a_higher_threshold(fitted: Detector) -> None:
    """The detector is the same but for the rate; one that is no rate is refused."""
    detector = fitted
    assert detector.at(0.01).threshold() > detector.at(0.1).threshold() > detector.at(0.5).threshold()
    with pytest.raises(InspectionError, match="between 0 and 1"):
        detector.at(1.0)


def test_pictures_are_anomalous_by_the_score_that_was_chosen(fitted: Detector) -> None:
    """Its own threshold is the one that counts, in the copy that comes back from disk too; unknown ones are refused."""
    others = seen(10, 2, spot=True)
    said = fitted.at(score="scales").score(others)
    assert np.array_equal(said.anomalous, said.scores["scales"] >= fitted.threshold("scales"))
    with pytest.raises(InspectionError, match="no score 'beauty'"):
        fitted.at(score="beauty")


def test_a_batch_that_differs_is_held_out_whole() -> None:
    """Three batches that are each unlike the others: with each of them held out whole, the threshold is far higher."""
    good, batches = seen(24, 0), np.repeat(np.arange(3), 8)
    good = dataclasses.replace(good, codes=good.codes + 6 * batches[:, None, None, None].astype(np.float32))
    origin, kind = dataclasses.replace(ORIGIN, pictures=24), [registry.offered("map")["neighbours"]]
    alone, apart = (fit_detector(good, origin, kind, ["neighbours"], each) for each in (None, batches))
    assert apart.threshold("neighbours") > 2 * alone.threshold("neighbours")


def test_what_is_given_to_others_names_no_folder(fitted: Detector) -> None:
    """Nor a file: the good folder's own name is all that is left, and the detector says the same."""
    given = fitted.to_give()
    assert (given.origin.good, len(given.files.paths)) == ("good", 0)
    assert np.array_equal(given.score(seen(3, 4)).anomalous, fitted.score(seen(3, 4)).anomalous)


def test_too_few_good_pictures_are_refused() -> None:
    """The sentence says how many are needed."""
    with pytest.raises(InspectionError, match="9, where at least 10"):
        fit_detector(seen(9, 0), dataclasses.replace(ORIGIN, pictures=9), KINDS, ["error"])
