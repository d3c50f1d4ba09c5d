"""ONNX files read as nodes, and written from them."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import helper, numpy_helper

from desktop.engine.gradient.graph_file import (
    FLOAT,
    Attribute,
    GraphFile,
    Node,
    description,
    read_graph,
    tensor,
    write_graph,
)
from export.bundle import BundleError
from tests.bundle_graphs import decoder_graph

SETS = [helper.make_opsetid("", 18).SerializeToString()]
ATTRIBUTES = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.floats(width=32, allow_nan=False, allow_subnormal=False),
    st.binary(max_size=20),
    st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=5),
)


def _decoder() -> bytes:
    nodes = [helper.make_node("Mul", ["latent", "w"], ["scaled"]), helper.make_node("Relu", ["spare"], ["unused"])]
    return decoder_graph(nodes, {"w": np.ones(3, np.float32), "spare": np.ones(1, np.float32)}, ["N", 3], ["N", 3])


def test_what_is_read_is_written_again() -> None:
    """Nodes, weights, inputs and outputs of a real file come back as onnx itself reads them."""
    content = _decoder()
    before, after = onnx.load_from_string(content), onnx.load_from_string(write_graph(read_graph(content)))
    onnx.checker.check_model(after)
    for name in ("node", "input", "output"):
        assert list(getattr(after.graph, name)) == list(getattr(before.graph, name))
    weights = {each.name: numpy_helper.to_array(each).tolist() for each in after.graph.initializer}
    assert weights == {each.name: numpy_helper.to_array(each).tolist() for each in before.graph.initializer}
    assert list(after.opset_import) == list(before.opset_import)


def test_tensors_that_nothing_takes_are_left_out() -> None:
    """The file that is written holds no more than its nodes need."""
    file = read_graph(_decoder())
    small = GraphFile(file.nodes[:1], file.tensors, file.inputs, file.outputs, file.operator_sets)
    assert [each.name for each in onnx.load_from_string(write_graph(small)).graph.initializer] == ["w"]


@given(st.dictionaries(st.text("abc", min_size=1), ATTRIBUTES, max_size=4))
def test_attributes_are_written_as_onnx_reads_them(attributes: dict[str, Attribute]) -> None:
    """Integers, numbers, texts and lists of integers, whatever their values; and read back by ourselves."""
    made = Node("Conv", ["x", "", "w"], ["y"], attributes)
    content = write_graph(GraphFile([made], {}, {}, {}, SETS))
    (node,) = onnx.load_from_string(content).graph.node
    assert {each.name: helper.get_attribute_value(each) for each in node.attribute} == attributes
    (read,) = read_graph(content).nodes
    assert (read.operator, list(read.inputs), list(read.outputs)) == ("Conv", ["x", "", "w"], ["y"])
    assert read.attributes == attributes


@pytest.mark.parametrize("values", [np.float32([[1.5, -2]]), np.array([3, -1], np.int64), np.array(0.5, np.float32)])
def test_a_tensor_is_one_of_onnx(values: np.ndarray) -> None:
    """With its name, shape, type and values."""
    found = onnx.TensorProto.FromString(tensor("w", values))
    assert found.name == "w"
    assert np.array_equal(numpy_helper.to_array(found), values)
    assert numpy_helper.to_array(found).dtype == values.dtype


def test_a_description_is_one_of_onnx() -> None:
    """With the names of dimensions, or without a shape."""
    named = onnx.ValueInfoProto.FromString(description("x", FLOAT, ["N", "C"]))
    assert named == helper.make_tensor_value_info("x", FLOAT, ["N", "C"])
    assert onnx.ValueInfoProto.FromString(description("x", FLOAT)) == helper.make_tensor_value_info("x", FLOAT, None)


def test_a_broken_file_is_refused() -> None:
    """By a sentence, not by a crash."""
    with pytest.raises(BundleError):
        read_graph(_decoder()[:-3])
