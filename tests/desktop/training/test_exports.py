"""Models made of runs, in processes of their own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.training import launch
from desktop.training.exports import Exports


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exports:
    """Exports whose command is that of the test."""
    monkeypatch.setattr(library, "user_folder", lambda: tmp_path / "models")
    monkeypatch.setattr("desktop.training.exports.LOOK_MS", 10)
    return Exports()


def run_as(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Has an export be this program."""
    monkeypatch.setattr(launch, "export_command", lambda _run, _target: [sys.executable, "-c", program])


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
    assert done.args == [launch.model_folder(run)]
    assert run not in exports


def test_the_last_line_of_a_failure_is_told(
    qtbot: QtBot, exports: Exports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or that it failed, where it said nothing."""
    (tmp_path / "run").mkdir()
    for program, says in (
        ("print('error: no room'); exit(2)", "error: no room"),
        ("exit(2)", "The export"),
    ):
        run_as(monkeypatch, program)
        launch.log_file(tmp_path / "run").unlink(missing_ok=True)
        with qtbot.waitSignal(exports.failed) as failed:
            exports.start(tmp_path / "run")
        assert failed.args is not None
        assert says in failed.args[0]
