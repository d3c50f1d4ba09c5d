"""What mends a training that failed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.training.launch import Plan
from desktop.training.mends import Mends, with_options
from desktop.training.plans import read_plan, save_plan
from desktop.training.problem import Problem
from trainer.options.command_line import parse
from trainer.options.config import TrainConfig, config_text
from trainer.run import contract


@pytest.fixture
def mends(qtbot: QtBot) -> Iterator[Mends]:
    """Those of a window."""
    window = QWidget()
    qtbot.addWidget(window)
    made = Mends(window)
    yield made
    made.stop()


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run whose plan is known."""
    plan = Plan(tmp_path / "mine", tmp_path / "runs" / "mine", more=("--batch-size", "16", "--seed", "3"))
    plan.out.mkdir(parents=True)
    save_plan(plan)
    return plan.out


def _answer(monkeypatch: pytest.MonkeyPatch, folder: Path | None) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "" if folder is None else str(folder))


@pytest.mark.parametrize(
    ("problem", "more"),
    [
        (Problem("memory", "", ("--batch-size", "8")), ("--seed", "3", "--batch-size", "8")),
        (Problem("diverged", "", ("--lr", "0.0007")), ("--batch-size", "16", "--seed", "3", "--lr", "0.0007")),
        (Problem("", "It broke."), ("--batch-size", "16", "--seed", "3")),
    ],
)
def test_options_that_mend_are_taken(mends: Mends, run: Path, problem: Problem, more: tuple[str, ...]) -> None:
    """The same training begins again in a folder of its own, and an option takes the place of the one before."""
    asked = list[Plan]()
    mends.again.connect(asked.append)
    assert mends.can(run, problem)
    mends.mend(run, problem)
    assert [plan.more for plan in asked] == [more]
    assert asked[0].out == run.with_name("mine-2")


def test_a_full_disk_is_left(
    qtbot: QtBot, mends: Mends, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run with a checkpoint is copied to the folder that was chosen and goes on there; another begins anew."""
    _answer(monkeypatch, tmp_path / "other")
    (tmp_path / "other").mkdir()
    asked, moved = list[Plan](), list[Path]()
    mends.again.connect(asked.append)
    mends.moved.connect(moved.append)
    mends.mend(run, Problem("disk", ""))
    assert [plan.out for plan in asked] == [tmp_path / "other" / "mine"]
    (run / contract.CHECKPOINT_FILE).write_text("all")
    with qtbot.waitSignal(mends.resume) as resumed:
        mends.mend(run, Problem("disk", ""))
    assert resumed.args == [tmp_path / "other" / "mine", ()]
    assert (tmp_path / "other" / "mine" / contract.CHECKPOINT_FILE).read_text() == "all"
    assert read_plan(tmp_path / "other" / "mine") is not None
    assert moved == [tmp_path / "other"] * 2


def test_a_copy_that_fails_is_told(
    qtbot: QtBot, mends: Mends, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence; the run stays where it is."""
    _answer(monkeypatch, tmp_path / "missing")
    (run / contract.CHECKPOINT_FILE).write_text("all")
    with qtbot.waitSignal(mends.failed) as failed:
        mends.mend(run, Problem("disk", ""))
    assert "missing" in failed.args[0]
    assert (run / contract.CHECKPOINT_FILE).is_file()


def test_pictures_that_vanished_are_found_again(
    mends: Mends, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run with a checkpoint goes on with the folder that was chosen; another begins anew with it."""
    _answer(monkeypatch, tmp_path / "found")
    asked, resumed = list[Plan](), list[tuple[object, object]]()
    mends.again.connect(asked.append)
    mends.resume.connect(lambda *found: resumed.append(found))
    mends.mend(run, Problem("data", ""))
    assert [plan.data for plan in asked] == [tmp_path / "found"]
    (run / contract.CHECKPOINT_FILE).touch()
    mends.mend(run, Problem("data", ""))
    assert resumed == [(run, ("--data", str(tmp_path / "found")))]


def test_nothing_happens_where_no_folder_is_chosen(mends: Mends, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing starts, and nothing moves."""
    _answer(monkeypatch, None)
    happened = list[object]()
    for signal in (mends.again, mends.moved):
        signal.connect(happened.append)
    mends.mend(run, Problem("disk", ""))
    mends.mend(run, Problem("data", ""))
    assert happened == []


def test_a_run_without_options_has_no_plan(mends: Mends, tmp_path: Path) -> None:
    """There is nothing to press, but where its checkpoint goes on elsewhere."""
    assert not mends.can(tmp_path, Problem("memory", "", ("--batch-size", "8")))
    assert mends.can(tmp_path, Problem("install", ""))
    (tmp_path / contract.CHECKPOINT_FILE).touch()
    assert mends.can(tmp_path, Problem("disk", ""))


def test_a_run_of_a_terminal_is_mended_by_the_options_that_it_saved(mends: Mends, tmp_path: Path) -> None:
    """It begins again beside itself, as it was but for what mends it."""
    run = tmp_path / "mine"
    run.mkdir()
    config = TrainConfig.of(data=tmp_path / "faces", batch_size=16, seed=3, latent="vector", init="random", flip=True)
    (run / contract.CONFIG_FILE).write_text(config_text(config))
    problem = Problem("memory", "", ("--batch-size", "4"))
    assert mends.can(run, problem)
    asked = list[Plan]()
    mends.again.connect(asked.append)
    mends.mend(run, problem)
    again = parse(asked[0].arguments())
    assert again.run.out == tmp_path / "mine-2"
    assert {name for name, value in again.values().items() if value != config.values()[name]} == {"batch_size", "out"}
    assert again.training.batch_size == 4


def test_options_of_a_plan_are_replaced_in_pairs() -> None:
    """A flag's value goes with it."""
    plan = Plan(None, Path("/runs/a"), more=("--lr", "0.1", "--flip", "--lr", "0.2"))
    assert with_options(plan, ("--lr", "0.01")).more == ("--flip", "--lr", "0.01")
