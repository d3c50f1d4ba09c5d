"""The switch between the run and the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.training import launch, right_side
from desktop.training.form import TrainingForm
from desktop.training.launch import Plan
from desktop.training.right_side import RightSide
from desktop.training.run_pane import RunPane


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
    form = TrainingForm()
    made = RightSide(form, RunPane(actions[0], actions[1], [actions[2]], actions[3], [actions[4]]), actions[5])
    made.setProperty("kept", [form, actions])  # which live as long as it does
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
