"""A training reads, names and reports pictures whatever their files are called."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.trainer.names import STRANGE, make_named
from trainer import train
from trainer.report import __main__ as report

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names as POSIX has them")

QUICK = (
    *("--size", "32", "--batch-size", "4", "--latent-size", "4", "--width", "0.125", "--depth", "0.125"),
    *("--steps", "1", "--latent", "vector", "--init", "random"),
)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder whose own name, whose pictures' names and whose broken files' names are hard to print."""
    folder = tmp_path / os.fsdecode(b"p\xe9 \x1b[31m<u>")
    folder.mkdir()
    for name in STRANGE:
        make_named(folder, name)
        make_named(folder, b"broken-" + name, b"no picture")
    make_named(folder, b"=broken.png", b"no picture")
    os.mkfifo(folder / "pipe.png")
    return folder


@pytest.mark.parametrize("more", [(), ("--no-cache",)])
def test_a_training_names_what_it_cannot_use(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
) -> None:  # fmt: skip
    """Run, table, page and terminal are whole; every broken file is named, and nothing in them acts on its reader."""
    out = tmp_path / "run é <u>"
    arguments = ["--data", str(pictures), *QUICK, "--device", "cpu", "--out", str(out), *more]
    monkeypatch.setattr(sys, "argv", ["train", *arguments])
    assert train.main() == 0, capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["report", str(out)])
    assert report.main() == 0, capsys.readouterr().err
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "caf\\xe9.png" in said.out
    table = (out / "skipped.csv").read_text(encoding="utf-8")
    assert table.count("not a picture") == len(STRANGE) + 1
    assert "pipe.png,is no regular file" in table
    page = (out / "report.html").read_text(encoding="utf-8")
    assert '<img src="x"' not in page
    assert "<u>" not in page
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    assert os.fsencode(config["data"]) == os.fsencode(pictures)
    monkeypatch.setattr(sys, "argv", ["train", "--resume", "--steps", "2", "--out", str(out)])
    assert train.main() == 0, capsys.readouterr().err


def test_a_run_folder_that_cannot_be_opened_again_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run folder whose name is not UTF-8 is refused before anything is trained, in a sentence that can be printed."""
    out = tmp_path / os.fsdecode(b"run-\xe9")
    monkeypatch.setattr(sys, "argv", ["train", *QUICK, "--out", str(out)])
    assert train.main() == 2
    assert "run-\\xe9: the name is not UTF-8" in capsys.readouterr().err
    assert not out.exists()
