"""A model of the run that is chosen, by the button or by itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.training import launch
from desktop.training.page import TrainingPage
from desktop.training.plans import save_plan
from trainer.run import contract
from trainer.run.contract import State, Status

COPY = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"


@pytest.fixture
def ended(page: TrainingPage, runs: Path, entry: ModelEntry, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """A run with weights, whose export is a copy of a model."""
    run = runs / "mine"
    run.mkdir(parents=True)
    (run / contract.CONFIG_FILE).write_text("{}")
    (run / contract.WEIGHTS_FILE).touch()
    command = [sys.executable, "-c", COPY, str(entry.folder)]
    monkeypatch.setattr(launch, "export_command", lambda _run, target, *_: [*command, str(target)])
    return run


def test_the_model_of_a_run_is_proved_on_the_page(qtbot: QtBot, page: TrainingPage, ended: Path) -> None:
    """The button makes it, it joins the list and is open, its proof stands there, and a button leads to its sliders."""
    contract.write_status(ended, Status("stopped", 0))
    page.list_runs()
    page.look_again()
    model = page.deeds.model
    assert model.options.isVisible()
    assert not model.proof.isVisible()
    model.export.trigger()
    assert not model.export.isEnabled()
    qtbot.waitUntil(model.proof.isVisible, timeout=20_000)
    session = page.services.session
    qtbot.waitUntil(lambda: session.scene is not None, timeout=20_000)
    assert session.model is not None
    assert session.model.folder.name == "mine"
    assert session.model.folder in [each.folder for each in page.services.models]
    assert page.isVisible()
    model.sliders.trigger()
    assert not page.isVisible()


@pytest.mark.parametrize(("state", "wanted", "made"), [("done", True, 1), ("stopped", True, 0), ("done", False, 0)])
def test_a_training_that_is_done_becomes_a_model_by_itself(
    qtbot: QtBot, page: TrainingPage, ended: Path, state: State, wanted: bool, made: int
) -> None:
    """Where its plan asks for that, and it was not stopped: then the sliders are shown."""
    contract.write_status(ended, Status(state, 0))
    save_plan(launch.Plan(None, ended, model=wanted))
    page.list_runs()
    model = page.deeds.model
    model.await_end(ended)
    model._look()
    assert (ended in model.exports) == bool(made)
    if made:
        qtbot.waitUntil(lambda: not page.isVisible(), timeout=20_000)
        assert page.services.session.model is not None
    assert not model._awaited


def test_an_export_that_cannot_be_started_is_told(
    page: TrainingPage, ended: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence, and it can be tried again."""
    monkeypatch.setattr(launch, "export_command", lambda *_: ["/nowhere/python"])
    contract.write_status(ended, Status("done", 0))
    page.list_runs()
    page.look_again()
    said = list[str]()
    page.services.warned.connect(said.append)
    page.deeds.model.export.trigger()
    assert len(said) == 1
    assert page.deeds.model.export.isEnabled()
