"""What a bundle holds once it is made, for every network, and what becomes of an older one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch

from desktop.engine import model_input
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.pictures import Picture
from desktop.engine.sliders.gallery import read_gallery
from desktop.engine.sliders.latents import read_latent_space
from export.build import build_bundle, tell_run
from export.bundle import Bundle, CodeScores, Interval, SizeRule
from export.proof import parity
from export.statistics import concepts
from tests.networks import thin_vgg
from tests.pictures import gradient
from trainer.data.dataset import Progress
from trainer.report.scores import scores_section
from trainer.run.checkpoint import Run


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
    assert set(info.training) == set(vector_run.config.values())


def test_a_bundle_tells_no_path_of_this_machine(vector_bundle: Bundle, vector_run: Run) -> None:
    """Of folders only their names are kept."""
    assert vector_run.config.pictures.data is not None
    assert vector_bundle.info.training["data"] == vector_run.config.pictures.data.name
    for name in ("bundle.json", "README.md"):
        assert str(vector_run.config.pictures.data.parent) not in (vector_bundle.folder / name).read_text(
            encoding="utf-8"
        )


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(
            {"latent": "map", "latent_size": 4, "kl": 0.001, "head": "clamp", "width": 0.5}, id="compact-map-clamp"
        ),
        pytest.param({"latent_size": 4, "kl": 0.001, "head": "sigmoid", "depth": 0.5}, id="compact-vector-sigmoid"),
        pytest.param({"arch": "vgg16", "head": "linear"}, id="vgg16-linear", marks=pytest.mark.slow),
        pytest.param({"arch": "vgg13", "head": "sigmoid"}, id="vgg13-sigmoid-thin", marks=pytest.mark.slow),
        pytest.param({"arch": "vgg13", "kl": 0.001}, id="vgg13-variational-thin"),
    ],
)
def test_every_network_exports(
    options: dict[str, Any],
    make_run: Callable[..., Run],
    silent: Progress,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """Each passes the proof, reads back, and reconstructs a picture; of a size not trained at where it takes any."""
    monkeypatch.setattr(parity, "LARGE_SIZE", 96)  # at 512 the widest network takes minutes
    if "thin" in request.node.callspec.id:
        thin_vgg(monkeypatch)
    run = make_run(steps=1, **options)
    bundle = build_bundle(run, tmp_path / "bundle", "bundle", silent)
    bundle.verify()
    side = run.config.pictures.size
    free = run.model.latent_kind == "map"
    assert bundle.info.size == SizeRule("multiple" if free else "fixed", run.model.multiple, side, side)
    assert len(bundle.info.parity.sizes) >= (3 if free else 1)
    encoder, decoder = (onnxruntime.InferenceSession(bundle.read(f"{side}.onnx")) for side in ("encoder", "decoder"))
    picture = np.zeros((1, 64, 96, 3) if free else (1, side, side, 3), np.uint8)
    (latent,) = encoder.run(["latent"], {"image": picture})
    (reconstruction,) = decoder.run(["image"], {"latent": latent})
    assert reconstruction.shape == picture.shape


@pytest.mark.parametrize("latent", ["vector", pytest.param("map", marks=pytest.mark.slow)])
def test_oblong_pictures_are_reconstructed_at_their_own_aspect(
    latent: str, make_run: Callable[..., Run], silent: Progress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run at 32x64 exports; the desktop's engine opens it, prepares a picture at its aspect, and gives it back."""
    monkeypatch.setattr(parity, "LARGE_SIZE", 96)
    run = make_run(steps=1, latent=latent, latent_size=4, size="32x64", width=0.25, depth=0.5)
    bundle = build_bundle(run, tmp_path / "bundle", "bundle", silent)
    rule = SizeRule("fixed" if latent == "vector" else "multiple", run.model.multiple, 64, 32)
    assert bundle.info.size == rule
    model = Autoencoder(bundle, "cpu")
    _, seen = model_input.prepare(Picture("a", gradient(100, 50)), SizeRule("fixed", 1, 64, 32))
    code = model.encode(seen[None])
    assert code.shape[1:] == bundle.info.latent.shape
    assert model.decode(code).shape == (1, 64, 32, 3)
    gallery = read_gallery(bundle)
    assert gallery is not None
    assert gallery.thumbnails.shape[1:] == (64, 32, 3)
    assert "64x32 pixels" in bundle.read("README.md").decode()


def test_scores_are_left_for_the_page_of_the_run(vector_run: Run, tmp_path: Path) -> None:
    """The page of the run shows what the export measured; a folder that is gone is passed over."""
    each = Interval(0.5, 0.25, 0.75)
    run = dataclasses.replace(vector_run, folder=tmp_path)
    tell_run(run, ())
    assert scores_section(tmp_path) is None
    tell_run(run, (CodeScores("concepts", 900, 3, *[each] * 7, Interval(0.375, 0.0, 1.0)),))
    section = scores_section(tmp_path)
    assert section is not None
    assert all(text in section for text in ("concepts", "info_e", "0.375"))
    tell_run(dataclasses.replace(run, folder=tmp_path / "gone"), (CodeScores("concepts", 900, 3, *[each] * 8),))


@pytest.mark.slow
def test_characters_have_concepts_a_gallery_and_thresholds(
    make_run: Callable[..., Run], silent: Progress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From drawing them to the arrays in the bundle, which the desktop's engine reads."""
    monkeypatch.setattr(concepts, "SMALLEST_SCORE", {"accuracy": 0.55, "r2": 0.1})
    run = make_run(steps=20, data=None, characters=400, latent_size=8, width=0.25)
    bundle = build_bundle(run, tmp_path / "bundle", "bundle", silent)
    assert bundle.info.concepts
    assert bundle.info.disentanglement == ()  # too few held-out pictures
    assert [each.false_alarm_rate for each in bundle.info.thresholds] == [0.1, 0.05]
    card = bundle.read("README.md").decode()
    assert "## Concepts" in card
    assert f"| {bundle.info.concepts[0].name} |" in card
    space = read_latent_space(bundle)
    assert len(space.concepts.vectors) == len(bundle.info.concepts)
    gallery = read_gallery(bundle)
    assert gallery is not None
    assert len(gallery) == 256
