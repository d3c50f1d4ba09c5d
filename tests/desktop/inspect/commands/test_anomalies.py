"""The command that finds anomalies in a folder."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from desktop.engine import pictures
from tests.desktop.inspect.commands.conftest import Run


def test_bad_pictures_are_anomalies(run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They come first in the list and the CSV, have heat-maps hot in the corner, and perfect figures are printed."""
    table, heat = tmp_path / "anomalies.csv", tmp_path / "heat"
    assert run("anomalies", parts, "--csv", table, "--heat", heat) == 0
    said = capsys.readouterr().out
    assert "pictures are anomalies at a false-alarm rate of 0.05" in said
    figures = next(line.split() for line in said.splitlines() if line.startswith("combined"))
    assert figures[1] == "1.000"
    assert float(figures[2]) > 0.9
    with table.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 30
    assert {line["path"] for line in lines[:6]} == {f"bad/{number:02}.png" for number in range(6)}
    assert all(line["anomalous"] == "1" for line in lines[:6])
    drawn = pictures.read(heat / "bad" / "00.png").pixels.astype(int)
    colour = np.ptp(drawn, axis=2)
    assert colour[:8, :8].mean() > 5 * colour[16:, 16:].mean() + 1


def test_anomalies_are_moved_and_moved_back(run: Run, parts: Path, tmp_path: Path) -> None:
    """`--move-to` takes the anomalies away, `undo` moves them back, and a second undo has nothing to do."""
    before = {path: path.read_bytes() for path in parts.rglob("*.png")}
    away = tmp_path / "away"
    assert run("anomalies", parts, "--move-to", away) == 0
    assert {path.name for path in (away / "bad").iterdir()} == {f"{number:02}.png" for number in range(6)}
    assert not list((parts / "bad").iterdir())
    assert run("undo") == 0
    assert {path: path.read_bytes() for path in parts.rglob("*.png")} == before
    assert run("undo") == 2
