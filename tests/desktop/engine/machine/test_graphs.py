"""One opened graph, whichever runtime computes it."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.errors import ModelError, StoppedError
from desktop.engine.machine import providers, runs
from desktop.engine.machine.graphs import open_graph
from desktop.engine.machine.providers import CPU, OPENVINO, Kind
from export.bundle import Bundle
from tests.pictures import gradient

KINDS = [
    CPU,
    pytest.param(OPENVINO, marks=pytest.mark.skipif(not providers.has_openvino(), reason="OpenVINO is not installed")),
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_graph_runs_and_says_where(vector: Bundle, kind: Kind) -> None:
    """Its output has the contract's shape, and every node is where it was asked to be."""
    graph = open_graph(vector.read("encoder.onnx"), kind)
    output = graph.run(gradient(32, 32)[None])
    assert (output.shape, output.dtype) == ((1, 8), np.float32)
    placement = graph.placement()
    assert placement.total > 1
    assert set(placement.nodes) == {kind.name}


@pytest.mark.parametrize("choice", ["", "extended"])
def test_levels_give_the_same(vector: Bundle, choice: str) -> None:
    """However far onnxruntime rearranges a graph, a latent decodes to the same picture within a level."""
    latent = np.linspace(-1, 1, 8, dtype=np.float32)[None]
    content = vector.read("decoder.onnx")
    usual, other = (open_graph(content, CPU, 1, each).run(latent) for each in ("", choice))
    assert np.abs(usual.astype(int) - other).max() <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_garbage_is_refused(kind: Kind) -> None:
    """Before a runtime sees it."""
    with pytest.raises(ModelError, match="not a readable ONNX file"):
        open_graph(b"garbage", kind)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_longer_wanted_is_cut_off(vector: Bundle, kind: Kind) -> None:
    """A run under a stop that is set ends with the sentence that says so, and the graph works afterwards."""
    graph, stop = open_graph(vector.read("encoder.onnx"), kind), runs.Stop()
    stop.set()
    with stop.watch(), pytest.raises(StoppedError):
        graph.run(gradient(32, 32)[None])
    assert graph.run(gradient(32, 32)[None]).shape == (1, 8)
