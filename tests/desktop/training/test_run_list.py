"""The runs that there are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.training import launch
from desktop.training.run_list import MOST_MARKED, RunList
from trainer.run import contract


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Three runs, the newest first."""
    monkeypatch.setattr(launch, "runs_folder", lambda: tmp_path)
    found = []
    for age, name in enumerate(("new", "older", "oldest")):
        (tmp_path / name).mkdir()
        (tmp_path / name / contract.CONFIG_FILE).write_text("{}")
        (tmp_path / name / contract.METRICS_FILE).touch()
        for each in (tmp_path / name / contract.CONFIG_FILE, tmp_path / name):
            os.utime(each, (1000 - age, 1000 - age))
        found.append(tmp_path / name)
    return found


def test_the_newest_is_chosen_and_a_choice_is_kept(qtbot: QtBot, runs: list[Path]) -> None:
    """Filled again, the list chooses what was chosen, unless another one is wanted; a run that has begun is first."""
    listed = RunList()
    qtbot.addWidget(listed)
    assert listed.chosen is None
    listed.fill([])
    assert listed.chosen == runs[0]
    listed.setCurrentRow(2)
    begun = runs[0].parent / "begun"
    listed.fill([begun])
    assert listed.chosen == runs[2]
    assert listed.count() == 4
    listed.fill([begun], begun)
    assert listed.chosen == begun


def test_marked_runs_are_the_others(qtbot: QtBot, runs: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Never the one that is shown, and no more than can be told apart."""
    assert MOST_MARKED > 1
    listed = RunList()
    qtbot.addWidget(listed)
    listed.fill([])
    listed.selectAll()
    assert listed.chosen == runs[0]
    assert listed.marked == runs[1:]
    monkeypatch.setattr("desktop.training.run_list.MOST_MARKED", 1)
    assert listed.marked == runs[1:2]
