"""From a run folder to a bundle: every step of an export, in order."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import onnx
import onnxruntime
import torch

from export.bundle import (
    FORMAT_VERSION,
    PROOF_FILE,
    ArchitectureInfo,
    Bundle,
    BundleInfo,
    LatentInfo,
    SizeRule,
    check_place,
    write_bundle,
)
from export.card import write_card
from export.cost import measure_cost
from export.errors import ExportError
from export.graphs import OPSET, export_graphs
from export.latents import measure_latents
from export.parity import record, verify
from export.placement import find_placement
from export.precision import check_precision, graph_rebuild, torch_rebuild
from export.proof import write_proof
from export.quality import measure_quality
from export.runtime import load_graph
from trainer.checkpoint import Run
from trainer.config import TrainConfig
from trainer.data import open_data
from trainer.data.dataset import Progress, pictures_are_there


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
    if config.data is not None and not pictures_are_there(config.data):
        raise ExportError(f"{config.data}, which {run.folder} was trained on, is gone; the export measures on it.")
    data = open_data(config, progress)

    # Export.
    encoder_file, decoder_file = export_graphs(run.model, config.size)
    encoder, decoder = load_graph("encoder.onnx", encoder_file), load_graph("decoder.onnx", decoder_file)

    # Prove and measure.
    parity = verify(run.model, encoder, decoder, data.holdout, progress)
    rebuild = graph_rebuild(encoder, decoder)
    check = check_precision(torch_rebuild(run.model), rebuild, rebuild, data.holdout, progress)
    statistics = measure_latents(encoder, decoder, data.train, progress)
    quality = measure_quality(encoder, decoder, data.holdout, data.source, progress)
    picture = data.holdout.batch(slice(0, 1))
    inputs = {"encoder.onnx": picture, "decoder.onnx": encoder(picture)}

    # Write.
    info = BundleInfo(
        format_version=FORMAT_VERSION,
        name=name,
        architecture=_architecture(config),
        size=_size_rule(run),
        latent=LatentInfo(run.model.latent_kind, run.model.latent_shape(config.size, config.size)),
        encoder=encoder.info(),
        decoder=decoder.info(),
        encoder_cost=measure_cost(encoder_file, inputs["encoder.onnx"]),
        decoder_cost=measure_cost(decoder_file, inputs["decoder.onnx"]),
        placement=find_placement({"encoder.onnx": encoder_file, "decoder.onnx": decoder_file}, inputs),
        precision="fp32",
        precision_check=check,
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
    card = write_card(info, config, len(data.train), run.steps_done)
    files = {
        "encoder.onnx": encoder_file,
        "decoder.onnx": decoder_file,
        "latents.npz": statistics.to_npz(),
        "README.md": card.encode(),
    }
    files[PROOF_FILE] = write_proof(record(run.model, data.holdout, info.size))
    return write_bundle(place, info, files)


def _architecture(config: TrainConfig) -> ArchitectureInfo:
    options = {"head": config.head, "latent": config.latent_kind, "latent_size": config.latent_numbers}
    return ArchitectureInfo(config.arch, options)


def _size_rule(run: Run) -> SizeRule:
    kind: Literal["fixed", "multiple"] = "fixed" if run.model.latent_kind == "vector" else "multiple"
    return SizeRule(kind, run.model.multiple, run.config.size, run.config.size)


def _training(run: Run) -> dict[str, Any]:
    """The run's options, with names of folders in place of the ways to them."""
    options = run.config.to_json()
    for name, value in vars(run.config).items():
        if isinstance(value, Path):
            options[name] = value.resolve().name
    options["out"] = run.folder.resolve().name
    return options
