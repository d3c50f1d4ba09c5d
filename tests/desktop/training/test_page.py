"""The Training page."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.training import launch, trainings
from desktop.training.page import TrainingPage
from desktop.training.plans import save_plan
from desktop.widgets import question
from desktop.widgets.labels import ActionButton
from tests.pictures import gradient
from trainer.run import contract
from trainer.run.contract import Status


def test_a_dropped_folder_is_looked_at(qtbot: QtBot, page: TrainingPage, folder: Path) -> None:
    """Its facts and an advice are shown, the name is the folder's, and Train and the command are ready."""
    assert not page.begin.isEnabled()
    assert page.take([folder])
    qtbot.waitUntil(lambda: "40 pictures" in page.form.facts.text())
    assert "PNG 40" in page.form.facts.text()
    assert page.form.advice.text()
    assert not page.form.grid.pixmap().isNull()
    assert page.begin.isEnabled()
    page.copy.trigger()
    assert QGuiApplication.clipboard().text().startswith(f"python -m trainer.train --data {folder}")
    plan = page.form.plan()
    assert plan is not None
    assert plan.out.name == "mine"


def test_a_folder_without_pictures_is_told(qtbot: QtBot, page: TrainingPage, tmp_path: Path) -> None:
    """In one sentence, beside the field."""
    (tmp_path / "empty").mkdir()
    page.take([tmp_path / "empty"])
    qtbot.waitUntil(lambda: "There is no picture in" in page.form.facts.text())


