"""A judge is fitted, calibrated, kept and read."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.errors import InspectionError
from desktop.engine.inspect import scores
from desktop.engine.inspect.judging import COMBINED, Judge, Origin, Verdicts, fit_judge, load_judge
from desktop.engine.inspect.oddities import default_combination
from desktop.engine.inspect.scores import Seen, rebuilding_scores
from tests.desktop.engine.inspect.conftest import varied

ORIGIN = Origin("0123456789abcdef", "tiny", "/good", 20, 16, 24, 0.1)
KINDS = list(scores.kinds("map").values())


def seen(count: int, seed: int, spot: bool = False) -> Seen:
    """Pictures of 24 x 16 whose rebuilt ones are noisy, with codes of `[2, 4, 6]`; with a `spot`, a defect in each."""
    random = np.random.default_rng(seed)
    originals = np.stack([varied(number + 1000 * seed, 24)[:16] for number in range(count)])
    codes = random.standard_normal((count, 2, 4, 6)).astype(np.float32)
    noisy = (originals + random.normal(0, 4, originals.shape)).clip(0, 255).astype(np.uint8)
    if spot:
        originals[:, 5:9, 10:14] = 0
        codes[:, :, 1, 3] += 8
    kept = rebuilding_scores(originals, noisy)
    return Seen(codes, {name: kept[:, column] for column, name in enumerate(scores.STORED)}, originals, noisy)


@pytest.fixture(scope="module")
def fitted() -> tuple[Judge, Verdicts]:
    """A judge of every score, and its held-out verdicts."""
    return fit_judge(seen(20, 0), ORIGIN, KINDS, default_combination(KINDS))


def test_a_spot_is_odd_by_every_local_score(fitted: tuple[Judge, Verdicts]) -> None:
    """Each score that looks for a worst place, and the combination, tell spotted pictures from fresh good ones."""
    judge, _ = fitted
    good, bad = judge.judge(seen(10, 1)), judge.judge(seen(10, 2, spot=True))
    for name in ("scales", "cells", "patch_distance", COMBINED):
        assert bad.scores[name].min() > good.scores[name].max(), name
    assert bad.odd.all()
    assert good.odd.mean() <= 0.5


def test_the_combination_takes_the_models_scores(fitted: tuple[Judge, Verdicts]) -> None:
    """And `detail`; the plain baselines are scores of their own unless the user combines them."""
    assert fitted[0].combined == ("error", "structure", "scales", "mahalanobis", "neighbours", "cells", "detail")


@pytest.mark.parametrize("name", ["error", "scales", "cells", "mean_picture", "patch_pca", "patch_distance", COMBINED])
def test_heat_is_where_the_spot_is(fitted: tuple[Judge, Verdicts], name: str) -> None:
    """The hottest pixel of each map lies in the spot, or in the cell or patch that holds it."""
    heat = fitted[0].heat(seen(4, 3, spot=True), name)
    assert heat.shape == (4, 16, 24)
    for each in heat:
        row, column = np.unravel_index(each.argmax(), each.shape)
        assert 1 <= row < 13
        assert 6 <= column < 18


def test_scores_without_a_place_have_no_heat(fitted: tuple[Judge, Verdicts]) -> None:
    """It is said, not drawn as nothing."""
    with pytest.raises(InspectionError, match="no heat-map"):
        fitted[0].heat(seen(1, 3), "mahalanobis")


def test_held_out_verdicts_are_of_pictures_unseen(fitted: tuple[Judge, Verdicts]) -> None:
    """A good picture is farther from the others than the final fit, which has seen it, makes it."""
    judge, held_out = fitted
    again = judge.judge(seen(20, 0))
    assert (held_out.scores["neighbours"] > again.scores["neighbours"]).all()
    assert held_out.odd.mean() <= 0.1 + 1 / 20


def test_a_judge_comes_back_as_it_was(fitted: tuple[Judge, Verdicts], tmp_path: Path) -> None:
    """Same scores, same chances, same heat."""
    judge = fitted[0]
    judge.save(tmp_path / "judge.npz")
    back = load_judge(tmp_path / "judge.npz")
    assert (back.origin, back.combined) == (judge.origin, judge.combined)
    others = seen(3, 4, spot=True)
    first, second = judge.judge(others), back.judge(others)
    for name in first.scores:
        assert np.array_equal(first.scores[name], second.scores[name]), name
        assert np.array_equal(first.log_chances[name], second.log_chances[name]), name
    assert np.array_equal(judge.heat(others), back.heat(others))


def test_a_lower_rate_has_a_higher_threshold(fitted: tuple[Judge, Verdicts]) -> None:
    """The judge is the same but for the rate; one that is no rate is refused."""
    judge = fitted[0]
    assert judge.with_rate(0.01).threshold() > judge.with_rate(0.1).threshold() > judge.with_rate(0.5).threshold()
    with pytest.raises(InspectionError, match="between 0 and 1"):
        judge.with_rate(1.0)


def test_too_few_good_pictures_are_refused() -> None:
    """The sentence says how many are needed."""
    with pytest.raises(InspectionError, match="9 good pictures; at least 10"):
        fit_judge(seen(9, 0), dataclasses.replace(ORIGIN, pictures=9), KINDS, ["error"])


@pytest.mark.parametrize("harm", ["cut", "text", "missing", "version", "class"])
def test_a_broken_judge_is_said(fitted: tuple[Judge, Verdicts], tmp_path: Path, harm: str) -> None:
    """Whatever is wrong with the file, it is one sentence with its name."""
    path = tmp_path / "judge.npz"
    fitted[0].save(path)
    content = path.read_bytes()
    changes = {
        "cut": content[:2000],
        "text": b"no npz at all",
        "missing": content.replace(b"tail.error.start.npy", b"tail.error.stort.npy"),
        "version": content.replace(b'"version": 1', b'"version": 9'),
        "class": content.replace(b'"Rebuilding"', b'"Rebuilxing"'),
    }
    path.write_bytes(changes[harm])
    with pytest.raises(InspectionError, match=r"judge\.npz"):
        load_judge(path)
