"""fp16 for GPUs."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from export.graphs.half import to_half
from export.runtime import Graph, load_graph
from trainer.data import Data


@pytest.fixture(scope="module")
def half_files(
    vector_files: tuple[bytes, bytes], vector_graphs: tuple[Graph, Graph], data: Data
) -> tuple[bytes, bytes]:
    """The same in fp16."""
    pictures = data.train.batch(slice(0, 4))
    return to_half(vector_files[0], pictures), to_half(vector_files[1], vector_graphs[0](pictures))


def test_fp16_halves_the_weights_and_keeps_the_contract(
    half_files: tuple[bytes, bytes], vector_files: tuple[bytes, bytes], vector_graphs: tuple[Graph, Graph]
) -> None:
    """Inputs and outputs are those of fp32, and no product of the network is left in it."""
    for half, full, graph in zip(half_files, vector_files, vector_graphs):
        assert len(half) < 0.6 * len(full)
        assert load_graph("half", half).info() == graph.info()
        model = onnx.load_from_string(half)
        large = [tensor for tensor in model.graph.initializer if len(tensor.dims) > 1]
        assert {tensor.data_type for tensor in large if len(tensor.dims) == 4} == {TensorProto.FLOAT16}


def test_what_comes_near_the_end_of_float16_stays_in_fp32() -> None:
    """A sum that reaches 50,000 is not converted, and comes out right where float16 has no such number."""
    wide = np.full((8, 8), 1000.0, np.float32)
    nodes = [
        helper.make_node("Gemm", ["latent", "a"], ["x"], name="first"),
        helper.make_node("Gemm", ["x", "b"], ["y"], name="wide"),
        helper.make_node("Gemm", ["y", "c"], ["image"], name="last"),
    ]
    weights = {"a": np.eye(8, dtype=np.float32), "b": wide, "c": np.full((8, 8), 1e-4, np.float32)}
    tensors = [numpy_helper.from_array(array, name) for name, array in weights.items()]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", 8]) for name in ("latent", "image")]
    graph = helper.make_graph(nodes, "graph", ends[:1], ends[1:], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    batch = np.full((2, 8), 12.0, np.float32)
    half = to_half(model.SerializeToString(), batch)
    types = {tensor.name: tensor.data_type for tensor in onnx.load_from_string(half).graph.initializer}
    assert types["b"] == TensorProto.FLOAT
    np.testing.assert_allclose(load_graph("half", half)(batch), batch @ weights["a"] @ wide @ weights["c"], rtol=1e-2)
