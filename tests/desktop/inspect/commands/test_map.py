"""The commands that draw a map, and films along it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from desktop.engine import pictures
from tests.desktop.inspect.commands.conftest import Run


def test_a_map_is_a_table_and_a_picture(
    run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each picture's point is its code's on the principal plane, with its label; the colours are said."""
    (parts / "labels.csv").write_text("file,shade\n" + "".join(f"good/{n:02},{n % 2}\n" for n in range(20)), "utf-8")
    table, drawn = tmp_path / "map.csv", tmp_path / "map.png"
    assert run("map", parts, "--out", table, "--out", drawn, "--colour", "shade", "--size", "320x240") == 0
    said = capsys.readouterr().out
    assert "30 pictures by pca" in said
    assert "grey: 0 other kinds, 10 pictures" in said
    assert pictures.read(drawn).pixels.shape == (240, 320, 3)
    lines = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert len(lines) == 30
    assert {line["shade"] for line in lines} == {"0", "1", ""}
    assert run("map", parts, "--out", table, "--colour", "mahalanobis") == 2
    assert "no such factor (shade) or score (none: find the anomalies" in capsys.readouterr().err
    assert run("anomalies", parts, "--save", "--json") == 0
    assert run("map", parts, "--out", table, "--colour", "mahalanobis") == 0


def test_films_go_along_the_map_and_from_picture_to_picture(run: Run, parts: Path, tmp_path: Path) -> None:
    """There and back on the map, as many frames as asked for between two pictures, ending where they begin."""
    assert run("path", parts, "--points", "-1,0 1,0.5", "--frames", "3", "--out", tmp_path / "walk") == 0
    frames = sorted((tmp_path / "walk").iterdir())
    assert len(frames) == 8
    assert frames[0].read_bytes() == frames[-1].read_bytes() != frames[3].read_bytes()
    ends = [parts / "good" / f"{number:02}.png" for number in (1, 2)]
    how = ("--repeat", "there-and-back", "--frames", "3")
    assert run("morph", *ends, *how, "--out", tmp_path / "film") == 0
    assert len(list((tmp_path / "film").iterdir())) == 6
