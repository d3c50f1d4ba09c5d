"""The queue of trainings: kept in a file, shared by windows, and started one by one."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.errors import TrainingError
from desktop.training import launch, queue
from desktop.training.launch import Plan
from desktop.training.queue import TrainingQueue
from trainer.run import contract
from trainer.run.contract import Status

GONE = 1 << 22  # above every process id


def plan(folder: Path, name: str) -> Plan:
    """A training of that name."""
    return Plan(None, folder / "runs" / name)


def names(waiting: TrainingQueue) -> list[str]:
    """What waits, in order."""
    return [entry.plan.out.name for entry in waiting.entries]


def never() -> bool:
    """Nothing else trains."""
    return False


def test_what_waits_is_found_again_in_its_order(tmp_path: Path) -> None:
    """Added, moved and removed by one window, and read by another."""
    first, second = TrainingQueue(tmp_path / "queue.json"), TrainingQueue(tmp_path / "queue.json")
    keys = {name: first.add(plan(tmp_path, name)).key for name in ("a", "b", "c")}
    assert names(second) == ["a", "b", "c"]
    second.move(keys["c"], -1)
    second.move(keys["a"], 9)
    assert names(first) == ["c", "b", "a"]
    first.remove(keys["b"])
    first.remove(keys["b"])
    assert names(second) == ["c", "a"]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5)), max_size=8))
def test_moves_lose_nothing(moves: list[tuple[int, int]]) -> None:
    """Whatever is moved to wherever, the same trainings wait."""
    waiting = TrainingQueue(None)
    keys = [waiting.add(plan(Path("/nowhere"), name)).key for name in "abcd"]
    for entry, places in moves:
        waiting.move(keys[entry], places)
    assert sorted(names(waiting)) == list("abcd")


def test_the_next_one_starts_when_the_one_before_has_ended(tmp_path: Path) -> None:
    """Not while its process is there, unless its status says that it is over; nor while anything else trains."""
    waiting, started = TrainingQueue(tmp_path / "queue.json"), list[str]()
    for name in ("a", "b", "b"):
        waiting.add(plan(tmp_path, name))

    def start(wanted: Plan) -> int:
        started.append(wanted.out.name)
        wanted.out.mkdir(parents=True)
        return os.getpid()

    assert waiting.start_next(start, lambda: True) is None
    assert waiting.start_next(start, never) is not None
    assert waiting.start_next(start, never) is None  # this process trains
    contract.write_status(tmp_path / "runs" / "a", Status("done", os.getpid()))
    waiting.start_next(start, never)
    contract.write_status(tmp_path / "runs" / "b", Status("failed", os.getpid()))
    waiting.start_next(start, never)
    assert started == ["a", "b", "b-2"]  # a name that is taken gets a number
    assert waiting.entries == []


def test_a_training_that_cannot_be_started_waits_on(tmp_path: Path) -> None:
    """The error is told, and the entry is still the first."""
    waiting = TrainingQueue(tmp_path / "queue.json")
    waiting.add(plan(tmp_path, "a"))

    def refuse(_: Plan) -> int:
        raise TrainingError("The disk is full.")

    with pytest.raises(TrainingError, match="full"):
        waiting.start_next(refuse, never)
    assert names(waiting) == ["a"]


def test_an_entry_whose_window_was_killed_is_put_back(tmp_path: Path) -> None:
    """If it was killed after it took the entry and before there was a process; once there is a log, it was started."""
    path = tmp_path / "queue.json"
    waiting, started = TrainingQueue(path), list[str]()
    waiting.add(plan(tmp_path, "a"))
    waiting.start_next(lambda _: GONE, never)
    assert waiting.was_cut_short

    def start(wanted: Plan) -> int:
        started.append(wanted.out.name)
        return GONE

    assert waiting.start_next(start, never) is not None
    assert started == ["a"]
    launch.log_file(tmp_path / "runs" / "a").parent.mkdir(parents=True)
    launch.log_file(tmp_path / "runs" / "a").touch()
    assert not waiting.was_cut_short
    assert waiting.start_next(lambda _: GONE, never) is None


def _take(path: Path, taken: Path, number: int) -> None:
    """In a process of its own: starts whatever it may, each start a file that must be new."""
    made = itertools.count()

    def start(wanted: Plan) -> int:
        with (taken / f"{wanted.out.name}-{number}-{next(made)}").open("x"):
            launch.log_file(wanted.out).parent.mkdir(parents=True, exist_ok=True)
            launch.log_file(wanted.out).touch()
        return GONE

    waiting = TrainingQueue(path)
    for _ in range(40):
        waiting.start_next(start, never)


def test_two_windows_never_start_the_same_entry(tmp_path: Path) -> None:
    """Two processes that take from one queue at once start each of twelve entries exactly once."""
    waiting = TrainingQueue(tmp_path / "queue.json")
    for number in range(12):
        waiting.add(plan(tmp_path, f"run{number}"))
    (tmp_path / "taken").mkdir()
    context = multiprocessing.get_context("spawn")
    windows = [context.Process(target=_take, args=(tmp_path / "queue.json", tmp_path / "taken", n)) for n in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join(60)
    assert sorted(path.name.split("-")[0] for path in (tmp_path / "taken").iterdir()) == sorted(
        f"run{number}" for number in range(12)
    )
    assert waiting.entries == []


@given(st.binary(max_size=100) | st.sampled_from([b"{}", b'{"entries": 3, "started": null}', b"[" * 10_000]))
def test_any_bytes_are_an_empty_queue(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Reading never fails, and a training can be added all the same."""
    path = tmp_path_factory.mktemp("queue") / "queue.json"
    path.write_bytes(content)
    waiting = TrainingQueue(path)
    assert waiting.entries == []
    waiting.add(plan(path.parent, "a"))
    assert names(waiting) == ["a"]


def test_an_entry_of_another_kind_is_passed_over(tmp_path: Path) -> None:
    """A path that depends on where the program runs is none of ours; the rest is read."""
    waiting = TrainingQueue(tmp_path / "queue.json")
    for name in ("a", "b"):
        waiting.add(plan(tmp_path, name))
    content = json.loads((tmp_path / "queue.json").read_text())
    content["entries"][0]["plan"]["out"] = "../../somewhere"
    (tmp_path / "queue.json").write_text(json.dumps(content))
    assert names(waiting) == ["b"]


def test_a_full_queue_and_one_that_is_kept_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in one sentence."""
    monkeypatch.setattr(queue, "MOST_ENTRIES", 1)
    monkeypatch.setattr(queue, "LOCK_S", 0.1)
    waiting = TrainingQueue(tmp_path / "queue.json")
    waiting.add(plan(tmp_path, "a"))
    with pytest.raises(TrainingError, match="full"):
        waiting.add(plan(tmp_path, "b"))
    program = (
        "import filelock, sys\nwith filelock.FileLock(sys.argv[1]):\n print('kept', flush=True)\n sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "queue.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(TrainingError, match="another window"):
            waiting.remove("any")
        other.communicate()
