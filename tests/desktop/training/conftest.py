"""A Training page whose runs and models go to a folder of the test's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.library import ModelEntry
from desktop.training import launch, right_side
from desktop.training.page import TrainingPage
from desktop.window import Window
from tests.pictures import gradient


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Runs and models go to a folder of the test's own."""
    monkeypatch.setattr(launch, "runs_folder", lambda: tmp_path / "runs")
    monkeypatch.setattr("desktop.training.form.runs_folder", lambda: tmp_path / "runs")
    monkeypatch.setattr(library, "user_folder", lambda: tmp_path / "models")
    monkeypatch.setattr(right_side, "MOST_AT_ONCE", 0)  # the trainer is asked about pictures by the button alone
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(Path.cwd()), os.environ.get("PYTHONPATH")))))
    return tmp_path / "runs"


@pytest.fixture
def page(qtbot: QtBot, entry: ModelEntry, runs: Path) -> TrainingPage:  # noqa: ARG001
    """The page within a window that is shown."""
    window = Window([entry], "cpu")
    qtbot.addWidget(window)
    window.show()
    window.show_page("training")
    made = window.page("training")
    assert isinstance(made, TrainingPage)
    made.setProperty("window", window)  # which lives as long as the page
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty small pictures."""
    place = tmp_path / "mine"
    place.mkdir()
    for index in range(40):
        Image.fromarray(gradient(36, 36 + index)).save(place / f"{index}.png")
    return place
