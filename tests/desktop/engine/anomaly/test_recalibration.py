"""A detector learns from the user's verdicts, and forgets them again."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import recalibration, selection
from desktop.engine.anomaly.calibration import Values
from desktop.engine.anomaly.corrections import NO_CORRECTIONS
from desktop.engine.anomaly.detector import COMBINED, Detector, Origin
from desktop.engine.anomaly.detector_file import load_detector, save_detector
from desktop.engine.anomaly.scores.detail import Detail
from desktop.engine.anomaly.scores.residual import Residual
from desktop.engine.anomaly.selection import MadeUp
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Files

NAMES = ("detail", "error", "scales")
GOOD, DRAWS, FRESH = 60, 20, 200


def numbers(random: np.random.Generator, count: int, lifts: dict[str, float]) -> dict[str, Values]:
    """What scores without a model of their own might say: exponential, with some of them lifted."""
    return {name: random.exponential(1, count) + lifts.get(name, 0.0) for name in NAMES}


def fitted(random: np.random.Generator) -> Detector:
    """A detector whose made-up defects show by `detail` alone."""
    origin = Origin("0123456789abcdef", "tiny", "/good", GOOD, 16, 16, 0.1)
    made_up = MadeUp(("cut", "spot") * 30, numbers(random, 60, {"detail": 4}))
    scorers = {"detail": Detail(0.0, 1.0), "error": Residual("error"), "scales": Residual("scales")}
    held_out = numbers(random, GOOD, {})
    return recalibration.calibrated(
        Detector(origin, scorers, {}, {}, (), held_out, chosen_names=NAMES, made_up=made_up)
    )


def files(count: int, start: int = 0) -> Files:
    """Files of those names."""
    paths = np.array([f"/pictures/{start + number}.png" for number in range(count)])
    return Files(paths, np.ones(count, np.int64), np.ones(count, np.int64))


def error_of(detector: Detector, good: dict[str, Values], bad: dict[str, Values]) -> float:
    """The mean of the shares of false alarms and of misses."""
    alarms, found = (float(detector.verdicts_of(each).anomalous.mean()) for each in (good, bad))
    return (alarms + 1 - found) / 2


def test_errors_fall_with_verdicts() -> None:
    """Real defects show by `scales`, which made-up ones did not choose: with 5, 20 and 50 verdicts there are ever fewer
    errors on fresh pictures, in the mean of 20 draws."""
    errors = np.zeros((DRAWS, 4))
    for draw in range(DRAWS):
        random = np.random.default_rng(draw)
        detector = fitted(random)
        fresh = numbers(random, FRESH, {}), numbers(random, FRESH, {"scales": 3})
        errors[draw, 0] = error_of(detector, *fresh)
        for column, count in enumerate((5, 20, 50), start=1):
            bad = np.arange(count) % 2 == 0
            seen, defects = numbers(random, count, {}), numbers(random, count, {"scales": 3})
            said = {name: np.where(bad, defects[name], seen[name]) for name in NAMES}
            errors[draw, column] = error_of(recalibration.correct(detector, said, bad, files(count)), *fresh)
    mean = errors.mean(axis=0)
    assert (np.diff(mean) < 0).all()
    assert mean[3] < mean[0] - 0.2


def test_verdicts_that_say_nothing_new_do_no_harm() -> None:
    """Real defects show by the score that made-up ones chose: with 20 verdicts the mean error of 10 draws is no larger
    beyond chance, and most weights are what they were."""
    errors, kept = np.zeros((10, 2)), 0
    for draw in range(len(errors)):
        random = np.random.default_rng(100 + draw)
        detector = fitted(random)
        fresh = numbers(random, FRESH, {}), numbers(random, FRESH, {"detail": 4})
        bad = np.arange(20) % 2 == 0
        seen, defects = numbers(random, 20, {}), numbers(random, 20, {"detail": 4})
        said = {name: np.where(bad, defects[name], seen[name]) for name in NAMES}
        taught = recalibration.correct(detector, said, bad, files(20))
        errors[draw] = error_of(detector, *fresh), error_of(taught, *fresh)
        kept += taught.weights == detector.weights
    change = errors[:, 1] - errors[:, 0]
    assert change.mean() <= max(0.005, float(change.std()) / len(errors) ** 0.5)
    assert kept > 5


def test_a_verdict_is_undone() -> None:
    """Two verdicts and two undos later every tail, weight and number is what it was; there is no third undo."""
    random = np.random.default_rng(0)
    before = fitted(random)
    bad = np.arange(8) < 4
    calm, wild = numbers(random, 8, {}), numbers(random, 8, {"error": 9})
    said = {name: np.where(bad, wild[name], calm[name]) for name in NAMES}
    once = recalibration.correct(before, said, bad, files(8))
    twice = recalibration.correct(once, numbers(random, 2, {}), np.zeros(2, bool), files(2, start=8))
    assert len(twice.corrections.bad) == 10
    assert once.weights != before.weights
    back = recalibration.undo(twice)
    assert back.weights == once.weights
    again = recalibration.undo(back)
    assert again.weights == before.weights
    assert again.found == before.found
    for name in (*NAMES, COMBINED):
        assert np.array_equal(again.tails[name].values, before.tails[name].values)
    with pytest.raises(InspectionError, match="no correction to undo"):
        recalibration.undo(again)


def test_the_last_verdict_on_a_picture_holds() -> None:
    """Called missed and then no anomaly, a picture counts among the good ones alone."""
    random = np.random.default_rng(0)
    said = numbers(random, 1, {"error": 9})
    once = recalibration.correct(fitted(random), said, np.ones(1, bool), files(1))
    twice = recalibration.correct(once, said, np.zeros(1, bool), files(1))
    corrections = twice.corrections
    assert (len(corrections.good["error"]), len(corrections.missed["error"])) == (1, 0)
    assert len(twice.tails["error"].values) == GOOD + 1
    assert len(corrections.to_give().bad) == 1


def test_a_picture_that_is_no_anomaly_raises_the_threshold() -> None:
    """It counts as one more good picture, by every score."""
    random = np.random.default_rng(0)
    before = fitted(random)
    after = recalibration.correct(before, numbers(random, 8, {"detail": 6}), np.zeros(8, bool), files(8))
    assert after.threshold("detail") > before.threshold("detail")
    assert len(after.held_out["detail"]) == GOOD


def test_verdicts_are_kept_with_the_detector(tmp_path: Path) -> None:
    """They come back from disk, can be undone there, and name no file in what is given to others."""
    random = np.random.default_rng(0)
    before = fitted(random)
    taught = recalibration.correct(before, numbers(random, 4, {"error": 5}), np.arange(4) % 2 == 0, files(4))
    save_detector(taught, tmp_path / "judge.npz")
    back = load_detector(tmp_path / "judge.npz")
    assert back.weights == taught.weights
    assert back.corrections.steps == (4,)
    assert recalibration.undo(back).weights == before.weights
    save_detector(taught.to_give(), tmp_path / "given.npz")
    given = load_detector(tmp_path / "given.npz")
    assert not len(given.corrections.files.paths)
    assert given.threshold() == taught.threshold()


def test_verdicts_of_one_kind_do_not_choose_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was made up, scores are combined by the smallest chance until verdicts of both kinds do better."""
    random = np.random.default_rng(0)
    plain = dataclasses.replace(fitted(random), made_up=MadeUp((), {}), corrections=NO_CORRECTIONS)
    one = recalibration.correct(plain, numbers(random, 3, {"error": 9}), np.ones(3, bool), files(3))
    assert not one.weights
    monkeypatch.setattr(selection, "verdicts_help", lambda *_: True)
    both = recalibration.correct(one, numbers(random, 3, {}), np.zeros(3, bool), files(3, start=3))
    assert both.weights
    with pytest.raises(InspectionError, match="nothing to correct"):
        recalibration.correct(plain, numbers(random, 0, {}), np.zeros(0, bool), files(0))
