"""`python -m desktop.inspect`, run as a user runs it but within this process."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.engine.machine import providers
from desktop.engine.picture_writer import save_png
from desktop.inspect.commands.command import main
from export.bundle import Bundle
from tests.desktop.engine.conftest import varied
from tests.desktop.inspect.commands.conftest import Run

LINE_ENDS = b"a\r\x0b\x0c\xc2\x85\xe2\x80\xa8b.png"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("index", "missing"), "is not a folder"),
        (("anomalies", "."), "name a folder of good pictures with --good"),
        (("anomalies", ".", "--good", "."), "at least 10 are needed"),
        (("anomalies", ".", "--detector", "missing.npz"), "cannot be read"),
        (("similar", ".", "missing.png"), "does not exist"),
        (("duplicates", ".", "--limit", "2"), "--limit must be"),
        (("concept", "x"), "name pictures with --more and with --less"),
        (("concept", "x", "--more", "photo.png", "--less", "photo.png"), "at least 3 are needed"),
        (("encode", "photo.png", "out.cvae", "--step", "0"), "the step must be"),
        (("decode", "photo.png", "out.png"), "not a latent file"),
        (("map", ".", "--out", "map.txt"), "a map is a table"),
        (("map", ".", "--out", "map.png", "--size", "big"), "write WIDTHxHEIGHT"),
        (("path", ".", "--points", "0,0 1", "--out", "a.gif"), "'1' is no point"),
        (("path", ".", "--points", "0,0", "--out", "a.gif"), "two points or more"),
        (("path", ".", "--points", "0,0 1,1", "--out", "a.txt"), "a film ends in"),
        (("morph", "photo.png", "--out", "a.gif"), "two pictures or more"),
        (("morph", "photo.png", "photo.png", "--frames", "0", "--out", "a.gif"), "must be at least 1"),
        (("nonsense",), "see --help"),
    ],
)
def test_bad_use_is_one_sentence(
    run: Run, photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...], said: str,
) -> None:  # fmt: skip
    """Exit status 2, one line on stderr that names the thing, after what was said of the folder."""
    monkeypatch.chdir(photo.parent)
    assert run(*arguments) == 2
    (error,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("desktop.inspect: ")]
    assert said in error


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    """`python -m desktop.inspect` is the command."""
    command = [sys.executable, "-m", "desktop.inspect", "index", str(tmp_path / "missing"), "--model", "none"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ))
    assert done.returncode == 2
    assert "there is no model none" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("index", "."),
        ("morph", "photo.png", "photo.png", "--out", "a.gif"),
        ("encode", "photo.png", "a.cvae"),
        ("concept", "x", "--more", "a", "--less", "b"),
    ],
)
def test_a_provider_that_does_not_work_is_an_error(
    photo: Path, vector: Bundle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:  # fmt: skip
    """Asked for by name, by any of those that there are, it is one sentence with status 2."""
    monkeypatch.chdir(photo.parent)
    monkeypatch.setattr(providers, "problem", lambda _: "no driver was found")
    for name in ("cuda", "tensorrt", "openvino"):
        assert main([*command, "--model", str(vector.folder), "--provider", name]) == 2
        assert "was asked for, but no driver was found" in capsys.readouterr().err
    assert main(["index", ".", "--model", str(vector.folder)]) == 0
    assert "Computing on CPU." in capsys.readouterr().err


@pytest.mark.slow
def test_old_names_work_with_a_note(run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`odd`, `--save-judge` and `--judge` do what the present names do, and stderr says what those are."""
    kept = tmp_path / "detector.npz"
    assert run("anomalies", parts, "--json") == 0
    expected = capsys.readouterr().out
    assert run("odd", parts, f"--save-judge={kept}", "--json") == 0
    done = capsys.readouterr()
    assert done.out == expected
    assert "`odd` is called `anomalies` now" in done.err
    assert "`--save-judge` is called `--save-detector` now" in done.err
    assert run("anomalies", parts, "--judge", kept, "--json") == 0
    done = capsys.readouterr()
    assert done.out == expected
    assert "`--judge` is called `--detector` now" in done.err


def test_names_of_any_bytes_go_through_every_command(
    run: Run, parts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names that are no UTF-8, that turn a terminal red and that are formulas: indexed, scored, mapped and moved."""
    shutil.rmtree(parts / "mask")
    strange = [os.fsdecode(name) for name in (b"caf\xe9.png", b"\x1b[31mred.png", b"=1+1.png", b"a\nb.png", LINE_ENDS)]
    for number, name in enumerate(strange):
        picture = varied(200 + number)
        picture[:8, :8] = 0
        save_png(parts / "bad" / name, picture)
    save_png(parts / "good" / os.fsdecode(b"g\xf6\x80.png"), varied(77))
    (parts / os.fsdecode(b"broken\xe9.png")).touch()
    assert run("index", parts) == 1
    table, map_table = tmp_path / "anomalies.csv", tmp_path / "map.csv"
    assert run("anomalies", parts, "--save", "--csv", table) == 1  # one is broken
    assert run("map", parts, "--out", map_table) == 0
    assert run("similar", parts, parts / "bad" / strange[0]) == 0
    assert run("duplicates", parts, "--limit", "0.5") == 0
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "caf\\udce9.png" in said.out
    for file in (table, map_table):
        with file.open(encoding="utf-8", errors="surrogateescape", newline="") as rows:
            paths = {row["path"] for row in csv.DictReader(rows)}
        assert {f"bad/{name}" for name in strange} <= paths
    run("anomalies", parts, "--move-to", tmp_path / "moved")
    assert not (parts / "bad" / strange[0]).exists()
    assert run("undo") == 0
    assert (parts / "bad" / strange[0]).exists()


@pytest.mark.parametrize(
    "command",
    [
        ("anomalies", "parts", "--csv", "parts"),
        ("anomalies", "parts", "--heat", "photo.png"),
        ("anomalies", "parts", "--save-detector", "photo.png/a.npz"),
        ("map", "parts", "--out", "photo.png/a.csv"),
        ("encode", "photo.png", "parts"),
        ("decode", "a.cvae", "photo.png/b.png"),
        ("morph", "photo.png", "photo.png", "--out", "photo.png/a.gif"),
        ("morph", "photo.png", "photo.png", "--out", "parts"),
    ],
)
@pytest.mark.usefixtures("parts")
def test_a_mistaken_target_is_one_sentence(
    run: Run, photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:  # fmt: skip
    """A folder where a file goes, or a file where a folder goes: status 2, and nothing is lost."""
    monkeypatch.chdir(photo.parent)
    assert run("encode", "photo.png", "a.cvae") == 0
    before = photo.read_bytes()
    capsys.readouterr()
    assert run(*command) == 2
    assert "desktop.inspect: " in capsys.readouterr().err
    assert photo.read_bytes() == before


def test_a_data_folder_that_cannot_be_used_is_one_sentence(
    vector: Bundle, parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file stands where indexes, moves and models are kept."""
    (tmp_path / "data").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for command in (["index", str(parts)], ["anomalies", str(parts)]):
        assert main([*command, "--model", str(vector.folder), "--provider", "cpu"]) == 2
        assert "cannot be" in capsys.readouterr().err
    assert main(["undo"]) == 2
