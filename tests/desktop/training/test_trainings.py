"""The trainings of a window: started, watched, and asked why they ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.errors import TrainingError
from desktop.training import launch, trainings
from desktop.training.launch import Plan
from desktop.training.plans import read_plan
from desktop.training.problem import Problem
from desktop.training.trainings import Trainings
from trainer.run import contract
from trainer.run.contract import Status

TELLS = "from trainer.run.contract import tell_early_failure as tell; tell('There is no folder.', 'data'); exit(2)"


@pytest.fixture
def started(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainings]:  # noqa: ARG001
    """None yet, in a folder of the test's own."""
    monkeypatch.setattr(launch, "runs_folder", lambda: tmp_path / "runs")
    made = Trainings()
    yield made
    made.stop()


def _runs(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(launch, "train_command", lambda _plan: [sys.executable, "-c", program])


def test_a_failure_before_there_is_a_run_is_known(
    qtbot: QtBot, started: Trainings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the file that the trainer was told to write; a start that follows forgets it, and the plan is kept."""
    _runs(monkeypatch, TELLS)
    plan = Plan(tmp_path / "gone", tmp_path / "runs" / "mine")
    assert started.start(plan) > 0
    qtbot.waitUntil(lambda: not started.any_runs)
    assert started.problem(plan.out, None) == Problem("data", "There is no folder.")
    assert read_plan(plan.out) == plan
    _runs(monkeypatch, "")
    started.start(plan)
    qtbot.waitUntil(lambda: not started.any_runs)
    assert not launch.failure_file(plan.out).exists()
    assert started.begun == (plan.out,)


@pytest.mark.parametrize(("loads", "kind"), [("pass", ""), ("raise OSError('libtorch')", "install")])
def test_a_torch_that_does_not_load_is_found_out(
    qtbot: QtBot, started: Trainings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loads: str, kind: str
) -> None:
    """A trainer that ends without its own word is looked into: torch may be what is to be mended."""
    monkeypatch.setattr(trainings, "LOADS", loads)
    _runs(monkeypatch, "raise ImportError('libtorch.so: cannot open shared object file')")
    run = tmp_path / "runs" / "mine"
    started.start(Plan(None, run))
    qtbot.waitUntil(lambda: not started.runs(run))
    with qtbot.waitSignal(started.changed, timeout=20_000):
        assert started.problem(run, None).kind == ""  # type: ignore[union-attr]
    found = started.problem(run, None)
    assert found is not None
    assert found.kind == kind
    assert "cannot open shared object" in found.text


def test_a_folder_that_cannot_be_written_is_told(started: Trainings, tmp_path: Path) -> None:
    """In one sentence, and nothing is started."""
    (tmp_path / "runs").touch()
    with pytest.raises(TrainingError, match="cannot be written"):
        started.start(Plan(None, tmp_path / "runs" / "mine"))
    assert started.begun == ()


def test_a_run_of_another_window_keeps_the_queue_waiting(started: Trainings, tmp_path: Path) -> None:
    """Busy is whoever trains here or elsewhere, in either folder; a run that has ended is not."""
    started.elsewhere = tmp_path / "other"
    assert not started.busy()
    for folder, state in ((tmp_path / "runs" / "a", "done"), (tmp_path / "other" / "b", "training")):
        folder.mkdir(parents=True)
        (folder / contract.CONFIG_FILE).write_text("{}")
        contract.write_status(folder, Status(state, os.getpid()))  # type: ignore[arg-type]
        assert started.busy() == (state == "training")


def test_prepared_pictures_go_with_the_runs(
    qtbot: QtBot, started: Trainings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the other folder, where there is one."""
    started.elsewhere = tmp_path / "other"
    _runs(monkeypatch, "import os; print(os.environ['CONVAE_CACHE'])")
    run = tmp_path / "other" / "mine"
    started.start(Plan(None, run))
    qtbot.waitUntil(lambda: not started.runs(run))
    assert launch.last_lines(launch.log_file(run)) == str(tmp_path / "other" / "prepared-pictures")
