"""The commands behind the Training page."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.training import launch
from desktop.training.launch import GOALS, OPTIONS, Plan
from trainer.options.command_line import parse


@pytest.mark.parametrize("goal", GOALS)
def test_every_goal_is_a_command_that_the_trainer_takes(goal: launch.Goal, tmp_path: Path) -> None:
    """The trainer reads the options of each goal without a complaint, and puts the run where it was told."""
    config = parse(Plan(tmp_path, tmp_path / "run", goal, 3).arguments())
    assert config.run.out == tmp_path / "run"
    assert config.pictures.data == str(tmp_path) or Path(str(config.pictures.data)) == tmp_path
    assert config.training.time_limit_seconds == 180
    assert set(OPTIONS) == set(GOALS)


def test_options_that_were_typed_come_last(tmp_path: Path) -> None:
    """They count, and a time limit of the user's own takes the place of the minutes."""
    arguments = Plan(None, tmp_path / "a b", "sliders", 10, ("--time-limit", "2h", "--seed", "3")).arguments()
    config = parse(arguments)
    assert config.training.time_limit_seconds == 7200
    assert config.run.seed == 3
    assert launch.typed(launch.train_command(Plan(None, tmp_path / "a b"))).endswith(f"--out '{tmp_path / 'a b'}'")


@given(st.text(max_size=100))
def test_any_name_makes_a_folder_name(name: str) -> None:
    """Separators, dots and what no file system takes are left out, and the length is bounded."""
    made = launch.free_name(Path("/nowhere"), name)
    assert made.parent == Path("/nowhere")
    assert 0 < len(made.name) <= 64
    assert not made.name.startswith((".", "-"))


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    """Nothing that was trained before is touched."""
    (tmp_path / "faces").mkdir()
    assert launch.free_name(tmp_path, "faces").name == "faces-2"
    launch.log_file(tmp_path / "faces-2").touch()  # begun, and still preparing its pictures
    assert launch.free_name(tmp_path, "faces").name == "faces-3"


def test_a_command_writes_its_output_to_the_log(tmp_path: Path) -> None:
    """Its last lines can be read while it runs, and a log that is missing has none."""
    log = tmp_path / "new" / "run.log"
    assert launch.last_lines(log) == ""
    process = launch.start([sys.executable, "-c", "print('one'); print('two'); print()"], log)
    assert process.wait(30) == 0
    assert launch.last_lines(log) == "two"
    assert launch.last_lines(log, 2) == "one\ntwo"


@pytest.mark.skipif(sys.platform == "win32", reason="sessions are of other systems")
def test_a_command_is_apart_from_the_window(tmp_path: Path) -> None:
    """It has a session of its own, so that Ctrl-C and the end of the window do not reach it."""
    program = "import os, time; print(os.getsid(0) == os.getpid(), flush=True)"
    process = launch.start([sys.executable, "-c", program], tmp_path / "run.log")
    process.wait(30)
    deadline = time.monotonic() + 10
    while not launch.last_lines(tmp_path / "run.log") and time.monotonic() < deadline:
        time.sleep(0.01)
    assert launch.last_lines(tmp_path / "run.log") == "True"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a priority when a process is created")
def test_a_command_comes_after_the_window(tmp_path: Path) -> None:
    """A training that computes on every core leaves them to whoever works in the window."""
    process = launch.start([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "run.log")
    try:
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)
    finally:
        process.kill()
        process.wait()


def test_packages_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without importing any of them."""
    assert launch.missing() == []
    monkeypatch.setattr(launch.importlib.util, "find_spec", lambda name: None if name == "torch" else object())
    assert launch.missing() == ["torch"]
