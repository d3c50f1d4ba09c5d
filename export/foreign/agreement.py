"""Proof that the wrapped graphs say what the foreign graphs alone say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import onnx
from numpy.typing import NDArray

from export.bundle import (
    Parity,
    SizeRule,
)
from export.errors import ParityError
from export.foreign.pair import ForeignGraph
from export.foreign.reading import Reading, decode, encode
from export.proof.tolerance import IMAGE_TOLERANCE, LATENT_TOLERANCE, Differences, Tolerance
from export.runtime import PROVIDER, Graph

PROVED_BATCHES = (1, 3)
# onnxruntime fuses and orders float16 products in another way once the graph is wrapped; float16 keeps three digits.
HALF_LATENTS = Tolerance(0.05, 5e-3, "standard deviations of the latents")
HALF_IMAGES = Tolerance(4.0, 0.25, "8-bit levels")


@dataclass(frozen=True)
class Pair:
    """The wrapped graphs."""

    encoder: Graph
    decoder: Graph


def prove(
    encoder: ForeignGraph,
    decoder: ForeignGraph,
    reading: Reading,
    wrapped: Pair,
    pictures: NDArray[np.uint8],
    rule: SizeRule,
) -> Parity:
    """The wrapped graphs against the foreign ones, fed by numpy: at several batch sizes, and an oblong size if any.

    Raises:
        ParityError: They differ by more than float arithmetic explains.
    """
    latents, images, round_trips = Differences(), Differences(), Differences()
    batches = [pictures[np.arange(count) % len(pictures)] for count in PROVED_BATCHES]
    if rule.kind == "multiple":
        batches.append(pictures[:1, : 2 * rule.multiple, : 3 * rule.multiple])
    for batch in batches:
        expected = encode(encoder, reading, batch)
        latent = wrapped.encoder(batch)
        deviation = max(float(expected.std()), float(np.finfo(np.float32).tiny))
        latents.include(Differences.between(latent, expected, deviation))
        images.include(Differences.between(wrapped.decoder(expected), decode(decoder, reading, expected)))
        round_trips.include(Differences.between(wrapped.decoder(latent), decode(decoder, reading, expected)))
    half = precision_of((encoder, decoder)) == "fp16"
    limits = (HALF_LATENTS, HALF_IMAGES) if half else (LATENT_TOLERANCE, IMAGE_TOLERANCE)
    for found, tolerance in zip((latents, images), limits):
        if not (found.largest <= tolerance.largest and found.mean <= tolerance.mean):
            raise ParityError(
                f"The wrapped graphs differ from the graphs alone by up to {found.largest:.3g} {tolerance.unit}, "
                f"{found.mean:.3g} on average; nothing was written."
            )
    sizes = tuple(dict.fromkeys((batch.shape[1], batch.shape[2]) for batch in batches))
    return Parity(
        *(latents.largest, latents.mean, images.largest, images.mean),
        *(round_trips.largest, round_trips.mean, round_trips.psnr_db),
        sizes,
        tuple(sorted({len(batch) for batch in batches})),
        PROVIDER,
    )


def precision_of(foreign: tuple[ForeignGraph, ForeignGraph]) -> Literal["fp32", "fp16", "int8"]:
    """The precision, by the type in which the weights are kept."""
    kinds = [tensor.data_type for each in foreign for tensor in each.model.graph.initializer if len(tensor.dims) > 1]
    if any(kind in (onnx.TensorProto.INT8, onnx.TensorProto.UINT8) for kind in kinds):
        return "int8"
    return "fp16" if onnx.TensorProto.FLOAT16 in kinds else "fp32"
