"""fp16 for GPUs: weights and arithmetic in half precision, but not where it would spoil the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper

from export.runtime import load_graph

PRODUCTS = frozenset({"Conv", "ConvTranspose", "Gemm", "MatMul"})

# float16 ends at 65,504. Nodes whose inputs or outputs come within a factor of 8 of it on the pictures tried stay in
# fp32: other pictures may go further.
LARGEST_VALUE = 65_504 / 8


def to_half(content: bytes, batch: NDArray[Any]) -> bytes:
    """Converts a graph to fp16; inputs and outputs stay as the contract has them.

    In fp32 stay the steps between pixels and the first and last product, where float16 has too few levels to round
    rightly to 8 bits, and whatever comes near the end of float16's range.

    Args:
        content: A graph in fp32.
        batch: What it is tried on: pictures or latents, real ones and noise.
    """
    from onnxruntime.transformers.float16 import convert_float_to_float16
    from onnxruntime.transformers.onnx_model import OnnxModel

    model = onnx.load_from_string(content)
    kept = _around_products(model) | _near_overflow(model, batch)
    convert: Any = convert_float_to_float16
    sort: Any = OnnxModel.graph_topological_sort
    converted = convert(model, keep_io_types=True, node_block_list=sorted(kept))
    del converted.graph.value_info[:]
    _straighten(converted)
    sort(converted.graph)
    result: bytes = converted.SerializeToString()
    return result


def _straighten(model: ModelProto) -> None:
    """Takes out the casts to fp16 and back that the converter puts between two nodes kept in fp32.

    With them a value past float16's range would be lost on the way, and pixels would lose their last bits.
    """
    nodes = model.graph.node
    to_half = {node.output[0]: node.input[0] for node in nodes if _casts_to(node, TensorProto.FLOAT16)}
    back = [node for node in nodes if _casts_to(node, TensorProto.FLOAT) and node.input[0] in to_half]
    outputs = {value.name for value in model.graph.output}
    for cast in back:
        around = to_half[cast.input[0]]
        # What a graph gives must keep its name; anything else takes that of where it came from.
        old, new = (around, cast.output[0]) if cast.output[0] in outputs else (cast.output[0], around)
        nodes.remove(cast)
        for node in nodes:
            node.input[:] = [new if name == old else name for name in node.input]
            node.output[:] = [new if name == old else name for name in node.output]
        to_half = {half: new if name == old else name for half, name in to_half.items()}
    used = {name for node in nodes for name in node.input} | outputs
    for node in [node for node in nodes if _casts_to(node, TensorProto.FLOAT16) and node.output[0] not in used]:
        nodes.remove(node)


def _casts_to(node: NodeProto, kind: int) -> bool:
    return node.op_type == "Cast" and node.attribute[0].i == kind


def _around_products(model: ModelProto) -> set[str]:
    """Names of the nodes before the first and after the last convolution or matrix product."""
    nodes = list(model.graph.node)
    products = [index for index, node in enumerate(nodes) if node.op_type in PRODUCTS]
    return {node.name for node in [*nodes[: products[0]], *nodes[products[-1] + 1 :]]}


def _near_overflow(model: ModelProto, batch: NDArray[Any]) -> set[str]:
    """Names of the nodes that take or give values too large for comfort."""
    largest = _largest_values(model, batch)
    return {
        node.name
        for node in model.graph.node
        if any(largest.get(name, 0.0) > LARGEST_VALUE for name in (*node.input, *node.output))
    }


def _largest_values(model: ModelProto, batch: NDArray[Any]) -> Mapping[str, float]:
    """The largest absolute value of every float tensor between the nodes, on this batch."""
    probing = ModelProto()
    probing.CopyFrom(model)
    inferred = onnx.shape_inference.infer_shapes(model).graph.value_info
    names = [value.name for value in inferred if value.type.tensor_type.elem_type == TensorProto.FLOAT]
    del probing.graph.output[:]
    probing.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = load_graph("probe", probing.SerializeToString()).session
    values = session.run(names, {session.get_inputs()[0].name: batch})
    return {name: float(np.abs(np.asarray(value)).max()) for name, value in zip(names, values)}
