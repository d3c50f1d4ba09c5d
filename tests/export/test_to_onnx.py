"""The command: from a run folder to a bundle, and every way in which it can be refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from export import build, to_onnx
from export.bundle import Bundle, read_bundle

Command = Callable[..., int]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Calls `convae-export` with these arguments; the user's model folder is below `tmp_path / "user"`."""
    monkeypatch.setattr(to_onnx, "user_models_folder", lambda: tmp_path / "user" / "models")

    def call(*arguments: Any) -> int:
        monkeypatch.setattr(sys, "argv", ["convae-export", *map(str, arguments)])
        return to_onnx.main()

    return call


def test_the_command_writes_where_the_desktop_looks(
    command: Command, run_folder: Path, vector_bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`latest` is the run's own name, an older bundle is replaced with the same sliders, the next command is told."""
    place = tmp_path / "user" / "models" / run_folder.name
    shutil.copytree(vector_bundle.folder, place)
    (place / "README.md").write_text("older")
    assert command(run_folder.parent / "latest") == 0
    bundle = read_bundle(place)
    bundle.verify()
    assert bundle.info.name == run_folder.name
    assert bundle.info.sha256["latents.npz"] == vector_bundle.info.sha256["latents.npz"]
    printed = capsys.readouterr().out
    assert f"convae-desktop --model {bundle.folder}" in printed
    assert f"PSNR {bundle.info.quality.psnr_db:.2f} dB" in printed


def test_pack_writes_one_file(
    command: Command, run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the folder would be there is one file, and the model is called as before."""
    places = []
    monkeypatch.setattr(build, "build_bundle", lambda run, place, name, *_: places.append((place, name)))
    monkeypatch.setattr(to_onnx, "print_report", lambda _: None)
    models = tmp_path / "user" / "models"
    for arguments in (("--pack",), ("--pack", "--out", models / "a.convae"), ("--out", models / "a.convae")):
        assert command(run_folder, *arguments) == 0
    packed = models / f"{run_folder.name}.convae"
    assert places == [(packed, run_folder.name), *[(models / "a.convae", "a")] * 2]


def _no_run(_: Path, tmp_path: Path) -> list[Path | str]:
    return [tmp_path / "nowhere"]


def _no_weights(run: Path, tmp_path: Path) -> list[Path | str]:
    (tmp_path / "run").mkdir()
    shutil.copy(run / "config.json", tmp_path / "run")
    return [tmp_path / "run"]


def _broken_weights(run: Path, tmp_path: Path) -> list[Path | str]:
    shutil.copytree(run, tmp_path / "run")
    (tmp_path / "run" / "weights.safetensors").write_bytes(b"not weights")
    return [tmp_path / "run"]


def _pictures_gone(run: Path, tmp_path: Path) -> list[Path | str]:
    shutil.copytree(run, tmp_path / "run")
    path = tmp_path / "run" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "data": str(tmp_path / "gone")}))
    return [tmp_path / "run"]


def _pictures_elsewhere_gone(run: Path, tmp_path: Path) -> list[Path | str]:
    return [*_pictures_gone(run, tmp_path), "--pictures", tmp_path / "neither"]


def _place_taken(run: Path, tmp_path: Path) -> list[Path | str]:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("important")
    return [run, "--out", tmp_path / "taken"]


def _place_is_a_file(run: Path, tmp_path: Path) -> list[Path | str]:
    (tmp_path / "file").write_text("important")
    return [run, "--out", tmp_path / "file"]


def _bad_loss(run: Path, _: Path) -> list[Path | str]:
    return [run, "--max-loss", "-1"]


def _broken_samplers(run: Path, tmp_path: Path) -> list[Path | str]:
    shutil.copytree(run, tmp_path / "run")
    (tmp_path / "run" / "samplers.npz").write_bytes(b"no arrays")
    (tmp_path / "run" / "samplers.json").write_text("[]")
    return [tmp_path / "run"]


def _bad_name(run: Path, _: Path) -> list[Path | str]:
    return [run, "--name", "../escape"]


def _no_notes(run: Path, tmp_path: Path) -> list[Path | str]:
    return [run, "--notes", tmp_path / "none.md"]


def _notes_are_no_text(run: Path, tmp_path: Path) -> list[Path | str]:
    (tmp_path / "notes.md").write_bytes(b"\xff\xfe\xfd")
    return [run, "--notes", tmp_path / "notes.md"]


def _below_a_file(run: Path, tmp_path: Path) -> list[Path | str]:
    (tmp_path / "file").write_text("important")
    return [run, "--out", tmp_path / "file" / "bundle"]


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (_no_run, "is not a run folder"),
        (_no_notes, "--notes"),
        (_notes_are_no_text, "no UTF-8 text"),
        (_no_weights, "has no weights.safetensors yet"),
        (_broken_weights, "cannot be read"),
        (_pictures_gone, "--pictures FOLDER"),
        (_pictures_elsewhere_gone, "no folder of pictures"),
        (_place_taken, "holds something that is not a bundle"),
        (_place_is_a_file, "holds something that is not a bundle"),
        (_bad_loss, "--max-loss must be"),
        (_broken_samplers, "cannot be used"),
        (_bad_name, "cannot be the name of a folder"),
        (_below_a_file, "The disk refused"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(
    prepare: Callable[[Path, Path], list[Path | str]],
    message: str,
    command: Command,
    run_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Never a traceback, and nothing is left behind."""
    arguments = prepare(run_folder, tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert command(*arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip().splitlines()[-1].startswith("error: ")
    assert message in captured.err
    assert "Traceback" not in captured.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_run_whose_pictures_moved_is_exported(
    command: Command, run_folder: Path, tmp_path: Path, picture_folder: Path
) -> None:
    """Measured on the pictures where they are now, which the card names."""
    out = tmp_path / "bundle"
    assert command(*_pictures_gone(run_folder, tmp_path), "--pictures", picture_folder, "--out", out) == 0
    assert picture_folder.name in read_bundle(out).info.quality.data


@pytest.mark.usefixtures("broken_decoder")
def test_a_failed_proof_is_one_sentence_and_status_2(
    command: Command, run_folder: Path, vector_bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names graph, size and batch; an older bundle stays whole, with no scratch beside it."""
    place = tmp_path / "discs"
    shutil.copytree(vector_bundle.folder, place)
    assert command(run_folder, "--out", place) == 2
    error = capsys.readouterr().err
    assert "error: decoder.onnx differs from the trained network at 32x32 pixels in a batch of 1" in error
    older = read_bundle(place)
    older.verify()
    assert older.info == vector_bundle.info
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a folder that refuses its user")
def test_an_unwritable_place_is_one_sentence_and_status_2(
    command: Command, run_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk's own reason is in it."""
    (tmp_path / "locked").mkdir(mode=0o500)
    assert command(run_folder, "--out", tmp_path / "locked" / "bundle") == 2
    assert "error: The disk refused: Permission denied" in capsys.readouterr().err


def test_ctrl_c_leaves_nothing(
    command: Command, run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with the status of an interrupted program."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "export_proved", interrupt)
    assert command(run_folder, "--out", tmp_path / "bundle") == 130
    assert list(tmp_path.iterdir()) == []


def test_help_does_not_wait_for_torch() -> None:
    """The command's module imports nothing heavy before it knows what to do."""
    check = "import sys, export.to_onnx; sys.exit('torch' in sys.modules or 'onnxruntime' in sys.modules)"
    subprocess.run([sys.executable, "-c", check], check=True)