def test_without_torch_the_page_says_what_to_type(page: TrainingPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Train cannot be pressed, and the one command is there."""
    monkeypatch.setattr(launch, "missing", lambda: ["torch"])
    page.form.built_in.setChecked(True)
    page.look_again()
    assert not page.begin.isEnabled()
    assert launch.INSTALL in page.install.command.text()
    assert "torch" in page.install.needs.text()
    assert "GB" in page.install.needs.text()
    assert page.install.isVisible()


def test_a_run_that_was_killed_is_found_and_can_go_on(page: TrainingPage, runs: Path) -> None:
    """Its status says that it trains, but nobody does: the page says so, and offers to go on."""
    run = runs / "killed"
    run.mkdir(parents=True)
    (run / contract.CONFIG_FILE).write_text("{}")
    (run / contract.CHECKPOINT_FILE).touch()
    contract.write_status(run, Status("training", 0, step=5, total_steps=9))
    page.list_runs()
    page.look_again()
    assert page.chosen == run
    assert "interrupted" in page.state.text()
    assert page.deeds.resume.isEnabled()
    assert not page.deeds.pause.isEnabled()


def test_a_run_of_another_window_is_steered(page: TrainingPage, runs: Path) -> None:
    """Pause and Stop write the request that the run looks at; a paused run has one Resume, in the place of Pause."""
    run = runs / "elsewhere"
    run.mkdir(parents=True)
    (run / contract.CONFIG_FILE).write_text("{}")
    contract.write_status(run, Status("training", os.getpid(), step=5, total_steps=9, seconds_left=90.0))
    page.list_runs()
    page.look_again()
    assert "1 min 30 s" in page.state.text()
    page.deeds.pause.trigger()
    assert contract.asked(run) == "pause"
    contract.write_status(run, Status("paused", os.getpid(), step=5, total_steps=9))
    page.look_again()
    assert page.deeds.pause.text() == "Resume"
    assert _shown(page).count("Resume") == 1
    page.deeds.pause.trigger()
    assert contract.asked(run) == "resume"
    page.deeds.end.trigger()
    assert contract.asked(run) == "stop"
    contract.write_status(run, Status("stopped", os.getpid(), step=5, total_steps=9))
    page.look_again()
    assert _shown(page).count("Resume") == 1


def _shown(page: TrainingPage) -> list[str]:
    """The texts of the buttons of a run that can be seen."""
    page.right.show_side("run")
    return [each.text() for each in page.pane.findChildren(ActionButton) if each.isVisible()]


def test_a_command_that_fails_at_once_is_told(
    qtbot: QtBot, page: TrainingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line that it printed stands on the page."""
    program = "import sys; print('error: it cannot be done', file=sys.stderr); sys.exit(2)"
    monkeypatch.setattr(launch, "train_command", lambda _plan: [sys.executable, "-c", program])
    page.form.built_in.setChecked(True)
    page.begin.trigger()
    qtbot.waitUntil(lambda: page.state.text() == "The training failed.\nit cannot be done")
    assert page.deeds.mend.isEnabled()


def test_a_training_that_goes_on_is_told_once(page: TrainingPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the window would close while it runs; not a second time, and not where nothing runs."""
    assert page.unfinished() == ""
    program = "import time; time.sleep(60)"
    monkeypatch.setattr(launch, "train_command", lambda _plan: [sys.executable, "-c", program])
    page.form.built_in.setChecked(True)
    page.begin.trigger()
    assert "goes on without the window" in page.unfinished()
    assert page.unfinished() == ""
    for process in page.trainings._processes.values():
        process.kill()
        process.wait()


def test_runs_are_laid_over_one_another(page: TrainingPage, runs: Path) -> None:
    """The curves of runs that are marked lie over those of the one shown, and a table tells how they differ."""
    for place, name in enumerate(("one", "two")):
        (runs / name).mkdir(parents=True)
        (runs / name / contract.CONFIG_FILE).write_text(f'{{"training": {{"lr": {place}}}}}')
        (runs / name / contract.METRICS_FILE).write_text(f"step,loss\n1,{place}\n2,{place}\n")
        contract.write_status(runs / name, Status("done", 0))
    page.list_runs()
    page.look_again()
    assert not page.view.table.isVisible()
    page.runs.selectAll()
    page.look_again()
    assert page.view.table.isVisible()
    cells = [page.view.table.item(0, column).text() for column in range(3)]  # type: ignore[union-attr]
    assert (cells[0], sorted(cells[1:])) == ("lr", ["0", "1"])
    assert len(page.view.figures.plots["loss"][0].listDataItems()) == 2
    page.runs.clearSelection()
    page.look_again()
    assert not page.view.table.isVisible()
    assert len(page.view.figures.plots["loss"][0].listDataItems()) == 1


SAYS = """
import sys
from trainer.run.contract import tell_early_failure
tell_early_failure("It is so.", sys.argv[1], sys.argv[2])
sys.exit(2)
"""


@pytest.mark.parametrize(
    ("kind", "cure", "said", "button"),
    [
        ("memory", "--batch-size 4", "too little memory", "Train with less memory"),
        ("diverged", "--lr 0.001", "diverged", "Train with a lower rate"),
        ("disk", "", "disk is full", "Choose another disk…"),
        ("data", "", "pictures are missing", "Choose the pictures…"),
    ],
)
def test_a_failure_comes_with_the_button_that_mends(
    qtbot: QtBot,
    page: TrainingPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    cure: str,
    said: str,
    button: str,
) -> None:
    """The trainer's sentence stands on the page, and the button begins a training that has what was missing."""
    monkeypatch.setattr(launch, "train_command", lambda _plan: [sys.executable, "-c", SAYS, kind, cure])
    page.form.built_in.setChecked(True)
    page.begin.trigger()
    run = page.chosen
    assert run is not None
    qtbot.waitUntil(lambda: "It is so." in page.state.text(), timeout=20_000)
    assert said in page.state.text()
    assert page.deeds.mend.text() == button
    plans = list[launch.Plan]()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    monkeypatch.setattr(page.trainings, "start", lambda plan: plans.append(plan) or 1)
    page.deeds.mend.trigger()
    assert len(plans) == 1
    assert " ".join(plans[0].more).endswith(cure)
    if kind == "disk":
        assert plans[0].out.parent == tmp_path
        assert page.form.plan().out.parent == tmp_path  # type: ignore[union-attr]
    if kind == "data":
        assert plans[0].data == tmp_path


def test_a_run_that_failed_can_be_mended_later(page: TrainingPage, runs: Path) -> None:
    """Its status keeps the sentence and the cure, and its plan lies beside it: another window offers the same."""
    plan = launch.Plan(None, runs / "mine")
    plan.out.mkdir(parents=True)
    save_plan(plan)
    (plan.out / contract.CONFIG_FILE).write_text("{}")
    contract.write_status(plan.out, Status("failed", 0, message="Out of memory.", failure="memory", cure="--size 64"))
    page.list_runs()
    page.look_again()
    assert page.state.text() == "There was too little memory.\nOut of memory."
    assert page.deeds.mend.isEnabled()


def test_a_training_waits_for_its_turn(
    qtbot: QtBot, page: TrainingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two are added, and the second begins by itself when the first has ended."""
    program = "import pathlib, sys, time\nwhile not pathlib.Path(sys.argv[1]).exists(): time.sleep(0.01)"
    monkeypatch.setattr(launch, "train_command", lambda _plan: [sys.executable, "-c", program, str(tmp_path / "go on")])
    monkeypatch.setattr("desktop.training.queue_panel.LOOK_MS", 50)
    page.form.built_in.setChecked(True)
    page.wait.trigger()
    page.wait.trigger()
    assert [run.name for run in page.trainings.begun] == ["characters"]
    assert page.queue.list.item(0).text().startswith("characters-2 ")
    assert page.queue.list.count() == 1
    assert page.drop.isEnabled()
    (tmp_path / "go on").touch()
    qtbot.waitUntil(lambda: len(page.trainings.begun) == 2, timeout=20_000)
    assert page.queue.list.count() == 0
    qtbot.waitUntil(lambda: not page.trainings.any_runs, timeout=20_000)


def test_a_torch_that_does_not_load_can_be_installed_again(
    qtbot: QtBot, page: TrainingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says that the packages cannot be loaded, with the reason, and the button asks to install them."""
    monkeypatch.setattr(trainings, "LOADS", "raise OSError('libtorch')")
    program = "raise ImportError('libtorch.so: cannot open shared object file')"
    monkeypatch.setattr(launch, "train_command", lambda _plan: [sys.executable, "-c", program])
    page.form.built_in.setChecked(True)
    page.begin.trigger()
    qtbot.waitUntil(lambda: "packages of a training cannot be loaded" in page.state.text(), timeout=20_000)
    assert "cannot open shared object" in page.state.text()
    assert page.deeds.mend.text() == "Install again…"
    asked = list[str]()
    monkeypatch.setattr(question, "agrees", lambda _parent, text, _deed: asked.append(text))
    page.deeds.mend.trigger()
    assert len(asked) == 1


def test_three_pictures_can_be_trained_on(qtbot: QtBot, page: TrainingPage, tmp_path: Path) -> None:
    """The page says what so few are good for, and Train is ready."""
    (tmp_path / "few").mkdir()
    for index in range(3):
        Image.fromarray(gradient(36, 36 + index)).save(tmp_path / "few" / f"{index}.png")
    page.take([tmp_path / "few"])
    qtbot.waitUntil(lambda: "3 pictures" in page.form.facts.text())
    assert "memorised" in page.form.advice.text()
    assert page.begin.isEnabled()


def test_a_place_that_cannot_be_written_is_told(page: TrainingPage, runs: Path) -> None:
    """In one sentence over the page, when Train is pressed, and when a training is added to the queue."""
    runs.touch()  # a file, where the folder of runs should be: not even the superuser can write there
    said = list[str]()
    page.services.warned.connect(said.append)
    page.form.built_in.setChecked(True)
    page.begin.trigger()
    page.wait.trigger()
    assert len(said) == 2
    assert all(str(runs) in sentence and "cannot be written" in sentence for sentence in said)
    assert page.queue.list.count() == 1  # which waits until it can


def test_a_run_that_cannot_be_written_to_cannot_be_steered(page: TrainingPage, runs: Path) -> None:
    """The request that could not be left is told in one sentence."""
    run = runs / "elsewhere"
    run.mkdir(parents=True)
    (run / contract.CONFIG_FILE).write_text("{}")
    contract.write_status(run, Status("training", os.getpid(), step=5, total_steps=9))
    (run / contract.REQUEST_FILE).mkdir()  # a folder in the place of the request
    (run / contract.REQUEST_FILE / "x").touch()
    page.list_runs()
    page.look_again()
    said = list[str]()
    page.services.warned.connect(said.append)
    page.deeds.pause.trigger()
    assert len(said) == 1
    assert "cannot be written" in said[0]
