"""From a run folder to a bundle: every step of an export, in order."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import onnx
import onnxruntime
import sklearn
import torch
from numpy.typing import NDArray

from export.bundle import (
    FORMAT_VERSION,
    GALLERY_FILE,
    PROOF_FILE,
    SAMPLERS_FILE,
    ArchitectureInfo,
    Bundle,
    BundleInfo,
    CodeScores,
    ErrorThreshold,
    Floor,
    LatentInfo,
    Quality,
    SizeRule,
    check_place,
    write_bundle,
)
from export.errors import ExportError
from export.graphs.conversion import Precision, ProvedGraphs, export_proved
from export.graphs.cost import measure_cost
from export.graphs.graphs import OPSET
from export.graphs.placement import find_placement
from export.proof.parity import record
from export.proof.proof import write_proof
from export.proof.quality import find_thresholds, measure_quality
from export.report.card import write_card
from export.report.report import as_csv
from export.statistics.concepts import LARGEST_HELD_OUT, ConceptDirections, find_concepts
from export.statistics.encoding import Codes, encode_sample
from export.statistics.factors import PICTURES, score_codes
from export.statistics.gallery import make_gallery
from export.statistics.independent import find_independent
from export.statistics.latents import LatentStatistics, measure_latents, to_npz
from export.statistics.samplers import TakenSamplers, take_samplers
from trainer.data import Data, open_data
from trainer.data.dataset import Progress, pictures_are_there
from trainer.floor.floor import read_floors
from trainer.machine.files import write_text
from trainer.options.config import TrainConfig
from trainer.report.scores import SCORES_FILE
from trainer.run.checkpoint import Run


def build_bundle(
    run: Run,
    place: Path,
    name: str,
    progress: Progress,
    precision: Precision = "fp32",
    max_loss_db: float = 0.3,
    notes: str = "",
    pictures: Path | None = None,
) -> Bundle:
    """Exports a run's network, proves it, measures it, and only then writes it.

    Args:
        run: What to export.
        place: Where the bundle goes; absent, empty, or an older bundle, which stays whole if anything fails.
        name: What the bundle is called.
        progress: Told what is being done, and how far it is.
        precision: Of the graphs.
        max_loss_db: By how much held-out PSNR may fall from the network in fp32.
        notes: Markdown for the card, from whoever exports.
        pictures: Where the run's pictures are now, or others of their kind, to measure on.

    Raises:
        ExportError: The graphs differ from the network, the pictures trained on are gone, or the run's samplers broken.
        DataError: The pictures trained on cannot be used.
        BundleError: The place holds something else.
        OSError: The disk refused.
    """
    check_place(place)
    data = _open(run, pictures, progress)
    samplers = take_samplers(run, data.train)  # before the proof, which takes minutes: they may be broken
    graphs = export_proved(run, data, precision, max_loss_db, progress)
    measured = _measure(data, graphs, samplers, progress)
    info = _describe(run, name, precision, data, graphs, measured)
    bundle = write_bundle(place, info, _files(run, data, graphs, measured, info, notes))
    tell_run(run, info.disentanglement)
    return bundle


def tell_run(run: Run, scores: Sequence[CodeScores]) -> None:
    """Leaves the scores in the run's folder, for its page, if there are any and the folder takes them."""
    if scores:
        with contextlib.suppress(OSError):  # the bundle has them
            write_text(run.folder / SCORES_FILE, as_csv(scores))


