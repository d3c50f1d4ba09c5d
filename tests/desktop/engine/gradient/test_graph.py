"""The gradient's graph, made from a decoder's."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import helper

from desktop.engine.gradient.graph import GRADIENT, TARGET, gradient_graph
from desktop.engine.gradient.rules import UnknownOperatorError
from desktop.engine.machine import providers
from export.bundle import Bundle, BundleError
from tests.bundle_graphs import decoder_graph
from tests.pictures import gradient as picture


def test_it_gives_the_decoders_picture_and_a_gradient(rectified: Bundle) -> None:
    """Of the latent's shape, beside the very picture that the decoder itself gives."""
    content = rectified.read("decoder.onnx")
    code = np.random.default_rng(0).normal(0, 0.5, (1, 4, 3, 5)).astype(np.float32)
    session = providers.create_session(gradient_graph(content), providers.CPU)
    image, slope = session.run(["image", GRADIENT], {"latent": code, TARGET: picture(24, 40)[None]})
    (expected,) = providers.create_session(content, providers.CPU).run(None, {"latent": code})
    assert np.array_equal(image, expected)
    assert slope.shape == code.shape
    assert slope.any()


def test_weights_are_not_doubled(rectified: Bundle) -> None:
    """The file grows by its new nodes alone, which take the decoder's own weights."""
    content = rectified.read("decoder.onnx")
    made, before = onnx.load_from_string(gradient_graph(content)), onnx.load_from_string(content)
    assert list(made.graph.node)[: len(before.graph.node)] == list(before.graph.node)
    new = {each.name for each in made.graph.initializer} - {each.name for each in before.graph.initializer}
    assert all(len(each.raw_data) <= 8 for each in made.graph.initializer if each.name in new)


def test_a_decoder_that_rounds_elsewhere_has_none() -> None:
    """Where the last node is no cast, nothing says what the levels come of."""
    model = onnx.load_from_string(decoder_graph([helper.make_node("Relu", ["latent"], ["scaled"])], {}, ["N"], ["N"]))
    model.graph.node[-1].op_type = "Sign"
    del model.graph.node[-1].attribute[:]
    with pytest.raises(UnknownOperatorError):
        gradient_graph(model.SerializeToString())


def test_a_broken_decoder_is_refused() -> None:
    """By the bundle's own error."""
    with pytest.raises(BundleError):
        gradient_graph(b"nothing")
