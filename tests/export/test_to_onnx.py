"""The command: from a run folder to a bundle, and every way in which it can be refused."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch

from desktop.engine.gallery import read_gallery
from desktop.engine.latents import read_latent_space
from export import build, concepts, parity, to_onnx
from export.build import build_bundle
from export.bundle import Bundle, SizeRule, read_bundle
from export.card import write_card
from export.errors import ParityError
from export.graphs import DecoderGraph
from trainer.checkpoint import Run
from trainer.config import TrainConfig
from trainer.data.dataset import Progress

Command = Callable[..., int]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Calls `convae-export` with these arguments; the user's model folder is below `tmp_path / "user"`."""
    monkeypatch.setattr(to_onnx, "user_models_folder", lambda: tmp_path / "user" / "models")

    def call(*arguments: Any) -> int:
        monkeypatch.setattr(sys, "argv", ["convae-export", *map(str, arguments)])
        return to_onnx.main()

    return call


@pytest.fixture(scope="module")
def vector_bundle(vector_run: Run, silent: Progress, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The vector run, exported once."""
    return build_bundle(vector_run, tmp_path_factory.mktemp("bundles") / "discs", "discs", silent)


def test_the_command_writes_where_the_desktop_looks(
    command: Command, run_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`latest` is resolved to the run's own name, and the next command is told."""
    assert command(run_folder.parent / "latest") == 0
    bundle = read_bundle(tmp_path / "user" / "models" / run_folder.name)
    bundle.verify()
    assert bundle.info.name == run_folder.name
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


def test_a_bundle_says_what_a_reader_must_know(vector_bundle: Bundle, vector_run: Run) -> None:
    """Sizes, latent, precision, opset, versions and training are those of the run."""
    info = vector_bundle.info
    assert info.size == SizeRule("fixed", 32, 32, 32)
    assert (info.latent.kind, info.latent.shape) == ("vector", (8,))
    assert (info.architecture.name, info.architecture.options["head"]) == ("compact", "linear")
    assert (info.precision, info.opset, info.concepts) == ("fp32", 18, ())
    assert info.versions["torch"] == torch.__version__
    assert info.versions["onnxruntime"] == onnxruntime.__version__
    assert set(info.versions) == {"convae", "torch", "onnx", "onnxruntime", "sklearn"}
    assert set(info.training) == {field.name for field in dataclasses.fields(vector_run.config)}


def test_a_bundle_tells_no_path_of_this_machine(vector_bundle: Bundle, vector_run: Run) -> None:
    """Of folders only their names are kept."""
    assert vector_run.config.data is not None
    assert vector_bundle.info.training["data"] == vector_run.config.data.name
    for name in ("bundle.json", "README.md"):
        assert str(vector_run.config.data.parent) not in (vector_bundle.folder / name).read_text(encoding="utf-8")


def test_the_card_holds_what_was_measured(vector_bundle: Bundle) -> None:
    """Data, command, quality and parity, in words a person can read."""
    card = vector_bundle.read("README.md").decode()
    info = vector_bundle.info
    assert card.startswith("# discs\n")
    assert info.quality.data in card
    assert f"{info.quality.psnr_db:.2f} dB" in card
    assert f"{info.parity.latent_largest:.2g}" in card
    assert "32x32 pixels and no other size" in card


def test_the_card_of_characters_repeats_their_attribution(vector_bundle: Bundle) -> None:
    """Whatever the data's description says of its licence is in the card."""
    quality = dataclasses.replace(vector_bundle.info.quality, data="characters. Someone, CC BY 4.0")
    info = dataclasses.replace(vector_bundle.info, quality=quality)
    assert "Someone, CC BY 4.0" in write_card(info, TrainConfig(), trained_pictures=10, steps_done=5)


def test_notes_stand_before_the_limits(vector_bundle: Bundle) -> None:
    """Under a heading of their own, or under the one that they bring; without any there is no heading."""
    plain = write_card(vector_bundle.info, TrainConfig(), 10, 5)
    assert "## Notes" not in plain
    limits = plain.index("## Limits")
    for notes, expected in (("Two hours.", "\n## Notes\n\nTwo hours.\n\n"), ("## Time\n\nTwo hours.", "\n## Time\n")):
        card = write_card(vector_bundle.info, TrainConfig(), 10, 5, notes)
        assert expected in card
        assert card.replace("Two hours.", "").endswith(plain[limits:])


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"latent": "map", "latent_size": 4, "head": "clamp", "width": 0.5}, id="compact-map-clamp"),
        pytest.param({"latent": "map", "latent_size": 4, "kl": 0.001, "depth": 0.5}, id="compact-map-variational"),
        pytest.param({"latent_size": 4, "kl": 0.001, "head": "sigmoid"}, id="compact-vector-variational"),
        pytest.param({"arch": "vgg13", "head": "sigmoid"}, id="vgg13-sigmoid", marks=pytest.mark.slow),
        pytest.param({"arch": "vgg16", "head": "linear"}, id="vgg16-linear", marks=pytest.mark.slow),
        pytest.param({"arch": "vgg13", "kl": 0.001}, id="vgg13-variational", marks=pytest.mark.slow),
    ],
)
def test_every_network_exports(
    options: dict[str, Any],
    make_run: Callable[..., Run],
    silent: Progress,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each passes the proof, reads back, and rebuilds a picture; of a size not trained at where it takes any."""
    monkeypatch.setattr(parity, "LARGE_SIZE", 96)  # at 512 the widest network takes minutes
    run = make_run(steps=1, **options)
    bundle = build_bundle(run, tmp_path / "bundle", "bundle", silent)
    bundle.verify()
    side = run.config.size
    free = run.model.latent_kind == "map"
    assert bundle.info.size == SizeRule("multiple" if free else "fixed", run.model.multiple, side, side)
    assert len(bundle.info.parity.sizes) >= (3 if free else 1)
    encoder, decoder = (onnxruntime.InferenceSession(bundle.read(f"{side}.onnx")) for side in ("encoder", "decoder"))
    picture = np.zeros((1, 64, 96, 3) if free else (1, side, side, 3), np.uint8)
    (latent,) = encoder.run(["latent"], {"image": picture})
    (rebuilt,) = decoder.run(["image"], {"latent": latent})
    assert rebuilt.shape == picture.shape


@pytest.mark.slow
def test_characters_have_concepts_a_gallery_and_thresholds(
    make_run: Callable[..., Run], silent: Progress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From drawing them to the arrays in the bundle, which the desktop's engine reads."""
    monkeypatch.setattr(concepts, "SMALLEST_SCORE", {"accuracy": 0.55, "r2": 0.1})
    run = make_run(steps=20, data=None, characters=400, latent_size=8, width=0.25)
    bundle = build_bundle(run, tmp_path / "bundle", "bundle", silent)
    assert bundle.info.concepts
    assert [each.false_alarm_rate for each in bundle.info.thresholds] == [0.1, 0.05]
    card = bundle.read("README.md").decode()
    assert "## Concepts" in card
    assert f"| {bundle.info.concepts[0].name} |" in card
    space = read_latent_space(bundle)
    assert len(space.concepts.vectors) == len(bundle.info.concepts)
    gallery = read_gallery(bundle)
    assert gallery is not None
    assert len(gallery) == 256


def test_an_older_bundle_stays_whole_when_a_new_export_fails(
    vector_bundle: Bundle, vector_run: Run, silent: Progress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is replaced only by one that passed."""
    place = tmp_path / "discs"
    shutil.copytree(vector_bundle.folder, place)
    _break_decoder(monkeypatch)
    with pytest.raises(ParityError):
        build_bundle(vector_run, place, "discs", silent)
    older = read_bundle(place)
    older.verify()
    assert older.info == vector_bundle.info
    assert [path.name for path in tmp_path.iterdir()] == ["discs"]


def test_a_second_export_replaces_the_first_with_the_same_sliders(
    vector_bundle: Bundle, vector_run: Run, silent: Progress, tmp_path: Path
) -> None:
    """Exporting a run twice into one place gives the same `latents.npz`."""
    place = tmp_path / "discs"
    shutil.copytree(vector_bundle.folder, place)
    (place / "README.md").write_text("older")
    again = build_bundle(vector_run, place, "discs", silent)
    again.verify()
    assert again.info.sha256["latents.npz"] == vector_bundle.info.sha256["latents.npz"]


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
        (_pictures_gone, "is gone"),
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


def test_a_failed_proof_is_one_sentence_and_status_2(
    command: Command,
    run_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The sentence names graph, size and batch; no folder is written, and no scratch beside it."""
    _break_decoder(monkeypatch)
    assert command(run_folder, "--out", tmp_path / "bundle") == 2
    error = capsys.readouterr().err
    assert "error: decoder.onnx differs from the trained network at 32x32 pixels in a batch of 1" in error
    assert list(tmp_path.iterdir()) == []


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


def _break_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every exported decoder twice too bright."""
    right = DecoderGraph.forward
    monkeypatch.setattr(DecoderGraph, "forward", lambda self, latent: right(self, latent) * 2)
