"""A bundle as a repository in the layout of Hugging Face's hub, and a bundle from such a repository."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from export.bundle import INFO_FILE, LARGEST_FILE_BYTES, Bundle, BundleInfo, write_bundle
from export.bundle import json as bundle_json
from export.bundle.bundle import LARGEST_BUNDLE_BYTES
from export.bundle.store import FolderStore, is_plain_name, write_store
from export.diffusers.autoencoder_convae import CONFIG_FILE, WEIGHTS_FILE, AutoencoderConvAE, to_pixels
from export.diffusers.card import write_card
from export.diffusers.layers import Side, parse_layers, read_layers, write_graph
from export.errors import ExportError, ParityError
from export.proof.proof import read_proof
from export.runtime import load_graph

LOADER_FILE = "autoencoder_convae.py"
CARD_FILE = "README.md"
BUNDLE_CARD_FILE = "bundle_card.md"
GRAPHS: dict[str, Side] = {"encoder.onnx": "encoder", "decoder.onnx": "decoder"}
FORMAT_VERSION = 1
LARGEST_DIFFERENCE = 1  # levels, between the bundle's pictures and the repository's

Pixels = NDArray[np.uint8]


def repository_files(bundle: Bundle, license_id: str) -> dict[str, bytes]:
    """The files of the repository, once torch has made the bundle's own pictures of them.

    Args:
        bundle: In fp32.
        license_id: As the hub lists licences, such as `cc-by-4.0`.

    Raises:
        BundleError: The bundle was altered.
        ExportError: A graph has no way out, or the pictures differ.
    """
    info = bundle.info
    if info.precision != "fp32":
        raise ExportError(f"{bundle.path} is in {info.precision}; name the run, or a bundle of it in fp32.")
    layers = {side: read_layers(bundle.read(name), side) for name, side in GRAPHS.items()}
    config: dict[str, Any] = {
        "_class_name": "AutoencoderConvAE",
        "_convae_format": FORMAT_VERSION,
        "sample_size": [info.size.height, info.size.width],
        "latent_kind": info.latent.kind,
        "latent_shape": info.latent.shape,
        "multiple": info.size.multiple,
        **{side: each.config() for side, each in layers.items()},
    }
    weights = {name: np.ascontiguousarray(array) for each in layers.values() for name, array in each.weights.items()}
    files = {
        CONFIG_FILE: (json.dumps(config, indent=1, allow_nan=False) + "\n").encode(),
        WEIGHTS_FILE: save(weights, {"format": "pt"}),
        LOADER_FILE: Path(__file__).with_name(LOADER_FILE).read_bytes(),
        CARD_FILE: write_card(info, bundle.read("README.md").decode("utf-8", "replace"), license_id).encode(),
        BUNDLE_CARD_FILE: bundle.read("README.md"),
        INFO_FILE: bundle.store.read(INFO_FILE, LARGEST_FILE_BYTES),
    }
    files |= {name: bundle.read(name) for name in info.sha256 if name not in GRAPHS and name != CARD_FILE}
    _prove(bundle, _torch_round_trip(config, weights))
    return files


def write_repository(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes a repository beside its place and renames it there; an older one is replaced, anything else refused.

    Raises:
        ExportError: The place holds something else.
        OSError: The disk refused.
    """
    if folder.exists():
        names = {path.name for path in folder.iterdir()} if folder.is_dir() else {""}
        if names and not (CONFIG_FILE in names and names <= set(files)):
            raise ExportError(f"{folder} holds something that is not a repository of a bundle; choose another --out.")
    write_store(folder, files)


def read_repository(folder: Path, place: Path) -> Bundle:
    """Makes a bundle of a repository: graphs from its weights, everything else as the bundle had it.

    Raises:
        BundleError: What it keeps of the bundle is not whole.
        ExportError: Config or weights are not such a repository's, or give other pictures than the bundle did: sliders
            and figures would not be theirs.
        OSError: The disk refused.
    """
    store = FolderStore(folder)
    config = _config(store.read(CONFIG_FILE, LARGEST_FILE_BYTES))
    try:
        weights = load(store.read(WEIGHTS_FILE, LARGEST_FILE_BYTES))
    except SafetensorError as error:
        raise ExportError(f"{folder / WEIGHTS_FILE} is not readable as safetensors ({error}).") from error
    raw = bundle_json.parse(store.read(INFO_FILE, LARGEST_FILE_BYTES))
    try:
        info: BundleInfo = bundle_json.from_json(BundleInfo, raw, "")
    except bundle_json.FieldError as error:
        raise ExportError(f"{folder / INFO_FILE}: {error}.") from error
    files = {
        name: write_graph(parse_layers(config, weights, side), side, getattr(info, side), info.opset)
        for name, side in GRAPHS.items()
    }
    files["README.md"] = store.read(BUNDLE_CARD_FILE, LARGEST_FILE_BYTES)
    rest = [name for name in info.sha256 if name not in files]
    if not all(map(is_plain_name, rest)) or sum(map(store.size, rest)) > LARGEST_BUNDLE_BYTES:
        raise ExportError(f"{folder / INFO_FILE} names files that lie elsewhere, or too much of them.")
    files |= {name: store.read(name, LARGEST_FILE_BYTES) for name in rest}
    with tempfile.TemporaryDirectory() as scratch:
        reconstruction = write_bundle(Path(scratch, "bundle"), dataclasses.replace(info, sha256={}), files)
        encoder, decoder = (load_graph(name, files[name]) for name in GRAPHS)
        _prove(reconstruction, lambda pictures: np.asarray(decoder(encoder(pictures)), np.uint8))
    return write_bundle(place, dataclasses.replace(info, sha256={}), files)


def _config(content: bytes) -> dict[str, Any]:
    try:
        config = bundle_json.parse(content)
    except ValueError as error:
        raise ExportError(f"{CONFIG_FILE} is not readable as JSON ({error}).") from error
    if not isinstance(config, dict) or config.get("_convae_format") != FORMAT_VERSION:
        raise ExportError(f"{CONFIG_FILE} is not that of a ConvAE autoencoder of format {FORMAT_VERSION}.")
    return config


def _torch_round_trip(config: dict[str, Any], weights: Mapping[str, NDArray[Any]]) -> Callable[[Pixels], Pixels]:
    """The loader's reconstruction of pictures, uint8 [N, H, W, 3]."""
    model = AutoencoderConvAE(config, {name: torch.from_numpy(array.copy()) for name, array in weights.items()}).eval()

    def run(pictures: Pixels) -> Pixels:
        with torch.no_grad():
            images = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1
            return to_pixels(model(images).sample).permute(0, 2, 3, 1).numpy()

    return run


def _prove(bundle: Bundle, run: Callable[[Pixels], Pixels]) -> None:
    """Compares what `run` makes of the proof's pictures with what the trained network made of them.

    Raises:
        ParityError: They differ, or there is nothing to compare with.
    """
    samples = read_proof(bundle)
    if not samples:
        raise ParityError(f"{bundle.path} keeps no proof to compare with; export it again.")
    for sample in samples:
        difference = int(np.abs(run(sample.pictures).astype(int) - sample.images).max())
        if difference > LARGEST_DIFFERENCE:
            height, width = sample.pictures.shape[1:3]
            raise ParityError(
                f"At {width} x {height} pixels these weights give pictures {difference} levels from the bundle's; "
                "if they were trained on, export them anew, as sliders and figures are no longer theirs."
            )
