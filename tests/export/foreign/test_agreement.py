"""Proof that the wrapped graphs say what the foreign graphs alone say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto

from export.bundle import SizeRule
from export.errors import ParityError
from export.foreign.agreement import Pair, precision_of, prove
from export.foreign.pair import ForeignGraph, load_foreign
from export.foreign.reading import Reading
from export.foreign.wrapper import free_shapes, wrap_decoder, wrap_encoder
from export.runtime import load_graph
from tests.export.foreign.pairs import CHANNELS, PATCH, linear_pair

READING = Reading("NCHW", "0..1", "0..1", "z", False, "y")
RULE = SizeRule("multiple", PATCH, 32, 32)


def pair(folder: Path, **options: Any) -> tuple[ForeignGraph, ForeignGraph]:
    """A foreign pair that was opened."""
    encoder, decoder = map(load_foreign, linear_pair(folder, **options))
    return encoder, decoder


def wrapped(encoder: ForeignGraph, decoder: ForeignGraph, reading: Reading) -> Pair:
    """The pair as it goes into a bundle."""
    shapes = free_shapes((CHANNELS, 8, 8), None)
    files = wrap_encoder(encoder, reading, *shapes), wrap_decoder(decoder, reading, *shapes)
    return Pair(load_graph("encoder.onnx", files[0]), load_graph("decoder.onnx", files[1]))


def test_a_pair_that_was_wrapped_as_it_is_read_agrees(tmp_path: Path) -> None:
    """At several batch sizes, and at an oblong size where the pair takes any; the differences are those of rounding."""
    encoder, decoder = pair(tmp_path / "pair")
    reading = Reading("NCHW", "0..1", "0..1", "z", False, decoder.outputs[0])
    pictures = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), np.uint8)
    parity = prove(encoder, decoder, reading, wrapped(encoder, decoder, reading), pictures, RULE)
    assert set(parity.sizes) == {(32, 32), (2 * PATCH, 3 * PATCH)}
    assert parity.batch_sizes == (1, 3)
    assert parity.image_largest <= 1


def test_a_pair_that_was_wrapped_wrongly_is_refused(tmp_path: Path) -> None:
    """As with the colours the other way round: nothing is written."""
    encoder, decoder = pair(tmp_path / "pair")
    reading = Reading("NCHW", "0..1", "0..1", "z", False, decoder.outputs[0])
    turned = Reading("NCHW", "0..1", "0..1", "z", False, decoder.outputs[0], input_channels="bgr")
    pictures = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), np.uint8)
    with pytest.raises(ParityError, match="differ from the graphs alone"):
        prove(encoder, decoder, reading, wrapped(encoder, decoder, turned), pictures, RULE)


def test_the_precision_is_that_of_the_weights(tmp_path: Path) -> None:
    """Whatever type the graphs take their pictures in."""
    assert precision_of(pair(tmp_path / "a", kind=TensorProto.UINT8, high=255.0)) == "fp32"
    halves = pair(tmp_path / "b")
    for graph in halves:
        for weights in graph.model.graph.initializer:
            weights.data_type = TensorProto.FLOAT16
    assert precision_of(halves) == "fp16"
