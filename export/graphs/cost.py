"""The cost of keeping and running a graph: nodes, parameters, operations and bytes."""

from __future__ import annotations

import math
from typing import Any

import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from export.bundle import GraphCost
from export.graphs.profile import NodeRun, profile
from export.runtime import PROVIDER

_NUMBERS = frozenset({TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.INT8, TensorProto.UINT8, TensorProto.INT32})
_PASSED_ON = frozenset({"DequantizeLinear", "Cast", "Transpose"})  # what may stand between a product and its weights


def measure_cost(content: bytes, picture: NDArray[Any]) -> GraphCost:
    """Counts what is in an ONNX file with one input.

    Args:
        content: The file, weights inside.
        picture: An input for one picture of the trained size.

    Returns:
        `flops` covers convolutions, transposed convolutions and matrix products, in whatever precision they are; what
        is done number by number between them is left out.
    """
    model = onnx.load_from_string(content)
    return GraphCost(
        nodes=len(model.graph.node),
        parameters=sum(map(math.prod, _weights(model).values())),
        flops=sum(count_operations(model, picture).values()),
        file_bytes=len(content),
    )


def count_operations(model: onnx.ModelProto, batch: NDArray[Any]) -> dict[str, int]:
    """Operations of every node by its name, for one input; 0 for all but products with weights."""
    shapes = _weights(model)
    for node in model.graph.node:
        if node.op_type in _PASSED_ON and node.input[0] in shapes:
            shapes[node.output[0]] = shapes[node.input[0]]
    return {run.node.name: _flops(run, shapes) for run in profile(model, batch, [PROVIDER])}


def _weights(model: onnx.ModelProto) -> dict[str, tuple[int, ...]]:
    """The shapes of what holds numbers, by name."""
    return {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer if tensor.data_type in _NUMBERS}


def _flops(run: NodeRun, weights: dict[str, tuple[int, ...]]) -> int:
    """Two for each multiply-add: of every weight with every position that it meets."""
    if len(run.node.input) < 2 or (weight := weights.get(run.node.input[1])) is None:
        return 0
    match run.node.op_type:
        case "Conv":  # [out, in, ...]: each output needs one filter
            return 2 * math.prod(run.output_shape) * math.prod(weight[1:])
        case "ConvTranspose":  # [in, out, ...]: each input goes through one filter
            return 2 * math.prod(run.input_shape) * math.prod(weight[1:])
        case "Gemm" | "MatMul":
            return 2 * math.prod(run.input_shape[:-1]) * math.prod(weight)
        case _:
            return 0
