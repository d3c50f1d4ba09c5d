"""Models made of runs, in processes of their own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import tyro
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.training import launch
from desktop.training.export.exports import PRECISIONS, Exports, Wanted
from export.to_onnx import ExportConfig


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exports:
    """Exports whose command is that of the test."""
    monkeypatch.setattr(library, "user_folder", lambda: tmp_path / "models")
    monkeypatch.setattr("desktop.training.export.exports.LOOK_MS", 10)
    return Exports()


def run_as(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Has an export be this program."""
    monkeypatch.setattr(launch, "export_command", lambda *_: [sys.executable, "-c", program])


def test_a_model_that_was_made_is_told(
    qtbot: QtBot, exports: Exports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its folder; meanwhile the run is one of those that are exported."""
    run_as(monkeypatch, "")
    run = tmp_path / "run"
    run.mkdir()
    with qtbot.waitSignal(exports.done) as done:
        exports.start(run)
        assert run in exports
    assert done.args == [run, tmp_path / "models" / "run"]
    assert run not in exports


def test_the_last_line_of_a_failure_is_told(
    qtbot: QtBot, exports: Exports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or that it failed, where it said nothing."""
    (tmp_path / "run").mkdir()
    for program, says in (
        ("print('error: no room'); exit(2)", "no room"),
        ("exit(2)", "The export"),
    ):
        run_as(monkeypatch, program)
        launch.log_file(tmp_path / "run").unlink(missing_ok=True)
        with qtbot.waitSignal(exports.failed) as failed:
            exports.start(tmp_path / "run")
        assert failed.args is not None
        assert failed.args[0].startswith(says)


def test_a_model_goes_where_it_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the run is called, or as was typed; other precisions stand beside the exact one, and nothing is replaced."""
    monkeypatch.setattr(library, "user_folder", lambda: tmp_path)
    run = tmp_path / "runs" / "mine"
    assert Wanted().place(run) == tmp_path / "mine"
    assert Wanted(precision="int8").place(run) == tmp_path / "mine-int8"
    assert Wanted("a/b", "fp16").place(run) == tmp_path / "a-b"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine.convae").touch()
    assert Wanted().place(run) == tmp_path / "mine-2"
    assert Wanted(pack=True).place(run) == tmp_path / "mine-2.convae"


def test_the_precisions_are_those_of_the_command() -> None:
    """So that none is missing where another is added there."""
    assert get_args(get_type_hints(ExportConfig)["precision"]) == PRECISIONS


def test_the_command_is_one_that_export_takes(tmp_path: Path) -> None:
    """With every choice of the page."""
    command = launch.export_command(tmp_path / "run", tmp_path / "mine.convae", "mine", "int8")
    config = tyro.cli(ExportConfig, args=command[3:])
    assert (config.run, config.out, config.name) == (tmp_path / "run", tmp_path / "mine.convae", "mine")
    assert config.precision == "int8"
