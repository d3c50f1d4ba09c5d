"""The list of trainings that wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.errors import TrainingError
from desktop.training.launch import Plan
from desktop.training.queue import TrainingQueue
from desktop.training.queue_panel import QueuePanel

GONE = 1 << 22


class Trainer:
    """Starts nothing, and remembers what it should have."""

    def __init__(self) -> None:
        """Busy at first."""
        self.busy, self.refuses, self.started = True, False, list[str]()

    def start(self, plan: Plan) -> int:
        """The id of a process that has ended."""
        if self.refuses:
            raise TrainingError("The disk is full.")
        self.started.append(plan.out.name)
        plan.out.mkdir(parents=True)
        return GONE


@pytest.fixture
def trainer() -> Trainer:
    """One that is busy."""
    return Trainer()


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path, trainer: Trainer) -> QueuePanel:
    """A panel on a queue of two."""
    made = QueuePanel(TrainingQueue(tmp_path / "queue.json"), trainer.start, lambda: trainer.busy)
    qtbot.addWidget(made)
    for name in ("a", "b"):
        made.add(Plan(None, tmp_path / "runs" / name))
    return made


def names(panel: QueuePanel) -> list[str]:
    """What is listed."""
    return [panel.list.item(place).text().split(" ")[0] for place in range(panel.list.count())]


def test_what_waits_is_listed_moved_and_removed(panel: QueuePanel) -> None:
    """The entry that was chosen stays chosen; an empty list is hidden."""
    assert names(panel) == ["a", "b"]
    panel.list.setCurrentRow(1)
    panel.move_chosen(-1)
    assert names(panel) == ["b", "a"]
    assert panel.list.currentRow() == 0
    panel.remove()
    panel.remove()
    assert names(panel) == []
    assert panel.isHidden()


def test_the_next_one_starts_when_nothing_trains(panel: QueuePanel, trainer: Trainer) -> None:
    """Each is told, and the list is empty in the end."""
    begun = list[Path]()
    panel.started.connect(begun.append)
    panel.look()
    assert trainer.started == []
    trainer.busy = False
    panel.look()
    panel.look()
    assert trainer.started == ["a", "b"]
    assert [run.name for run in begun] == ["a", "b"]
    assert panel.isHidden()


def test_what_another_window_adds_is_shown(panel: QueuePanel, tmp_path: Path) -> None:
    """At the next look."""
    TrainingQueue(tmp_path / "queue.json").add(Plan(None, tmp_path / "runs" / "c"))
    panel.look()
    assert names(panel) == ["a", "b", "c"]


def test_a_training_that_cannot_start_is_told_once(panel: QueuePanel, trainer: Trainer) -> None:
    """And waits on, until it can."""
    said = list[str]()
    panel.failed.connect(said.append)
    trainer.busy, trainer.refuses = False, True
    panel.look()
    panel.look()
    assert said == ["The disk is full."]
    assert names(panel) == ["a", "b"]
    trainer.refuses = False
    panel.look()
    assert trainer.started == ["a"]
