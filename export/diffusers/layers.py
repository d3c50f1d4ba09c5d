"""A bundle's graphs as steps and weights, and as graphs again.

Steps begin at float pictures `[N, 3, H, W]` in [0, 1] and end there: what turns pixels into them is cut off on the way
out and put back on the way in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from export.bundle import GraphInfo
from export.errors import ExportError

Side = Literal["encoder", "decoder"]
Weights = dict[str, NDArray[Any]]

# What the exporter puts around each network: pixels to [0, 1] and channels first, and back.
BEFORE = ("Transpose", "Cast", "Div")
AFTER = ("Clip", "Mul", "Round", "Cast", "Transpose")
OPERATORS = frozenset(
    {
        *("Add", "Clip", "Conv", "ConvTranspose", "DepthToSpace", "Div", "Gemm", "LeakyRelu"),
        *("MatMul", "MaxPool", "Mul", "Relu", "Reshape", "Sigmoid", "Sub"),
    }
)
# Attributes without which an operator does what the loader does; with another value it does something else.
PLAIN = {"auto_pad": "NOTSET", "ceil_mode": 0, "storage_order": 0, "mode": "CRD"}
IR_VERSION = 10
INPUT = "input"
PIXELS = {"white": 255, "zero": 0, "one": 1}
TYPES = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8}


@dataclass(frozen=True)
class Layers:
    """One side of a network.

    Attributes:
        steps: Each an operator, its inputs and its output by name, and its attributes as ONNX has them.
        constants: Scalars and shapes by name: a type and the numbers.
        weights: The rest, by name; names begin with the side's.
    """

    steps: list[dict[str, Any]]
    constants: dict[str, tuple[str, Any]]
    weights: Weights

    def config(self) -> dict[str, Any]:
        """Its entry in `config.json`."""
        return {"steps": self.steps, "constants": self.constants}


def read_layers(content: bytes, side: Side) -> Layers:
    """The steps and weights of one graph.

    Raises:
        ExportError: The graph is not in fp32, has operators that the loader does not know, or does not begin or end as
            ConvAE's graphs do.
    """
    graph = onnx.load_from_string(content).graph
    nodes = list(graph.node)
    around = BEFORE if side == "encoder" else AFTER
    edge = nodes[: len(BEFORE)] if side == "encoder" else nodes[-len(AFTER) :]
    if tuple(node.op_type for node in edge) != around:
        raise ExportError(f"{side}.onnx was not exported by ConvAE in fp32; only such graphs have this way out.")
    nodes = nodes[len(BEFORE) :] if side == "encoder" else nodes[: -len(AFTER)]
    unknown = sorted({node.op_type for node in nodes} - OPERATORS)
    if unknown:
        raise ExportError(f"{side}.onnx has operators that the loader does not know ({', '.join(unknown)}).")
    first = edge[-1].output[0] if side == "encoder" else graph.input[0].name
    needed = {name for node in nodes for name in node.input}
    tensors = {each.name: numpy_helper.to_array(each) for each in graph.initializer if each.name in needed}
    for node in nodes:
        if node.op_type == "Reshape" and 0 in tensors.get(node.input[1], np.zeros(1)):
            raise ExportError(f"{side}.onnx has a Reshape that the loader does not know.")  # of a size from elsewhere
    names = {name: _weight_name(name, side) for name in tensors if not _is_constant(tensors[name])} | {first: INPUT}
    return Layers(
        steps=[_step(node, names) for node in nodes],
        constants={name: (array.dtype.name, array.tolist()) for name, array in tensors.items() if _is_constant(array)},
        weights={names[name]: array for name, array in tensors.items() if not _is_constant(array)},
    )


def write_graph(layers: Layers, side: Side, info: GraphInfo, opset: int) -> bytes:
    """The ONNX graph of one side, pixels in or out.

    Args:
        layers: Its steps and weights.
        side: Which.
        info: The inputs and outputs that it declares.
        opset: The version of ONNX's operators.
    """
    last = layers.steps[-1]["output"]
    picture, latent = (info.inputs[0], info.outputs[0]) if side == "encoder" else (info.outputs[0], info.inputs[0])
    renamed = {last: latent.name} if side == "encoder" else {INPUT: latent.name}
    nodes = [_node(step, renamed) for step in layers.steps]
    nodes = [*_from_pixels(picture.name), *nodes] if side == "encoder" else [*nodes, *_to_pixels(last, picture.name)]
    tensors = {name: np.array(value, kind) for name, (kind, value) in layers.constants.items()} | layers.weights
    tensors |= {f"pixels.{name}": np.array(value, np.float32) for name, value in PIXELS.items()}
    inputs, outputs = (
        [helper.make_tensor_value_info(each.name, TYPES[each.type], list(each.shape)) for each in side_info]
        for side_info in (info.inputs, info.outputs)
    )
    initializers = [numpy_helper.from_array(np.asarray(array), name) for name, array in tensors.items()]
    graph = helper.make_graph(nodes, side, inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=IR_VERSION)
    content: bytes = model.SerializeToString()
    return content


def parse_layers(config: Mapping[str, Any], weights: Mapping[str, NDArray[Any]], side: Side) -> Layers:
    """The layers that a `config.json` and its weights describe.

    Raises:
        ExportError: The config is not one that `Layers.config` gave, or a weight is missing.
    """
    try:
        steps = [_checked(step) for step in config[side]["steps"]]
        constants = {str(name): (_kind(kind), value) for name, (kind, value) in config[side]["constants"].items()}
        names = {name for step in steps for name in step["inputs"]} & set(weights)
        if not steps:
            raise ValueError("no steps")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExportError(f"config.json does not describe the {side} of a ConvAE autoencoder ({error}).") from error
    known = {INPUT, "", *constants, *names}
    for step in steps:
        missing = set(step["inputs"]) - known
        if missing:
            raise ExportError(
                f"config.json names {sorted(missing)[0]!r}, which is neither a weight nor a step's output."
            )
        known.add(step["output"])
    return Layers(steps, constants, {name: weights[name] for name in sorted(names)})


def _step(node: onnx.NodeProto, names: Mapping[str, str]) -> dict[str, Any]:
    attributes = {each.name: _plain(helper.get_attribute_value(each)) for each in node.attribute}
    attributes.pop("allowzero", None)  # no shape has a 0
    for name, value in PLAIN.items():
        if attributes.get(name, value) != value:
            raise ExportError(f"{node.op_type} with {name} {attributes[name]!r} is not known to the loader.")
    return {
        "operator": node.op_type,
        "inputs": [names.get(name, name) for name in node.input],
        "output": node.output[0],
        "attributes": attributes,
    }


def _node(step: Mapping[str, Any], renamed: Mapping[str, str]) -> onnx.NodeProto:
    inputs, output = ([renamed.get(name, name) for name in names] for names in (step["inputs"], [step["output"]]))
    node: onnx.NodeProto = helper.make_node(step["operator"], inputs, output, **step["attributes"])
    return node


def _checked(step: Mapping[str, Any]) -> dict[str, Any]:
    if step["operator"] not in OPERATORS:
        raise ValueError(f"operator {str(step['operator'])[:40]!r}")
    return {
        "operator": step["operator"],
        "inputs": [str(name) for name in step["inputs"]],
        "output": str(step["output"]),
        "attributes": dict(step["attributes"]),
    }


def _kind(kind: str) -> str:
    if kind not in ("float32", "int64"):
        raise ValueError(f"type {kind[:40]!r}")
    return kind


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    return [*value] if isinstance(value, Sequence) and not isinstance(value, str) else value


def _is_constant(array: NDArray[Any]) -> bool:
    return array.dtype == np.int64 or array.ndim == 0


def _weight_name(name: str, side: Side) -> str:
    """A name that torch takes for a parameter: the network's own, where the graph still has it."""
    plain = re.sub(r"[^\w.]", "_", name.removeprefix("model.")).strip(".")
    return plain if plain.startswith(f"{side}.") else f"{side}.{plain}"


def _from_pixels(picture: str) -> list[onnx.NodeProto]:
    return [
        helper.make_node("Transpose", [picture], ["pixels.planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Cast", ["pixels.planes"], ["pixels.levels"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["pixels.levels", "pixels.white"], [INPUT]),
    ]


def _to_pixels(last: str, picture: str) -> list[onnx.NodeProto]:
    return [
        helper.make_node("Clip", [last, "pixels.zero", "pixels.one"], ["pixels.unit"]),
        helper.make_node("Mul", ["pixels.unit", "pixels.white"], ["pixels.levels"]),
        helper.make_node("Round", ["pixels.levels"], ["pixels.rounded"]),
        helper.make_node("Cast", ["pixels.rounded"], ["pixels.bytes"], to=TensorProto.UINT8),
        helper.make_node("Transpose", ["pixels.bytes"], [picture], perm=[0, 2, 3, 1]),
    ]
