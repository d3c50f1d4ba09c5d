"""There and back in the hub's layout: the loader gives the bundle's pictures, and so does the bundle made of it."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import load, save

from export import from_diffusers, to_diffusers
from export.bundle import Bundle, LatentInfo, SizeRule, read_bundle, write_bundle
from export.diffusers.repository import CONFIG_FILE, WEIGHTS_FILE, read_repository, repository_files, write_repository
from export.errors import ExportError, ParityError
from export.graphs.graphs import DecoderGraph, EncoderGraph, export_graphs
from export.proof.proof import Sample, proof_sizes, write_proof
from export.runtime import load_graph
from tests import bundles
from tests.export.conftest import MakeRun
from trainer.run.checkpoint import Run

ROOT = Path(__file__).parents[3]


def bundle_of(run: Run, folder: Path) -> Bundle:
    """A bundle of a run's graphs with its proof; the statistics are made up."""
    model, size = run.model, 32
    kind = model.latent_kind
    multiple = model.multiple
    rule = SizeRule("multiple" if kind == "map" else "fixed", multiple, size, size)
    latent = LatentInfo(kind, model.latent_shape(size, size))
    encoder, decoder = export_graphs(model, size)
    arrays = bundles.latent_arrays(latent.size, axes=4)
    files = {
        "encoder.onnx": encoder,
        "decoder.onnx": decoder,
        "latents.npz": bundles.npz(arrays),
        "proof.npz": write_proof([sample(run, *sides) for sides in proof_sizes(rule)]),
        "README.md": b"# A model\n\nIts card.\n",
    }
    info = bundles.bundle_info('made "here": a model', rule, latent)
    graphs = {name: load_graph(f"{name}.onnx", files[f"{name}.onnx"]).info() for name in ("encoder", "decoder")}
    return write_bundle(folder, dataclasses.replace(info, **graphs), files)


def sample(run: Run, height: int, width: int) -> Sample:
    """What the network makes of smooth noise."""
    coarse = np.random.default_rng(0).integers(0, 256, (2, height, width, 3), dtype=np.uint8)
    with torch.no_grad():
        latents = EncoderGraph(run.model)(torch.from_numpy(coarse))
        images = DecoderGraph(run.model)(latents)
    return Sample(coarse, latents.numpy(), images.numpy(), 1.0)


