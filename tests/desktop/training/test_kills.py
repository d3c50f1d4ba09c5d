"""Window and trainer are killed at random moments: no run is lost, none is doubled, and no process is left.

The suite kills each of them a few times; `CONVAE_KILLS=20` asks for more.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trainer.run import contract
from trainer.run.contract import Status
from trainer.run.metrics import read_metrics

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found by /proc")]
ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("CONVAE_KILLS", "3"))
PATIENCE_S = 180.0
TINY = ("--size", "32", "--latent-size", "8", "--width", "0.25", "--batch-size", "8", "--characters", "64")
SHORT = (*TINY, "--init", "random", "--steps", "8")
LONG = (*TINY, "--init", "random", "--steps", "100000", "--checkpoint-every", "4")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """The user's folders; whatever still runs in them at the end is killed."""
    yield tmp_path
    for pid in processes_in(tmp_path):
        os.kill(pid, signal.SIGKILL)


def processes_in(home: Path) -> list[int]:
    """Processes that have the user's folders of a test in their environment, but this one."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and os.fsencode(f"XDG_DATA_HOME={home}") in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return [pid for pid in found if contract.is_running(pid) and pid != os.getpid()]


def open_window(home: Path, *deed: str) -> subprocess.Popen[bytes]:
    """A window in a process of its own that has shown its page."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "CONVAE_CACHE": str(home / "cache"), "PYTHONPATH": str(ROOT)}
    homes = {name: str(home) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    command = [sys.executable, "-m", "tests.desktop.training.window_process", *deed]
    window = subprocess.Popen(command, cwd=ROOT, env={**environment, **homes}, stdout=subprocess.PIPE)
    assert window.stdout is not None
    assert window.stdout.readline() == b"ready\n"
    window.stdout.close()
    return window


def kill(process: subprocess.Popen[bytes]) -> None:
    """By kill -9."""
    process.kill()
    process.wait(PATIENCE_S)


def wait_for(reached: Callable[[], bool], what: str) -> None:
    """Until it is so."""
    end = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def trains(status: Status | None, besides: int = 0) -> bool:
    """Whether a process other than that one trains, and has saved a checkpoint by now."""
    return status is not None and status.alive and status.pid != besides and status.state == "training"


def test_killed_windows_and_trainers_lose_nothing(home: Path) -> None:
    """Each round kills the window, whose training goes on, and then the trainer, with which the next window goes on."""
    moments = random.Random(0)
    run = home / "convae" / "runs" / "mine"
    last = 0
    for _ in range(KILLS):
        window = open_window(home, "train", *LONG)
        wait_for(lambda: trains(contract.read_status(run), last), "a trainer goes on with the run")  # noqa: B023
        time.sleep(moments.uniform(0, 0.5))
        kill(window)
        status = contract.read_status(run)
        assert status is not None
        assert status.alive, "the training goes on without the window"
        last = status.pid
        wait_for(lambda: (run / contract.CHECKPOINT_FILE).is_file(), "a checkpoint")
        time.sleep(moments.uniform(0, 0.5))
        os.kill(last, signal.SIGKILL)
        wait_for(lambda: not contract.is_running(last), "the trainer ends")  # noqa: B023
        assert contract.find_runs(run.parent) == [run]
    window = open_window(home, "train", *LONG)
    wait_for(lambda: trains(contract.read_status(run), last), "a trainer goes on with the run")
    contract.ask(run, "stop")
    wait_for(lambda: contract.read_status(run).state == "stopped", "the run stops")  # type: ignore[union-attr]
    kill(window)
    wait_for(lambda: not processes_in(home), "no process is left")
    steps = [row.step for row in read_metrics(run)]
    assert steps == list(range(1, len(steps) + 1))
    assert contract.find_runs(run.parent) == [run]


def test_killed_windows_neither_lose_nor_double_what_waits(home: Path) -> None:
    """Each round kills the window at a random moment, also while it starts a training: each one is trained once."""
    moments = random.Random(1)
    runs, count = home / "convae" / "runs", max(2, KILLS // 3)
    for _ in range(KILLS):
        window = open_window(home, "queue", str(count), *SHORT)
        time.sleep(moments.uniform(0, 3))
        kill(window)
    window = open_window(home, "queue", str(count), *SHORT)

    def all_done() -> bool:
        states = [contract.read_status(run) for run in contract.find_runs(runs)]
        return len(states) == count and all(status is not None and status.state == "done" for status in states)

    wait_for(all_done, "every training is done")
    kill(window)
    wait_for(lambda: not processes_in(home), "no process is left")
    assert sorted(run.name for run in contract.find_runs(runs)) == [f"run{number}" for number in range(count)]
    assert all(len(read_metrics(run)) == 8 for run in contract.find_runs(runs))
