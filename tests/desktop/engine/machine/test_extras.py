"""The line that brings what is not installed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from desktop.engine.machine import extras
from desktop.engine.machine.extras import install_line


def test_a_clone_is_told_of_uv_and_an_installation_of_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clone's line adds to its environment and takes nothing away."""
    assert install_line("train") == "uv sync --inexact --extra train"
    monkeypatch.setattr(extras, "ROOT", tmp_path)
    assert install_line("map") == "pip install 'convae[map]'"


def test_the_first_line_brings_the_desktop_alone() -> None:
    """No group of packages is installed unless it is asked for, and what is installed then holds no torch."""
    project = tomllib.loads((extras.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["uv"]["default-groups"] == []
    assert not [name for name in project["project"]["dependencies"] if name.startswith(("torch", "onnx>"))]
