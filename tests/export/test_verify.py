"""The proof repeated from the bundle alone: it holds for a sound one, and finds what is not the network's."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from export import verify
from export.bundle import PROOF_FILE, Bundle, LatentInfo, SizeRule, write_bundle
from export.bundle.arrays import read_arrays
from export.graphs.graphs import export_graphs
from export.proof.parity import record
from export.proof.proof import read_proof, write_proof
from export.runtime import load_graph
from export.statistics.latents import measure_effect
from tests import bundles
from trainer.data import Data
from trainer.run.checkpoint import Run

Command = Callable[..., int]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Calls the command, on a wide terminal."""
    monkeypatch.setenv("COLUMNS", "250")

    def call(*arguments: Any) -> int:
        monkeypatch.setattr(sys, "argv", ["verify", *map(str, arguments)])
        return verify.main()

    return call


def proved(place: Path, run: Run, files: tuple[bytes, bytes], data: Data) -> Bundle:
    """A bundle of a run that keeps its proof."""
    kind = run.model.latent_kind
    rule = SizeRule("multiple" if kind == "map" else "fixed", run.model.multiple, 32, 32)
    latent = LatentInfo(kind, run.model.latent_shape(32, 32))
    encoder, decoder = (load_graph(f"{name}.onnx", each) for name, each in zip(("encoder", "decoder"), files))
    arrays = bundles.latent_arrays(latent.size, 4)
    mean = arrays["mean"].reshape(latent.shape)
    arrays |= {f"independent_{name}": arrays[name][:3] for name in ("spread", "low", "high")}
    arrays["independent"] = arrays["axes"][::-1][:3]
    for axes, prefix in (("axes", ""), ("independent", "independent_")):
        limits = arrays[f"{prefix}low"], arrays[f"{prefix}high"]
        arrays[f"{prefix}effect"] = measure_effect(decoder, mean, arrays[axes], *limits, lambda *_: None)
    info = dataclasses.replace(
        bundles.bundle_info("proved", rule, latent), encoder=encoder.info(), decoder=decoder.info()
    )
    contents = {
        "encoder.onnx": files[0],
        "decoder.onnx": files[1],
        "latents.npz": bundles.npz(arrays),
        "README.md": b"# A model for tests",
        PROOF_FILE: write_proof(record(run.model, data.holdout, rule)),
    }
    return write_bundle(place, info, contents)


@pytest.fixture(scope="module")
def sound(map_run: Run, map_files: tuple[bytes, bytes], data: Data, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A sound bundle of the map run, packed."""
    return proved(tmp_path_factory.mktemp("sound") / "sound.convae", map_run, map_files, data)


def altered(sound: Bundle, place: Path, **contents: bytes) -> Bundle:
    """The bundle with some files' content changed and the hashes right."""
    files = {name: sound.read(name) for name in sound.info.sha256}
    return write_bundle(place, sound.info, files | {name.replace("_", "."): each for name, each in contents.items()})


def test_a_sound_bundle_keeps_what_it_says(
    command: Command, sound: Bundle, picture_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Interfaces, the network's answers at three sizes, batches, sliders, and quality on other pictures."""
    assert command(sound.path, "--pictures", picture_folder) == 0
    printed = capsys.readouterr().out
    assert len(read_proof(sound)) == 3
    for words in ("32 x 32", "decoded pictures against", "one by one", "4 sliders", "3 independent sliders", "PSNR on"):
        assert words in printed, words
    assert "keeps what it says" in printed
    assert "fails" not in printed


@pytest.mark.slow
def test_graphs_of_another_network_fail(
    command: Command, sound: Bundle, make_run: Callable[..., Run], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Graphs of the same shapes, with right hashes, but other weights."""
    encoder, decoder = export_graphs(make_run(steps=1, latent="map", latent_size=4).model, 32)
    for name, content in (("encoder_onnx", encoder), ("decoder_onnx", decoder)):
        bundle = altered(sound, tmp_path / name, **{name: content})
        assert command(bundle.path) == 2
        captured = capsys.readouterr()
        assert "fails" in captured.out
        assert "does not keep what it says" in captured.err


def test_statistics_of_another_network_fail(
    command: Command, sound: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sliders that do something else than is said."""
    arrays = bundles.latent_arrays(sound.info.latent.size, 4)
    assert command(altered(sound, tmp_path / "bundle", latents_npz=bundles.npz(arrays)).path) == 2
    assert "what 4 sliders do" in capsys.readouterr().err


def test_independent_axes_of_another_network_fail(
    command: Command, sound: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are tried as the others are."""
    arrays = read_arrays(sound, "latents.npz")
    arrays["independent_effect"] = arrays["independent_effect"] * 2
    assert command(altered(sound, tmp_path / "bundle", latents_npz=bundles.npz(arrays)).path) == 2
    assert [line for line in capsys.readouterr().out.splitlines() if "fails" in line and "3 independent" in line]


def test_a_bundle_without_the_networks_answers_says_so(
    command: Command, sound: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is left is tried, and it is told what is not."""
    files = {name: sound.read(name) for name in sound.info.sha256 if name != PROOF_FILE}
    assert command(write_bundle(tmp_path / "bundle", sound.info, files).path) == 0
    assert "none are kept" in capsys.readouterr().out


@pytest.mark.parametrize("fault", ["missing", "shape", "kind", "peak"])
def test_a_broken_proof_is_one_sentence(
    command: Command, sound: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    """Arrays that are no samples are refused by name."""
    (sample, *_) = read_proof(sound)
    arrays: dict[str, Any] = {f"{name}_0": getattr(sample, name) for name in ("pictures", "latents", "images", "peak")}
    changes: dict[str, dict[str, Any]] = {
        "missing": {"extra": np.zeros(1)},
        "shape": {"pictures_0": sample.pictures[:, :-1]},
        "kind": {"latents_0": sample.latents.astype(np.float64)},
        "peak": {"peak_0": np.float32(np.inf)},
    }
    arrays |= changes[fault]
    if fault == "missing":
        del arrays["images_0"]
    assert command(altered(sound, tmp_path / "bundle", proof_npz=bundles.npz(arrays)).path) == 2
    assert "proof.npz: " in capsys.readouterr().err
