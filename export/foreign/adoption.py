"""From a foreign pair of graphs to a bundle: every step of an adoption, in order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from export.bundle import (
    FORMAT_VERSION,
    GALLERY_FILE,
    PROOF_FILE,
    ArchitectureInfo,
    Bundle,
    BundleInfo,
    LatentInfo,
    Parity,
    SizeRule,
    check_place,
    write_bundle,
)
from export.errors import AdoptError, GraphError
from export.foreign.agreement import Pair, precision_of, prove
from export.foreign.card import write_card
from export.foreign.pair import ForeignGraph, load_foreign
from export.foreign.pictures import prepared, prepared_size
from export.foreign.reading import Reading, decode, encode
from export.foreign.split import load_halves
from export.foreign.trial import Evidence, Told, find_reading, layouts
from export.foreign.wrapper import free_shapes, wrap_decoder, wrap_encoder
from export.graphs.cost import measure_cost
from export.graphs.placement import find_placement
from export.graphs.precision import Reconstruct, check_precision, graph_reconstruct
from export.proof.proof import Sample, proof_sizes, write_proof
from export.proof.quality import find_thresholds, measure_quality
from export.runtime import load_graph
from export.statistics.encoding import encode_sample
from export.statistics.gallery import make_gallery
from export.statistics.independent import find_independent
from export.statistics.latents import measure_latents, to_npz
from trainer.data import Data, open_data
from trainer.data.dataset import Progress
from trainer.options.config import TrainConfig

TRIED = 8  # pictures that readings are compared on
COMPARED = 64  # pictures on which orders of colours are compared
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Wanted:
    """The user's decisions."""

    size: int
    """Height and width in pixels, where the graphs take any."""
    told: Told
    """What need not be found out by trying."""
    latent: str | None = None
    """Where to cut a graph that holds both halves."""


def adopt_pair(
    encoder_path: Path,
    decoder_path: Path | None,
    pictures: Path,
    place: Path,
    name: str,
    wanted: Wanted,
    progress: Progress,
) -> tuple[Bundle, Evidence]:
    """Finds out what a pair means, wraps it, proves the wrapping, measures it, and only then writes a bundle.

    Without a decoder the encoder's file holds both halves.

    Raises:
        AdoptError: The graphs cannot be used, or what they mean cannot be told.
        ParityError: The wrapped graphs give something else than the graphs alone.
        DataError: The pictures cannot be used.
        BundleError: The place holds something else.
        OSError: The disk refused.
    """
    check_place(place)
    encoder, decoder = _load(encoder_path, decoder_path, wanted.latent)
    fixed = _fixed_size(encoder)
    height, width = fixed or (wanted.size, wanted.size)
    data = open_data(TrainConfig.of(data=pictures, size=prepared_size(max(height, width))), progress)
    data = prepared(data, height, width, grey=False)

    # Find out what they mean.
    more = data.train.batch(slice(0, COMPARED))
    evidence = find_reading(encoder, decoder, more[:TRIED], wanted.told, more)
    reading = evidence.reading
    data = prepared(data, height, width, reading.is_grey)
    tried = data.train.batch(slice(0, TRIED))
    shape = encode(encoder, reading, tried[:1]).shape[1:]
    rule = _size_rule(encoder, decoder, reading, (height, width), shape, fixed is not None)

    # Wrap and prove.
    shapes = free_shapes(shape, (height, width) if rule.kind == "fixed" else None)
    files = {
        "encoder.onnx": wrap_encoder(encoder, reading, *shapes),
        "decoder.onnx": wrap_decoder(decoder, reading, *shapes),
    }
    wrapped = Pair(*(load_graph(each, content) for each, content in files.items()))
    parity = prove(encoder, decoder, reading, wrapped, tried, rule)

    # Measure and write.
    info = _measure(data, wrapped, files, rule, shape, parity, evidence, name, (encoder, decoder), progress)
    codes = encode_sample(wrapped.encoder, data.train, "Encoding pictures", progress)
    statistics = measure_latents(codes, wrapped.decoder, progress)
    independent = find_independent(codes, statistics, wrapped.decoder, progress)
    files["latents.npz"] = to_npz(statistics.arrays() | independent)
    files["README.md"] = write_card(
        info, evidence, (encoder_path.name, (decoder_path or encoder_path).name), TRIED
    ).encode()
    files[PROOF_FILE] = write_proof([_sample(encoder, decoder, reading, tried, *size) for size in proof_sizes(rule)])
    files[GALLERY_FILE] = make_gallery(codes, data.train, sum(map(len, files.values())))
    return write_bundle(place, info, files), evidence


def _load(encoder_path: Path, decoder_path: Path | None, latent: str | None) -> tuple[ForeignGraph, ForeignGraph]:
    """Both halves, from two files or from one.

    Raises:
        AdoptError: The same file was given twice, or they cannot be used.
    """
    if decoder_path is None:
        return load_halves(encoder_path, latent)
    if latent is not None:
        raise AdoptError("--latent says where to cut one graph that holds both halves; two graphs were given.")
    if encoder_path.exists() and decoder_path.exists() and encoder_path.samefile(decoder_path):
        raise AdoptError(
            f"{encoder_path} was given twice. Name the encoder and the decoder, or the file alone if it holds both."
        )
    return load_foreign(encoder_path), load_foreign(decoder_path)


