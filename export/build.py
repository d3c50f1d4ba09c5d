"""From a run folder to a bundle: every step of an export, in order."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import onnx
import onnxruntime
import torch

from export.bundle import (
    FORMAT_VERSION,
    ArchitectureInfo,
    Bundle,
    BundleInfo,
    LatentInfo,
    Parity,
    Quality,
    SizeRule,
    check_place,
    write_bundle,
)
from export.card import folder_name, write_card
from export.errors import ExportError
from export.graphs import OPSET, export_graphs
from export.latents import measure_latents
from export.quality import measure_quality
from export.runtime import Graph, load_graph
from export.verify import verify
from trainer.checkpoint import Run
from trainer.data import open_data
from trainer.data.dataset import Progress


def build_bundle(run: Run, place: Path, name: str, progress: Progress) -> Bundle:
    """Exports a run's network, proves it, measures it, and only then writes it.

    Args:
        run: What to export.
        place: Where the bundle goes; absent, empty, or an older bundle, which stays whole if anything fails.
        name: What the bundle is called.
        progress: Told what is being done, and how far it is.

    Raises:
        ExportError: The graphs differ from the network, or the pictures trained on are gone.
        DataError: The pictures trained on cannot be used.
        BundleError: The place holds something else.
        OSError: The disk refused.
    """
    check_place(place)
    config = run.config
    if config.data is not None and not config.data.is_dir():
        raise ExportError(f"{config.data}, which {run.folder} was trained on, is gone; the export measures on it.")
    data = open_data(config, progress)

    # Export.
    encoder_file, decoder_file = export_graphs(run.model, config.size)
    encoder, decoder = load_graph("encoder.onnx", encoder_file), load_graph("decoder.onnx", decoder_file)

    # Prove and measure.
    parity = verify(run.model, encoder, decoder, data.holdout, progress)
    statistics = measure_latents(encoder, decoder, data.train, progress)
    quality = measure_quality(encoder, decoder, data.holdout, data.source, progress)

    # Write.
    info = _describe(run, name, encoder, decoder, parity, quality)
    card = write_card(info, config, len(data.train), run.steps_done)
    files = {
        "encoder.onnx": encoder_file,
        "decoder.onnx": decoder_file,
        "latents.npz": statistics.to_npz(),
        "README.md": card.encode(),
    }
    return write_bundle(place, info, files)


def _describe(run: Run, name: str, encoder: Graph, decoder: Graph, parity: Parity, quality: Quality) -> BundleInfo:
    """Everything in `bundle.json` but the hashes, which its writer adds."""
    config, model = run.config, run.model
    options = {"head": config.head, "latent": config.latent_kind, "latent_size": config.latent_numbers}
    return BundleInfo(
        format_version=FORMAT_VERSION,
        name=name,
        architecture=ArchitectureInfo(config.arch, options),
        size=SizeRule(
            kind="fixed" if model.latent_kind == "vector" else "multiple",
            multiple=model.multiple,
            height=config.size,
            width=config.size,
        ),
        latent=LatentInfo(model.latent_kind, model.latent_shape(config.size, config.size)),
        encoder=encoder.info(),
        decoder=decoder.info(),
        precision="fp32",
        opset=OPSET,
        parity=parity,
        quality=quality,
        concepts=(),
        samplers=(),
        thresholds=(),
        training=_training(run),
        versions={"convae": version("convae")}
        | {library.__name__: str(library.__version__) for library in (torch, onnx, onnxruntime)},
        sha256={},
    )


def _training(run: Run) -> dict[str, Any]:
    """The run's options, with names of folders in place of the ways to them."""
    options = run.config.to_json()
    options["data"] = None if run.config.data is None else folder_name(run.config)
    options["out"] = run.folder.resolve().name
    return options
