"""The environment of trainings counts once it is whole."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from desktop.engine.errors import TrainingError
from desktop.training import launch
from desktop.training.install import environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of other systems")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setattr(environment, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data"


def made() -> Path:
    """An environment that was made, with a program in it."""
    folder = environment.new_folder()
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    return folder


def test_an_environment_counts_once_it_is_adopted() -> None:
    """The one before it goes then, and not before; so does one that was left half made."""
    first = made()
    assert environment.python() is None
    environment.adopt(first)
    assert environment.python() == first / "bin" / "python"
    assert launch.python() == str(first / "bin" / "python")
    second = made()
    environment.remove_others()
    assert (first.exists(), second.exists()) == (True, False)
    third = made()
    environment.adopt(third)
    assert environment.python() == third / "bin" / "python"
    assert not first.exists()


def test_what_is_missing_here_may_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window without torch trains by the environment."""
    monkeypatch.setattr("desktop.training.launch.importlib.util.find_spec", lambda _: None)
    assert "torch" in launch.missing()
    environment.adopt(made())
    assert launch.missing() == []


@pytest.mark.parametrize("marker", ["", "[]", "[" * 10_000, '{"folder": "../../bin", "requirement": "REQUIREMENT"}'])
def test_a_marker_of_another_kind_is_none(data: Path, marker: str) -> None:
    """Neither a broken file, nor one that points out of the data folder."""
    data.mkdir()
    (data / environment.MARKER).write_text(marker.replace("REQUIREMENT", environment.requirement()))
    assert environment.python() is None


def test_an_environment_of_another_version_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Window and trainer must speak of the same run; one whose program has gone is none either."""
    folder = made()
    environment.adopt(folder)
    monkeypatch.setattr(environment, "requirement", lambda: "convae[train]==0.0.1")
    assert environment.python() is None
    monkeypatch.undo()
    monkeypatch.setattr(environment, "data_folder", lambda: folder.parent)
    shutil.rmtree(folder)
    assert environment.python() is None


def test_pip_is_used_where_there_is_no_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both end with a look at whether torch loads."""
    monkeypatch.setattr(environment.shutil, "which", lambda _: None)  # type: ignore[attr-defined]
    pip = environment.steps(Path("/env"))
    monkeypatch.setattr(environment.shutil, "which", lambda _: "/usr/bin/uv")  # type: ignore[attr-defined]
    uv = environment.steps(Path("/env"))
    assert pip[0] == [sys.executable, "-m", "venv", "/env"]
    assert pip[1][:4] == ["/env/bin/python", "-m", "pip", "install"]
    assert uv[0][:2] == ["/usr/bin/uv", "venv"]
    assert pip[-1] == uv[-1] == ["/env/bin/python", "-c", environment.CHECK]
    assert pip[1][-1] == uv[1][-1] == environment.requirement()


def test_a_data_folder_that_refuses_is_told(data: Path) -> None:
    """In one sentence."""
    data.touch()
    with pytest.raises(TrainingError, match="cannot be written"):
        environment.new_folder()