def _fixed_size(encoder: ForeignGraph) -> tuple[int, int] | None:
    """Height and width of pictures where the encoder takes no others.

    Raises:
        AdoptError: It takes no pictures.
    """
    found = layouts(encoder.input_shape)
    if not found:
        shape = ["free" if length is None else length for length in encoder.input_shape]
        raise AdoptError(
            f"{encoder.path} takes {shape}, which is no picture: [N, C, H, W] or [N, H, W, C] of 1, 3 or 4 channels is "
            "wanted. Is it the encoder?"
        )
    height, width = encoder.input_shape[2:] if found[0][0] == "NCHW" else encoder.input_shape[1:3]
    return None if height is None or width is None else (height, width)


def _size_rule(
    encoder: ForeignGraph,
    decoder: ForeignGraph,
    reading: Reading,
    size: tuple[int, int],
    shape: tuple[int, ...],
    fixed: bool,
) -> SizeRule:
    """The sizes that the pair takes: found by trying an oblong picture where the graphs say that they are free."""
    height, width = size
    if len(shape) == 1 or (fixed and height != width):
        return SizeRule("fixed", 1, height, width)
    multiple = height // shape[1]
    if multiple < 1 or shape[1] * multiple != height or shape[1] != shape[2]:
        raise AdoptError(
            f"A latent of {shape[1]} x {shape[2]} does not go into {height} pixels; another --size may help."
        )
    oblong = np.zeros((1, 4 * multiple, 6 * multiple, 3), np.uint8)
    if not fixed:
        try:
            latent = encode(encoder, reading, oblong)
            if latent.shape[2:] == (4, 6) and decode(decoder, reading, latent).shape == oblong.shape:
                return SizeRule("multiple", multiple, height, width)
        except GraphError:
            pass  # free by name only
    return SizeRule("fixed", multiple, height, width)


def _sample(
    encoder: ForeignGraph, decoder: ForeignGraph, reading: Reading, pictures: Pixels, height: int, width: int
) -> Sample:
    """The foreign graphs' answers to a corner of a picture and to noise, for the bundle to keep."""
    noise = np.random.default_rng(0).integers(0, 256, (1, height, width, 3), dtype=np.uint8)
    corner = pictures[:1, :height, :width]
    batch = np.concatenate([corner, noise]) if corner.shape == noise.shape else noise
    latents = encode(encoder, reading, batch)
    return Sample(batch, latents, decode(decoder, reading, latents), 1.0)


def _measure(
    data: Data,
    wrapped: Pair,
    files: dict[str, bytes],
    rule: SizeRule,
    shape: tuple[int, ...],
    parity: Parity,
    evidence: Evidence,
    name: str,
    foreign: tuple[ForeignGraph, ForeignGraph],
    progress: Progress,
) -> BundleInfo:
    """Everything in `bundle.json` but the hashes."""
    reconstruct = graph_reconstruct(wrapped.encoder, wrapped.decoder)
    picture = data.holdout.batch(slice(0, 1))
    inputs = {"encoder.onnx": picture, "decoder.onnx": wrapped.encoder(picture)}
    options = {**asdict(evidence.reading), "psnr_db": evidence.psnr_db}
    kind: Literal["map", "vector"] = "map" if len(shape) == 3 else "vector"
    quality, errors = measure_quality(wrapped.encoder, wrapped.decoder, data.holdout, data.source, progress)
    opset = max(each.version for each in onnx.load_from_string(files["encoder.onnx"]).opset_import)
    return BundleInfo(
        format_version=FORMAT_VERSION,
        name=name,
        architecture=ArchitectureInfo("adopted", options),
        size=rule,
        latent=LatentInfo(kind, shape),
        encoder=wrapped.encoder.info(),
        decoder=wrapped.decoder.info(),
        encoder_cost=measure_cost(files["encoder.onnx"], inputs["encoder.onnx"]),
        decoder_cost=measure_cost(files["decoder.onnx"], inputs["decoder.onnx"]),
        placement=find_placement(files, inputs),
        precision=precision_of(foreign),
        precision_check=check_precision(
            _alone(foreign, evidence.reading), reconstruct, reconstruct, data.holdout, progress
        ),
        opset=opset,
        parity=parity,
        quality=quality,
        concepts=(),
        samplers=(),
        thresholds=find_thresholds(errors),
        training={
            "adopted_from": [each.path.name for each in foreign],
            "noise_silenced": sum(g.silenced for g in foreign),
        },
        versions={"convae": version("convae"), "onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__},
        sha256={},
    )


def _alone(foreign: tuple[ForeignGraph, ForeignGraph], reading: Reading) -> Reconstruct:
    """The foreign graphs, fed by numpy."""
    return lambda batch: decode(foreign[1], reading, encode(foreign[0], reading, batch))
