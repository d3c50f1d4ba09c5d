"""A training that is followed is exported again and again, and takes little of the machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.training import follower, launch
from desktop.training.follower import Follower, live_folder
from trainer.run import contract
from trainer.run.contract import Status

COPY = """
import pathlib, sys
run, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
content = (run / "weights.safetensors").read_text()
if content == "bad":
    sys.exit("error: it cannot be exported")
target.mkdir(parents=True)
(target / "model").write_text(content)
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run that trains, and an export that copies its weights."""
    monkeypatch.setattr(launch, "runs_folder", lambda: tmp_path / "runs")
    monkeypatch.setattr(
        launch, "export_command", lambda run, target, name: [sys.executable, "-c", COPY, str(run), str(target), name]
    )
    monkeypatch.setattr(follower, "LOOK_MS", 20)
    folder = tmp_path / "runs" / "mine"
    folder.mkdir(parents=True)
    contract.write_status(folder, Status("training", os.getpid()))
    return folder


def test_new_weights_become_the_model_of_the_moment(qtbot: QtBot, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands in the same place each time; weights that did not change are not exported again."""
    monkeypatch.setattr(follower, "SHARE", 1e9)
    made = list[Path]()
    following = Follower()
    following.made.connect(made.append)
    following.follow(run)
    for place, content in enumerate(("first", "second"), start=1):
        (run / "weights.safetensors").write_text(content)
        qtbot.waitUntil(lambda place=place: len(made) == place, timeout=20_000)  # type: ignore[misc]
        assert (live_folder(run) / "model").read_text() == content
    qtbot.wait(200)
    assert made == [live_folder(run)] * 2
    following.follow(None)


def test_an_export_is_followed_by_a_wait(qtbot: QtBot, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So long that exports take no more than their share of the time: weights that come at once after one wait."""
    monkeypatch.setattr(follower, "SHARE", 1e-4)  # hours, whatever this machine does besides
    following = Follower()
    (run / "weights.safetensors").write_text("first")
    with qtbot.waitSignal(following.made, timeout=20_000):
        following.follow(run)
    (run / "weights.safetensors").write_text("second")
    qtbot.wait(300)
    assert (live_folder(run) / "model").read_text() == "first"
    following.stop()


def test_an_export_that_fails_is_told(qtbot: QtBot, run: Path) -> None:
    """In the words of the command; the run is followed on."""
    following = Follower()
    (run / "weights.safetensors").write_text("bad")
    with qtbot.waitSignal(following.failed, timeout=20_000) as failed:
        following.follow(run)
    assert failed.args == ["error: it cannot be exported"]
    assert following.run == run
    following.stop()
