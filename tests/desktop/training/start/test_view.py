"""Where a training begins."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.training import launch
from desktop.training.launch import GOALS, Plan
from desktop.training.page import TrainingPage
from desktop.training.start.view import MOST_RUNS
from trainer.run import contract
from trainer.run.contract import Status


def made(runs: Path, name: str, status: Status) -> Path:
    """A run with this status."""
    (runs / name).mkdir(parents=True)
    (runs / name / contract.CONFIG_FILE).write_text("{}")
    contract.write_status(runs / name, status)
    return runs / name


def test_an_empty_page_offers_what_there_is_to_begin_with(qtbot: QtBot, page: TrainingPage) -> None:
    """A card for every goal, which is that of the form, both ways; no empty list of runs."""
    start = page.right.start
    assert start.isVisible()
    assert not page.runs.isVisible()
    assert not start.runs[0].isVisible()
    assert [card.isChecked() for card in start.goals] == [name == "auto" for name in GOALS]
    qtbot.mouseClick(start.goals[3], Qt.MouseButton.LeftButton)
    assert page.form.goal.currentIndex() == 3
    page.form.goal.setCurrentIndex(1)
    assert [place for place, card in enumerate(start.goals) if card.isChecked()] == [1]


def test_the_first_try_trains_on_characters(qtbot: QtBot, page: TrainingPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """One press: three minutes, for sliders, and a model at the end; none where nothing is installed."""
    begun = list[Plan]()
    monkeypatch.setattr(page.trainings, "start", lambda plan: begun.append(plan) or 1)
    qtbot.mouseClick(page.right.start.characters, Qt.MouseButton.LeftButton)
    assert [(plan.data, plan.goal, plan.minutes, plan.model) for plan in begun] == [(None, "sliders", 3, True)]
    monkeypatch.setattr(launch, "missing", lambda: ["torch"])
    page.look_again()
    assert not page.right.start.characters.isEnabled()


def test_the_newest_runs_are_cards(qtbot: QtBot, page: TrainingPage, runs: Path) -> None:
    """Each says how far it is, and a press shows it; a page with runs begins with the newest."""
    made(runs, "broken", Status("failed", 0, message="Out of memory.", failure="memory"))
    going = made(runs, "going", Status("training", os.getpid(), step=5, total_steps=9))
    for number in range(MOST_RUNS):
        made(runs, f"run{number}", Status("done", 0, step=9, total_steps=9, holdout_psnr=24.5))
    page.list_runs()
    page.right.show_side("start")
    page.look_again()
    start = page.right.start
    texts = {card.title.text(): card.about.text() for card in start.runs if card.isVisible()}
    assert len(texts) == MOST_RUNS
    start.show_runs([going, runs / "broken", runs / "run0"])
    texts = {card.title.text(): card.about.text() for card in start.runs if card.isVisible()}
    assert texts["going"].startswith("step 5 of 9")
    assert texts["broken"] == "There was too little memory."
    assert "24.50 dB" in texts["run0"]
    qtbot.mouseClick(start.runs[0], Qt.MouseButton.LeftButton)
    assert page.chosen == going
    assert page.pane.isVisible()
