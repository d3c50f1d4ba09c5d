"""`python -m desktop.batch`, run as a user runs it."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.batch import command as batch
from desktop.engine.machine import providers
from export.bundle import Bundle
from tests import bundles
from tests.pictures import gradient

ROOT = Path(__file__).resolve().parents[3]
WITHOUT_QT = """
import sys
from desktop.batch import command as batch
code = batch.main(sys.argv[1:])
assert "PySide6" not in sys.modules
sys.exit(code)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures."""
    root = tmp_path / "in"
    root.mkdir()
    for index in range(3):
        Image.fromarray(gradient(30 + index, 50)).save(root / f"{index}.png")
    return root


def test_everything_in_one_go(folder: Path, tmp_path: Path, vector: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0, one line on what was written; again, and it was all done before."""
    command = [str(folder), str(tmp_path / "out"), "--model", str(vector.folder), "--out", "latent, score"]
    assert batch.main(command) == 0
    assert capsys.readouterr().out == f"3 of 3 pictures written to {tmp_path / 'out'}.\n"
    assert sorted(path.name for path in (tmp_path / "out").glob("[!.]*")) == [
        "0-latent.npz",
        "1-latent.npz",
        "2-latent.npz",
        "scores.csv",
    ]
    assert batch.main(command) == 0
    assert "3 done before" in capsys.readouterr().out


def test_refined_codes(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--refine says what it brought, by picture too; what is written is refined; and it is another job than without."""
    hasty = bundles.hasty_bundle(tmp_path / "hasty")
    command = [str(folder), str(tmp_path / "out"), "--model", str(hasty.folder), "--out", "latent,score"]
    assert batch.main(command) == 0
    assert "Refining" not in capsys.readouterr().out
    plain = np.load(tmp_path / "out" / "0-latent.npz")["latent"]
    assert batch.main([*command, "--refine", "--overwrite"]) == 0
    said = capsys.readouterr().out
    assert "done before" not in said
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8", newline="") as file:
        gained = [float(row["refined_db"]) for row in csv.DictReader(file)]
    assert min(gained) > 1
    assert f"Refining brought {sum(gained) / 3:.2f} dB on average." in said
    refined = np.load(tmp_path / "out" / "0-latent.npz")["latent"]
    assert np.abs(refined).sum() > 1.05 * np.abs(plain).sum()
    assert batch.main([*command, "--refine"]) == 0
    said = capsys.readouterr().out
    assert "3 done before" in said
    assert f"Refining brought {sum(gained) / 3:.2f} dB" in said


def test_a_broken_picture_is_status_1(
    folder: Path, tmp_path: Path, vector: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest is done, and the broken one named on stderr."""
    (folder / "broken.png").write_text("words")
    assert batch.main([str(folder), str(tmp_path / "out"), "--model", str(vector.folder)]) == 1
    said = capsys.readouterr()
    assert "3 of 4 pictures written" in said.out
    assert "broken.png is not a picture" in said.err


def test_bad_use_is_status_2(folder: Path, tmp_path: Path, vector: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence on stderr, and nothing is written."""
    out, model = str(tmp_path / "out"), ["--model", str(vector.folder)]
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "0-reconstruction.png").write_text("mine")
    table = [
        ([str(folder)], "required: DST"),
        ([str(folder), out, *model, "--out", "pictures"], "there is no output pictures"),
        ([str(folder), out, *model, "--out", ""], "there is no output"),
        ([str(folder), out, "--model", "nothing"], "there is no model nothing"),
        ([str(tmp_path / "missing"), out, *model], "is not a folder"),
        ([str(folder), str(tmp_path / "full"), *model], "already holds"),
        ([str(folder), out, *model, "--pattern", "x"], "must hold"),
    ]
    for command, words in table:
        assert batch.main(command) == 2, command
        said = capsys.readouterr()
        assert words in said.err
        assert (said.err.count("\n"), said.out) == (1, "")
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "full" / "0-reconstruction.png").read_text() == "mine"


def test_a_provider_that_does_not_work_is_an_error(
    folder: Path, tmp_path: Path, vector: Bundle, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for by name it is status 2, and nothing is written; by `auto` the CPU does the work, and that is said."""
    monkeypatch.setattr(providers, "problem", lambda _: "no driver was found")
    command = [str(folder), str(tmp_path / "out"), "--model", str(vector.folder)]
    for name, said in (("cuda", "CUDA"), ("tensorrt", "TensorRT")):
        assert batch.main([*command, "--provider", name]) == 2
        assert capsys.readouterr().err == f"desktop.batch: {said} was asked for, but no driver was found.\n"
    assert not (tmp_path / "out").exists()
    assert batch.main(command) == 0
    assert "Computing on CPU." in capsys.readouterr().err


# The command, which gets the signal of Ctrl+C as it reads its fifth picture.
INTERRUPTED = """
import itertools, os, signal, sys
from desktop.batch import command
from desktop.engine.batch import run
load, begun = run.load, itertools.count(1)
def load_or_interrupt(*arguments):
    if next(begun) == 5:
        os.kill(os.getpid(), signal.SIGINT)
    return load(*arguments)
run.load, run.AHEAD = load_or_interrupt, 2
sys.exit(command.main(sys.argv[1:]))
"""


def test_no_qt_is_loaded_and_ctrl_c_is_gone_on_from(folder: Path, tmp_path: Path, vector: Bundle) -> None:
    """The command needs no window system; interrupted it says so with status 1, and the next run does the rest."""
    for index in range(40):
        shutil.copy(folder / "0.png", folder / f"again-{index}.png")
    arguments = [folder, tmp_path / "out", "--model", vector.folder, "--out", "latent"]
    stopped, done = (
        subprocess.run(
            [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        for program in (INTERRUPTED, WITHOUT_QT)
    )
    assert stopped.returncode == 1, stopped.stderr
    assert "resumes where it stopped" in stopped.stderr
    assert "of 43 pictures written" in stopped.stdout
    assert done.returncode == 0, done.stderr
    assert "done before" in done.stdout
    assert len(list((tmp_path / "out").glob("*.npz"))) == 43


def test_addresses_need_a_cluster(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --ray they are refused, and --part with --ray is."""
    assert batch.main(["s3://bucket/in", "out"]) == 2
    assert "--ray takes addresses" in capsys.readouterr().err
    assert batch.main(["in", "out", "--ray", "auto", "--part", "1/2"]) == 2
    assert "leave out one of the two" in capsys.readouterr().err


def test_a_cluster_needs_ray(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where it is not installed, one sentence names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "ray", None)
    assert batch.main(["in", "out", "--ray", "auto"]) == 2
    assert "--extra cluster" in capsys.readouterr().err