@pytest.fixture(scope="module")
def vector_bundle(vector_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A compact network with a vector."""
    return bundle_of(vector_run, tmp_path_factory.mktemp("bundles") / "vector")


@pytest.fixture(scope="module")
def map_bundle(map_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A compact network with a map."""
    return bundle_of(map_run, tmp_path_factory.mktemp("bundles") / "map")


def pictures(bundle: Bundle) -> Any:
    """Three pictures of the trained size."""
    return np.random.default_rng(7).integers(0, 256, (3, bundle.info.size.height, bundle.info.size.width, 3), np.uint8)


def reconstructed(bundle: Bundle) -> Any:
    """What a bundle's graphs make of them."""
    encoder, decoder = (load_graph(name, bundle.read(name)) for name in ("encoder.onnx", "decoder.onnx"))
    return decoder(encoder(pictures(bundle)))


def loaded(folder: Path) -> Any:
    """The loader file, imported from the repository as its user would."""
    spec = importlib.util.spec_from_file_location("loader_of_test", folder / "autoencoder_convae.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["loader_of_test"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", ["vector", "map"])
def test_there_and_back_within_a_level(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The loader gives the bundle's pictures within one level, and the bundle that comes back gives them again."""
    bundle: Bundle = request.getfixturevalue(f"{kind}_bundle")
    write_repository(tmp_path / "hub", repository_files(bundle, "cc-by-4.0"))
    expected = reconstructed(bundle).astype(int)
    module = loaded(tmp_path / "hub")
    model = module.AutoencoderConvAE.from_pretrained(tmp_path / "hub")
    images = torch.from_numpy(pictures(bundle)).permute(0, 3, 1, 2).float() / 127.5 - 1
    with torch.no_grad():
        latents = model.encode(images).latents
        pixels = module.to_pixels(model.decode(latents).sample).permute(0, 2, 3, 1).numpy()
    assert latents.shape[1:] == bundle.info.latent.shape
    assert np.abs(pixels - expected).max() <= 1
    back = read_repository(tmp_path / "hub", tmp_path / "back")
    back.verify()
    assert np.abs(reconstructed(back) - expected).max() <= 1
    assert dataclasses.replace(back.info, sha256={}) == dataclasses.replace(bundle.info, sha256={})
    for name in ("latents.npz", "proof.npz", "README.md"):
        assert back.read(name) == bundle.read(name)


def test_its_parameters_can_be_trained(vector_bundle: Bundle, tmp_path: Path) -> None:
    """Gradients reach every weight."""
    write_repository(tmp_path, repository_files(vector_bundle, "other"))
    model = loaded(tmp_path).AutoencoderConvAE.from_pretrained(tmp_path)
    model(torch.rand(2, 3, 32, 32) * 2 - 1).sample.square().mean().backward()
    assert all(parameter.grad is not None for parameter in model.parameters())
    assert set(model.state_dict()) == set(load((tmp_path / WEIGHTS_FILE).read_bytes()))


@pytest.mark.slow
def test_the_seed_s_network(make_run: MakeRun, tmp_path: Path) -> None:
    """VGG, with batch norm folded and pooling, goes there and back as well."""
    bundle = bundle_of(make_run(steps=1, arch="vgg13"), tmp_path / "bundle")
    write_repository(tmp_path / "hub", repository_files(bundle, "other"))
    back = read_repository(tmp_path / "hub", tmp_path / "back")
    assert np.abs(reconstructed(back).astype(int) - reconstructed(bundle)).max() <= 1


def test_a_run_is_exported_first(run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a run in one command, with the real statistics, proof and card, which come back."""
    monkeypatch.setattr(sys, "argv", ["to_diffusers", str(run_folder), "--out", str(tmp_path / "hub")])
    assert to_diffusers.main() == 0
    back = read_repository(tmp_path / "hub", tmp_path / "back")
    assert back.info.name == run_folder.name
    assert "model-index:" in (tmp_path / "hub" / "README.md").read_text(encoding="utf-8")


def test_the_loader_needs_torch_and_safetensors_alone(vector_bundle: Bundle, tmp_path: Path) -> None:
    """It loads and runs from its folder where nothing of ConvAE can be imported."""
    write_repository(tmp_path / "hub", repository_files(vector_bundle, "other"))
    program = (
        "import sys; sys.path = [path for path in sys.path if path not in ('', %r)]; sys.path.insert(0, '.')\n"
        "import torch; from autoencoder_convae import AutoencoderConvAE\n"
        "print(tuple(AutoencoderConvAE.from_pretrained('.')(torch.zeros(1, 3, 32, 32)).sample.shape))\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('export', 'trainer', 'onnx', 'numpy.f2py')])"
    )
    command = [sys.executable, "-c", program % str(ROOT)]
    done = subprocess.run(command, cwd=tmp_path / "hub", capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.splitlines() == ["(1, 3, 32, 32)", "[]"], done.stderr


def test_the_card_begins_with_the_hub_s_metadata(vector_bundle: Bundle) -> None:
    """License, tags and metrics, with names in quotes whatever is in them; then the bundle's own card."""
    card = repository_files(vector_bundle, "cc-by-4.0")["README.md"].decode()
    _, block, rest = card.split("---\n", 2)
    lines = [line.strip() for line in block.splitlines()]
    assert 'license: "cc-by-4.0"' in lines
    assert "- autoencoder" in lines
    assert json.loads(next(line for line in lines if line.startswith("- name: "))[8:]) == vector_bundle.info.name
    assert f"value: {vector_bundle.info.quality.psnr_db!r}" in lines
    assert "Its card." in rest
    assert "from_pretrained" in rest


def test_weights_that_were_trained_on_are_refused(vector_bundle: Bundle, tmp_path: Path) -> None:
    """Sliders and figures would not be theirs; nothing is written."""
    files = repository_files(vector_bundle, "other")
    weights = {name: array * np.float32(1.05) for name, array in load(files[WEIGHTS_FILE]).items()}
    write_repository(tmp_path / "hub", {**files, WEIGHTS_FILE: save(weights)})
    with pytest.raises(ParityError, match="export them anew"):
        read_repository(tmp_path / "hub", tmp_path / "back")
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("_convae_format",), 2),
        (("encoder", "steps"), []),
        (("encoder", "steps", 0, "operator"), "Loop"),
        (("encoder", "steps", 0, "inputs"), ["nowhere"]),
        (("decoder",), {"steps": 3}),
        (("encoder", "constants"), {"a": ["object", 1]}),
    ],
)
def test_a_broken_config_gives_one_sentence(
    vector_bundle: Bundle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    where: tuple[Any, ...],
    value: Any,
) -> None:
    """Status 2, one line, no bundle."""
    files = repository_files(vector_bundle, "other")
    config = json.loads(files[CONFIG_FILE])
    place = config
    for key in where[:-1]:
        place = place[key]
    place[where[-1]] = value
    write_repository(tmp_path / "hub", {**files, CONFIG_FILE: json.dumps(config).encode()})
    monkeypatch.setattr(sys, "argv", ["from_diffusers", str(tmp_path / "hub"), "--out", str(tmp_path / "back")])
    assert from_diffusers.main() == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "back").exists()


def test_names_that_lead_elsewhere_are_refused(vector_bundle: Bundle, tmp_path: Path) -> None:
    """`bundle.json` of a repository may come from anyone."""
    files = repository_files(vector_bundle, "other")
    info = json.loads(files["bundle.json"])
    info["sha256"]["../secret.txt"] = "0"
    (tmp_path / "secret.txt").write_text("secret")
    write_repository(tmp_path / "hub", {**files, "bundle.json": json.dumps(info).encode()})
    with pytest.raises(ExportError, match="elsewhere"):
        read_repository(tmp_path / "hub", tmp_path / "back")


def test_the_commands(
    vector_bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both commands end with 0, and with 2 and a sentence for other precisions, licences and places."""
    hub = tmp_path / "hub"
    monkeypatch.setattr(sys, "argv", ["to_diffusers", str(vector_bundle.folder), "--out", str(hub)])
    assert to_diffusers.main() == 0
    assert to_diffusers.main() == 0  # an older one is replaced
    monkeypatch.setattr(sys, "argv", ["from_diffusers", str(hub), "--out", str(tmp_path / "back")])
    assert from_diffusers.main() == 0
    read_bundle(tmp_path / "back").verify()
    capsys.readouterr()
    (hub / "mine.txt").write_text("mine")
    for arguments in (["--out", str(hub)], ["--out", str(tmp_path / "other"), "--license", "my: own"]):
        monkeypatch.setattr(sys, "argv", ["to_diffusers", str(vector_bundle.folder), *arguments])
        assert to_diffusers.main() == 2
        assert capsys.readouterr().err.count("\n") == 1
    half = dataclasses.replace(vector_bundle.info, precision="fp16")
    files = {name: vector_bundle.read(name) for name in vector_bundle.info.sha256}
    with pytest.raises(ExportError, match="in fp16"):
        repository_files(write_bundle(tmp_path / "half", half, files), "other")
