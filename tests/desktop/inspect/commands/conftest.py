"""A folder of good and bad pictures, and the commands with the tiny model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.picture_writer import save_png
from desktop.inspect.commands.command import main
from export.bundle import Bundle
from tests.desktop.engine.conftest import varied

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept goes nowhere near the user's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture
def run(vector: Bundle) -> Run:
    """Runs a command with the tiny model on the CPU, and gives its exit status."""

    def command(*arguments: str | Path) -> int:
        with_model = arguments[0] != "undo"
        more = ["--model", str(vector.folder), "--provider", "cpu"] if with_model else []
        return main([*map(str, arguments), *more])

    return command


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Good and bad pictures: the bad ones have a black corner, and masks."""
    folder = tmp_path / "parts"
    for name in ("good", "bad", "mask"):
        (folder / name).mkdir(parents=True)
    for number in range(24):
        save_png(folder / "good" / f"{number:02}.png", varied(number))
    for number in range(6):
        picture, mask = varied(100 + number), np.zeros((32, 32, 3), np.uint8)
        picture[:8, :8] = 0
        mask[:8, :8] = 255
        save_png(folder / "bad" / f"{number:02}.png", picture)
        save_png(folder / "mask" / f"{number:02}.png", mask)
    return folder