@dataclass(frozen=True)
class _Measured:
    """Everything measured through the proved graphs, and the run's samplers."""

    quality: Quality
    thresholds: tuple[ErrorThreshold, ...]
    codes: Codes
    statistics: LatentStatistics
    concepts: ConceptDirections
    independent: dict[str, NDArray[Any]]
    samplers: TakenSamplers | None
    scores: tuple[CodeScores, ...]

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Those of `latents.npz`."""
        return self.statistics.arrays() | self.concepts.arrays | self.independent


def _open(run: Run, pictures: Path | None, progress: Progress) -> Data:
    """The pictures that a run was trained on, or those that are given in their place."""
    if pictures is not None:
        if not pictures_are_there(pictures):
            raise ExportError(f"{pictures} is no folder of pictures, and no shards of them.")
        return open_data(run.config.changed(data=pictures), progress)
    path = run.config.pictures.data
    if path is not None and not pictures_are_there(path):
        raise ExportError(
            f"{path}, which {run.folder} was trained on, is gone, and the export measures on it. Name where they "
            "are now, or others of their kind, with --pictures FOLDER."
        )
    return open_data(run.config, progress)


def _measure(data: Data, graphs: ProvedGraphs, samplers: TakenSamplers | None, progress: Progress) -> _Measured:
    encoder, decoder = graphs.encoder, graphs.decoder
    quality, errors = measure_quality(encoder, decoder, data.holdout, data.source, progress)
    codes = encode_sample(encoder, data.train, "Encoding training pictures", progress)
    statistics = measure_latents(codes, decoder, progress)
    independent = find_independent(codes, statistics, decoder, progress)
    concepts = ConceptDirections((), {})
    scores: tuple[CodeScores, ...] = ()
    if data.factors:
        held_out = encode_sample(encoder, data.holdout, "Encoding held-out pictures", progress, LARGEST_HELD_OUT)
        concepts = find_concepts(data.factors, codes, held_out, statistics, graphs.on_one_thread(), progress)
        if len(codes.shape) == 1:
            arrays = statistics.arrays() | concepts.arrays | independent
            scores = score_codes(held_out.some(PICTURES), data.factors, arrays, progress)
    return _Measured(quality, find_thresholds(errors), codes, statistics, concepts, independent, samplers, scores)


def _describe(
    run: Run, name: str, precision: Precision, data: Data, graphs: ProvedGraphs, measured: _Measured
) -> BundleInfo:
    """Everything in `bundle.json` but the hashes, which its writer adds."""
    config = run.config
    picture = data.holdout.batch(slice(0, 1))
    latent = graphs.encoder(picture)
    return BundleInfo(
        format_version=FORMAT_VERSION,
        name=name,
        architecture=_architecture(config),
        size=_size_rule(run),
        latent=LatentInfo(run.model.latent_kind, run.model.latent_shape(*config.pictures.sides)),
        encoder=graphs.encoder.info(),
        decoder=graphs.decoder.info(),
        encoder_cost=measure_cost(graphs.encoder_file, picture),
        decoder_cost=measure_cost(graphs.decoder_file, latent),
        placement=find_placement(graphs.files, {"encoder.onnx": picture, "decoder.onnx": latent}),
        precision=precision,
        precision_check=graphs.check,
        opset=OPSET,
        parity=graphs.parity,
        quality=measured.quality,
        concepts=measured.concepts.concepts,
        samplers=measured.samplers[0] if measured.samplers else (),
        thresholds=measured.thresholds,
        training=_training(run),
        versions={"convae": version("convae")}
        | {library.__name__: str(library.__version__) for library in (torch, onnx, onnxruntime, sklearn)},
        sha256={},
        floors=tuple(Floor(each.name, each.numbers, each.psnr_db) for each in read_floors(run.folder)),
        disentanglement=measured.scores,
    )


def _files(
    run: Run, data: Data, graphs: ProvedGraphs, measured: _Measured, info: BundleInfo, notes: str
) -> dict[str, bytes]:
    """The content of every file but `bundle.json`; the gallery last, for it takes the room that is left."""
    files = graphs.files
    files["latents.npz"] = to_npz(measured.arrays)
    files["README.md"] = write_card(info, run.config, len(data.train), run.steps_done, notes).encode()
    files[PROOF_FILE] = write_proof(record(run.model, data.holdout, info.size))
    if measured.samplers:
        files[SAMPLERS_FILE] = measured.samplers[1]
    files[GALLERY_FILE] = make_gallery(measured.codes, data.train, sum(map(len, files.values())))
    return files


def _architecture(config: TrainConfig) -> ArchitectureInfo:
    options = {
        "head": config.network.head,
        "latent": config.network.latent_kind,
        "latent_size": config.network.latent_numbers,
    }
    return ArchitectureInfo(config.network.arch, options)


def _size_rule(run: Run) -> SizeRule:
    kind: Literal["fixed", "multiple"] = "fixed" if run.model.latent_kind == "vector" else "multiple"
    return SizeRule(kind, run.model.multiple, *run.config.pictures.sides)


def _training(run: Run) -> dict[str, Any]:
    """The run's options, with names of folders in place of the ways to them."""
    options = run.config.to_json()
    for name, value in run.config.values().items():
        if isinstance(value, Path):
            options[name] = value.resolve().name
    options["out"] = run.folder.resolve().name
    return options
