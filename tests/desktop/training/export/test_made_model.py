"""The model that was just made, and the picture that it is opened with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.state.services import Services
from desktop.training.export.made_model import MadeModel, pictures_of
from trainer.options.config import TrainConfig, config_text
from trainer.run.contract import CONFIG_FILE


@pytest.fixture
def services(qtbot: QtBot) -> Iterator[Services]:  # noqa: ARG001
    """Those of a window without a model."""
    made = Services([], "cpu")
    yield made
    made.stop()


def run_on(tmp_path: Path, data: object) -> Path:
    """A run that was trained on this."""
    run = tmp_path / "run"
    run.mkdir(exist_ok=True)
    (run / CONFIG_FILE).write_text(json.dumps({"data": data}))
    return run


def test_the_folder_counts_until_a_picture_is_dropped(
    qtbot: QtBot, services: Services, entry: ModelEntry, photo: Path, tmp_path: Path
) -> None:
    """Its first picture is shown; one that was dropped since stays, until the next folder is."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("b.png", "a.png"):
        (folder / name).write_bytes(photo.read_bytes())
    opener = MadeModel(services)
    run = run_on(tmp_path, str(folder))
    services.open(None, None)
    opener.open(run, entry.folder)
    qtbot.waitUntil(lambda: services.session.picture == folder / "a.png", timeout=20_000)
    assert services.session.model is not None
    assert services.pictures.paths == [folder / "a.png", folder / "b.png"]
    services.open(None, photo)
    opener.open(run, entry.folder)
    assert not opener._runner.busy
    assert services.session.picture == photo
    opener.forget_picture()
    opener.open(run, entry.folder)
    qtbot.waitUntil(lambda: services.session.picture == folder / "a.png", timeout=20_000)
    opener.stop()


def test_the_folder_of_a_run_is_read_from_its_options(tmp_path: Path) -> None:
    """Built-in characters have none, nor has a folder that is gone, nor a file that is no run's."""
    assert pictures_of(run_on(tmp_path, str(tmp_path))) == tmp_path
    (tmp_path / "run" / CONFIG_FILE).write_text(config_text(TrainConfig.of(data=tmp_path)))
    assert pictures_of(tmp_path / "run") == tmp_path
    for data in (None, "", 3, str(tmp_path / "gone")):
        assert pictures_of(run_on(tmp_path, data)) is None
    (tmp_path / "run" / CONFIG_FILE).write_text("[]")
    assert pictures_of(tmp_path / "run") is None
    assert pictures_of(tmp_path) is None
