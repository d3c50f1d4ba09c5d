"""Graphs with their layers as outputs and their units as switches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from export import layers
from export.bundle import Bundle
from export.errors import GraphError
from export.layers import with_layers
from export.runtime import load_graph

Floats = NDArray[np.float32]


@pytest.fixture
def graph() -> bytes:
    """Two convolutions of 1x1 with a ReLU after each: float32 `[1, 2, h, w]` to `[1, 3, h, w]`."""
    random = np.random.default_rng(0)
    weights = [random.standard_normal(shape).astype(np.float32) for shape in ((4, 2, 1, 1), (3, 4, 1, 1))]
    nodes = [
        helper.make_node("Conv", ["x", "first"], ["a"]),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("Conv", ["b", "second"], ["c"]),
        helper.make_node("Relu", ["c"], ["d"]),
        helper.make_node("Neg", ["d"], ["y"]),
    ]
    inside = [numpy_helper.from_array(each, name) for each, name in zip(weights, ("first", "second"))]
    shapes = {"x": [1, 2, "h", "w"], "y": [1, 3, "h", "w"]}
    x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items())
    model = helper.make_model(helper.make_graph(nodes, "g", [x], [y], inside), ir_version=10)
    model.opset_import[0].version = 20
    content: bytes = model.SerializeToString()
    return content


def test_layers_are_outputs_and_units_are_switches(graph: bytes) -> None:
    """The graph computes what it did; a unit that is switched off is 0, and is missing from what follows."""
    content, count = with_layers(graph, "graph")
    assert count == 2
    x = np.random.default_rng(1).standard_normal((1, 2, 3, 5)).astype(np.float32)
    plain, looked = load_graph("graph", graph).session, load_graph("graph", content).session
    assert [each.name for each in looked.get_inputs()] == ["x"]
    assert [(each.name, each.shape[1]) for each in looked.get_overridable_initializers()] == [
        ("units-01", 4),
        ("units-02", 3),
    ]
    (expected,) = plain.run(None, {"x": x})
    y, first, second = looked.run(["y", "layer-01", "layer-02"], {"x": x})
    np.testing.assert_allclose(y, expected, rtol=1e-6)
    assert (first.shape, second.shape) == ((1, 4, 3, 5), (1, 3, 3, 5))
    on = np.ones((1, 4, 1, 1), np.float32)
    on[0, 2] = 0
    y, without = looked.run(["y", "layer-01"], {"x": x, "units-01": on})
    weights = numpy_helper.to_array(onnx.load_from_string(graph).graph.initializer[1])[:, :, 0, 0]
    first[:, 2] = 0
    np.testing.assert_array_equal(without, first)
    np.testing.assert_allclose(y, -np.maximum(np.einsum("oc,nchw->nohw", weights, first), 0), atol=1e-5)


def test_what_is_no_graph_is_refused() -> None:
    """In one sentence."""
    with pytest.raises(GraphError, match="cannot be read as a graph"):
        with_layers(b"\x00 no graph", "encoder.onnx")


def test_the_command_writes_both_graphs(
    vector: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a bundle without activations too, which then has no layers; of what is no bundle it says so."""
    monkeypatch.setattr("sys.argv", ["layers", str(vector.path), "--out", str(tmp_path / "there")])
    assert layers.main() == 0
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == [
        "decoder-layers.onnx",
        "encoder-layers.onnx",
    ]
    assert "0 layers of the encoder" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["layers", str(tmp_path / "nothing"), "--out", str(tmp_path / "there")])
    assert layers.main() == 2
