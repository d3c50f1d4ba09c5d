"""The detector that a command scores pictures by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.inspect.commands.command import main
from tests.desktop.inspect.commands.conftest import Run


def test_a_kept_detector_says_it_too(run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Saved, and used on other pictures without the good folder, its scores and thresholds are those of before."""
    detector = tmp_path / "detector.npz"
    run("anomalies", parts, "--save-detector", detector, "--json")
    before = json.loads(capsys.readouterr().out)
    assert run("anomalies", parts / "bad", "--detector", detector, "--json") == 0
    after = json.loads(capsys.readouterr().out)
    assert after["thresholds"] == before["thresholds"]
    scores = {picture["path"]: picture["scores"]["combined"] for picture in before["pictures"]}
    assert all(picture["scores"]["combined"] == pytest.approx(scores[picture["path"]]) for picture in after["pictures"])


def test_a_saved_detector_is_reused(run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--save` keeps it with the model: a later run says the same of the folder, and scores another one with it."""
    choices = ("--false-alarms", "0.2", "--by", "scales")
    assert run("anomalies", parts, *choices, "--save", "--json") == 0
    before = json.loads(capsys.readouterr().out)
    assert run("anomalies", parts, "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == before
    assert "24 good pictures" in said.err
    (parts / "bad").rename(tmp_path / "new")
    assert run("anomalies", tmp_path / "new", "--json") == 0
    after = json.loads(capsys.readouterr().out)
    assert (after["false_alarm_rate"], after["score"]) == (0.2, "scales")
    assert after["thresholds"] == before["thresholds"]


def test_without_save_nothing_is_kept(run: Run, parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another folder, without good pictures, is then not scored."""
    assert run("anomalies", parts) == 0
    assert run("anomalies", parts / "bad") == 2
    assert "no detector was saved for this model" in capsys.readouterr().err


def test_a_model_is_given_away_with_its_detector(
    run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The copy scores a folder by itself, without the good pictures."""
    given = tmp_path / "given.convae"
    assert run("anomalies", parts, "--save-model", given) == 0
    capsys.readouterr()
    assert main(["anomalies", str(parts / "bad"), "--model", str(given), "--provider", "cpu", "--json"]) == 0
    assert all(picture["anomalous"] for picture in json.loads(capsys.readouterr().out)["pictures"])


def test_scores_can_be_chosen(run: Run, parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those named are computed and combined, and no other; unknown ones are refused."""
    assert run("anomalies", parts, "--scores", "error,patch_pca", "--combine", "patch_pca", "--json") == 0
    pictures_found = json.loads(capsys.readouterr().out)["pictures"]
    assert set(pictures_found[0]["scores"]) == {"error", "patch_pca", "combined"}
    assert run("anomalies", parts, "--scores", "beauty") == 2
    assert "there is no score 'beauty'" in capsys.readouterr().err
    assert run("anomalies", parts, "--scores", "error", "--combine", "scales") == 2
