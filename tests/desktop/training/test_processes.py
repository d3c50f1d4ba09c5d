"""Trainings that the window starts are those of the terminal, and outlive what kills them."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from desktop.training import launch
from desktop.training.launch import Plan
from trainer.run import contract
from trainer.run.metrics import read_metrics

pytestmark = pytest.mark.slow
TINY = ("--size", "32", "--latent", "vector", "--latent-size", "8", "--width", "0.25", "--batch-size", "8")
SET = ("--characters", "64", "--init", "random")
KILLS = 2
PATIENCE_S = 120.0


@pytest.fixture(autouse=True)
def _of_this_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(Path.cwd()), os.environ.get("PYTHONPATH")))))


def metrics(run: Path) -> list[list[str]]:
    """The table of a run without the column of speeds, which no two runs share."""
    with (run / contract.METRICS_FILE).open(newline="") as file:
        rows = list(csv.reader(file))
    speed = rows[0].index("images_per_second")
    return [row[:speed] + row[speed + 1 :] for row in rows]


def test_the_window_trains_as_the_command_does(tmp_path: Path) -> None:
    """The same table of figures, to the last digit, as the command that the page shows gives in a terminal.

    With a time limit the learning rate follows the clock, so that no two runs are the same.
    """
    plans = [Plan(None, tmp_path / name, "sliders", 0, (*TINY, *SET, "--steps", "12")) for name in ("window", "typed")]
    process = launch.start(launch.train_command(plans[0]), tmp_path / "log")
    subprocess.run(["bash", "-c", launch.typed(launch.train_command(plans[1]))], check=True, capture_output=True)
    assert process.wait(PATIENCE_S) == 0
    assert metrics(plans[0].out) == metrics(plans[1].out)
    assert len(metrics(plans[0].out)) == 13


def test_killed_at_any_moment_a_run_goes_on(tmp_path: Path) -> None:
    """After each kill -9 the run is found, nobody trains it, and it goes on from its checkpoint; no step is doubled."""
    moments = random.Random(0)
    plan = Plan(
        None, tmp_path / "runs" / "mine", "sliders", 5, (*TINY, *SET, "--steps", "400", "--checkpoint-every", "4")
    )
    command = launch.train_command(plan)
    for _ in range(KILLS):
        process = launch.start(command, tmp_path / "log")
        wait_for(plan.out, process.pid)
        time.sleep(moments.uniform(0, 0.5))
        os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE_S)
        assert contract.find_runs(tmp_path / "runs") == [plan.out]
        status = contract.read_status(plan.out)
        assert status is not None
        assert not status.alive
        command = launch.resume_command(plan.out)
    process = launch.start(command, tmp_path / "log")
    wait_for(plan.out, process.pid)
    contract.ask(plan.out, "stop")
    process.wait(PATIENCE_S)
    steps = [row.step for row in read_metrics(plan.out)]
    assert steps == list(range(1, len(steps) + 1))
    assert contract.read_status(plan.out).ended  # type: ignore[union-attr]


def wait_for(run: Path, pid: int) -> None:
    """Waits until this process trains the run, and there is a checkpoint."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        status = contract.read_status(run)
        trains = status is not None and status.pid == pid and status.state == "training" and status.step > 0
        if trains and (run / contract.CHECKPOINT_FILE).is_file():
            return
        time.sleep(0.05)
    pytest.fail(f"{run} was not trained by process {pid}")
