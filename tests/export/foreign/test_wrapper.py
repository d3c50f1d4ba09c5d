"""Foreign graphs in the contract's clothes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from export.foreign.pair import load_foreign
from export.foreign.reading import Reading, decode, encode
from export.foreign.wrapper import free_shapes, wrap_decoder, wrap_encoder
from export.runtime import load_graph
from tests.export.foreign.pairs import CHANNELS, linear_pair

PICTURES = np.random.default_rng(0).integers(0, 256, (2, 32, 48, 3), np.uint8)


@pytest.mark.parametrize(
    ("options", "reading"),
    [
        ({}, {}),
        ({"layout": "NHWC"}, {"layout": "NHWC"}),
        ({"low": -1.0}, {"input_range": "-1..1", "output_range": "-1..1"}),
        ({}, {"input_channels": "bgr", "output_channels": "bgr"}),
        ({}, {"factor": 0.5, "shift": 0.25}),
        ({}, {"half": True}),
        ({"kind": TensorProto.FLOAT16}, {}),
    ],
)
def test_the_wrapped_pair_says_what_numpy_says(
    tmp_path: Path, options: dict[str, Any], reading: dict[str, Any]
) -> None:
    """Layouts, ranges, orders of colours, factors, halves and types are nodes of the graph now."""
    encoder, decoder = map(load_foreign, linear_pair(tmp_path / "pair", **options))
    read = replace(Reading("NCHW", "0..1", "0..1", "z", False, decoder.outputs[0]), **reading)
    channels = CHANNELS // 2 if read.half else CHANNELS
    shapes = free_shapes((channels, 8, 8), None)
    first = load_graph("encoder.onnx", wrap_encoder(encoder, read, *shapes))
    expected = encode(encoder, read, PICTURES)
    assert first.info().inputs[0].type == "uint8"
    assert np.allclose(first(PICTURES), expected, atol=2e-2 if "kind" in options else 1e-4)
    if not read.half:
        second = load_graph("decoder.onnx", wrap_decoder(decoder, read, *shapes))
        apart = second(expected).astype(int) - decode(decoder, read, expected)
        assert np.abs(apart).max() <= 1


def test_a_fixed_size_is_declared() -> None:
    """Else the contract's free dimensions are."""
    assert free_shapes((4, 8, 8), (32, 64)) == (("N", 4, 8, 8), ("N", 32, 64, 3))
    latent, image = free_shapes((4, 8, 8), None)
    assert (latent[:2], image[0], image[3]) == (("N", 4), "N", 3)
    assert all(isinstance(each, str) for each in (*latent[2:], *image[1:3]))


def test_outputs_that_nobody_needs_are_left_out(tmp_path: Path) -> None:
    """With the nodes and weights that lead to them alone."""
    path, _ = linear_pair(tmp_path / "pair")
    model = onnx.load(path)
    model.graph.node.append(onnx.helper.make_node("Mul", ["z", "spare"], ["more"]))
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.float32(3), "spare"))
    model.graph.output.append(onnx.helper.make_tensor_value_info("more", TensorProto.FLOAT, ["n", CHANNELS, "h", "w"]))
    onnx.save(model, path)
    reading = Reading("NCHW", "0..1", "0..1", "z", False, "y")
    content = wrap_encoder(load_foreign(path), reading, *free_shapes((CHANNELS, 8, 8), None))
    wrapped = onnx.load_from_string(content)
    assert not any("spare" in tensor.name for tensor in wrapped.graph.initializer)
    assert len(wrapped.graph.output) == 1
