"""Why a training ended."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.training import launch, problem
from desktop.training.problem import Problem, find_problem
from trainer.run import contract
from trainer.run.contract import Status

GONE = 1 << 22


def test_a_run_that_failed_says_why_and_how_to_mend_it(tmp_path: Path) -> None:
    """The options of the cure are split as they would be typed."""
    status = Status("failed", GONE, message="Out of memory.", failure="memory", cure="--batch-size 8 --size '6 4'")
    found = find_problem(tmp_path, status, ended=False)
    assert found == Problem("memory", "Out of memory.", ("--batch-size", "8", "--size", "6 4"))


@pytest.mark.parametrize("status", [Status("training", os.getpid()), Status("done", GONE), Status("stopped", GONE)])
def test_a_run_that_goes_on_or_is_over_has_no_problem(tmp_path: Path, status: Status) -> None:
    """Nor has one that is being started."""
    assert find_problem(tmp_path, status, ended=True) is None
    assert find_problem(tmp_path, None, ended=False) is None


def test_a_training_that_failed_before_it_was_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its failure file says why; where there is none, the last line that it printed does."""
    run = tmp_path / "mine"
    launch.log_file(run).write_text("Pictures\nerror: it cannot be done\n")
    assert find_problem(run, None, ended=True) == Problem("", "error: it cannot be done")
    monkeypatch.setenv(contract.FAILURE_VARIABLE, str(launch.failure_file(run)))
    contract.tell_early_failure("There is no folder.", "data")
    assert find_problem(run, None, ended=True) == Problem("data", "There is no folder.")


def test_a_run_on_a_full_disk_says_so_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There was no room for its last words: a run that was interrupted where nothing is free failed by that."""
    status = Status("training", GONE)
    assert find_problem(tmp_path, status, ended=False) is None
    monkeypatch.setattr(problem, "LEAST_FREE_BYTES", 1 << 80)
    assert find_problem(tmp_path, status, ended=False) == Problem("disk", "")
    assert find_problem(tmp_path / "gone", status, ended=False) is None
