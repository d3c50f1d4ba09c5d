"""The packages of a training are installed by a stand-in for uv, which works, fails, or is cancelled."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.training import launch
from desktop.training.install import environment
from desktop.training.install.installer import Installer, _reason
from desktop.training.launch import Plan
from tests.desktop.training.install.stand_in import install_stand_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of other systems")
LONG_MS = 30_000


@pytest.fixture
def installer() -> Iterator[Installer]:
    """One that is stopped at the end."""
    made = Installer()
    yield made
    made.stop()


def left(data: Path) -> list[str]:
    """Environments that lie about."""
    return [path.name for path in data.iterdir() if path.is_dir()]


def test_what_was_installed_trains(
    qtbot: QtBot, installer: Installer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lines are told step by step, and the command that trains is that Python's from then on."""
    data = install_stand_in(tmp_path, monkeypatch)
    steps = set[tuple[int, int]]()
    installer.progressed.connect(lambda _line, step, of: steps.add((step, of)))
    with qtbot.waitSignal(installer.done, timeout=LONG_MS):
        installer.start()
        installer.start()  # it has begun
    assert steps <= {(1, 3), (2, 3), (3, 3)}
    assert len(left(data)) == 1
    command = launch.train_command(Plan(None, tmp_path / "run"))
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path)
    assert done.stdout == "the trainer of the environment\n"
    assert "Downloading torch" in environment.log_file().read_text()


@pytest.mark.parametrize("before", [False, True])
def test_one_that_fails_leaves_nothing(
    qtbot: QtBot, installer: Installer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    """Its last line is told, and an environment that was there before is still used."""
    data = install_stand_in(tmp_path, monkeypatch)
    if before:
        with qtbot.waitSignal(installer.done, timeout=LONG_MS):
            installer.start()
    there = environment.python()
    assert (there is not None) == before
    install_stand_in(tmp_path, monkeypatch, "fails")
    with qtbot.waitSignal(installer.failed, timeout=LONG_MS) as failed:
        installer.start()
    assert "the network is unreachable" in failed.args[0]
    assert environment.python() == there
    assert len(left(data)) == int(before)
    assert not installer.busy


def test_one_that_is_cancelled_leaves_nothing(
    qtbot: QtBot, installer: Installer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command ends with all that it started, at once, and no reason is told."""
    data = install_stand_in(tmp_path, monkeypatch, "waits")
    with qtbot.waitSignal(
        installer.progressed, timeout=LONG_MS, check_params_cb=lambda line, *_: line == "Downloading torch"
    ):
        installer.start()
    process = installer._process
    assert process is not None
    with qtbot.waitSignal(installer.failed, timeout=LONG_MS) as failed:
        installer.cancel()
    assert failed.args == [""]
    assert process.poll() is not None
    assert left(data) == []


def test_a_window_that_closes_gives_it_up(
    qtbot: QtBot, installer: Installer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left, and nothing goes on."""
    data = install_stand_in(tmp_path, monkeypatch, "waits")
    with qtbot.waitSignal(installer.progressed, timeout=LONG_MS, check_params_cb=lambda line, *_: "torch" in line):
        installer.start()
    process = installer._process
    installer.stop()
    assert process is not None
    assert process.poll() is not None
    assert left(data) == []


def test_a_data_folder_that_refuses_is_told(
    qtbot: QtBot, installer: Installer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is fetched."""
    install_stand_in(tmp_path, monkeypatch).touch()
    with qtbot.waitSignal(installer.failed, timeout=LONG_MS) as failed:
        installer.start()
    assert "cannot be written" in failed.args[0]


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("error: no room", "no room"),
        (
            "error: Failed to fetch: x\n  cause: client error\n  cause: Connection refused",
            "Failed to fetch: x (Connection refused)",
        ),
        ("Traceback\nModuleNotFoundError: No module named 'torch'", "ModuleNotFoundError: No module named 'torch'"),
    ],
)
def test_what_failed_is_told_with_its_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str, said: str
) -> None:
    """As uv prints them: what failed in its first line, and the cause of all causes in its last."""
    monkeypatch.setattr(environment, "data_folder", lambda: tmp_path)
    environment.log_file().write_text(f"Creating an environment\n{printed}\n")
    assert _reason(printed.splitlines()[-1]) == said
