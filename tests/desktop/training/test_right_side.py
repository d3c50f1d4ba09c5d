"""The switch between the run and the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.state.services import Services
from desktop.training import launch, right_side
from desktop.training.export.model_deeds import ModelDeeds
from desktop.training.form import TrainingForm
from desktop.training.launch import Plan
from desktop.training.right_side import RightSide
from desktop.training.run_pane import RunPane
from desktop.training.trainings import Trainings
from tests.desktop.training.test_data_view import FOUND


@pytest.fixture
def asked() -> list[Plan]:
    """What the trainer was asked about."""
    return []


@pytest.fixture
def right(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[Plan]) -> Iterator[RightSide]:
    """A right side whose trainer is asked at once and never answers."""
    monkeypatch.setattr(right_side, "REST_MS", 10)
    monkeypatch.setattr("desktop.training.form.runs_folder", lambda: tmp_path / "runs")
    monkeypatch.setattr(right_side.Previewer, "ask", lambda _self, plan: asked.append(plan))  # type: ignore[attr-defined]
    actions = [QAction(str(number)) for number in range(6)]
    form, page = TrainingForm(), QWidget()
    model = ModelDeeds(Services([], "cpu", parent=page), "training", lambda: None, Trainings(page), page)
    made = RightSide(form, RunPane(actions[0], model, [actions[2]], actions[3], [actions[4]]), actions[5], actions[1])
    made.setProperty("kept", [form, page, actions])  # which live as long as it does
    qtbot.addWidget(form)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.stop()


def test_a_folder_of_few_pictures_is_looked_at_by_itself(
    qtbot: QtBot, right: RightSide, tmp_path: Path, asked: list[Plan]
) -> None:
    """Once the form comes to rest, and again with another goal; a large one waits for the button."""
    right._form.data.set_path(tmp_path)
    right._form.looked_at.emit(40)
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert right._stack.currentWidget() is right.data
    right._form.goal.setCurrentIndex(3)
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[1].goal == launch.GOALS[3]
    right._form.data.set_path(tmp_path / "large")
    right._form.looked_at.emit(right_side.MOST_AT_ONCE + 1)
    qtbot.wait(50)
    assert len(asked) == 2
    right.ask()
    assert len(asked) == 3


def test_how_long_it_takes_stands_beside_the_form(right: RightSide, tmp_path: Path) -> None:
    """As soon as the trainer has measured it, and until something else is filled in."""
    form = right._form
    form.data.set_path(tmp_path)
    right.previewer.found.emit(FOUND)
    assert form.pace.text().startswith("1,260 pictures: vector latent of 64 at 32 pixels, about 12 minutes here")
    form.minutes.setValue(20)
    assert form.pace.text() == ""


def test_nothing_is_asked_while_the_run_is_looked_at(
    qtbot: QtBot, right: RightSide, tmp_path: Path, asked: list[Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor where no trainer is installed."""
    right._form.data.set_path(tmp_path)
    right._form.looked_at.emit(40)
    right.show_side("run")
    qtbot.wait(50)
    assert asked == []
    monkeypatch.setattr(launch, "missing", lambda: ["torch"])
    right.ask()
    assert asked == []
