"""The nodes of an ONNX file, and ONNX files of them with others: as little of the format as a gradient needs.

The numbers of fields are those of onnx.proto. What is kept of a file is copied byte for byte.
"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from export.bundle.wire import Value, Wire, packed, signed

Attribute = int | float | bytes | list[int]

FLOAT, UINT8, INT64 = 1, 2, 7  # TensorProto.DataType
IR_VERSION = 9
_ATTRIBUTE_KINDS = {float: 1, int: 2, bytes: 3, list: 7}  # AttributeProto.AttributeType


@dataclasses.dataclass(frozen=True, eq=False)
class Node:
    """One operator.

    Attributes:
        operator: As ONNX names it.
        inputs, outputs: Names of tensors; an empty one is an input that is left out.
        attributes: Integers, lists of them, numbers and texts; a node's other attributes are not among them.
        content: The node as it was read; None for one that was made.
    """

    operator: str
    inputs: Sequence[str]
    outputs: Sequence[str]
    attributes: Mapping[str, Attribute]
    content: bytes | None = None


@dataclasses.dataclass(frozen=True, eq=False)
class GraphFile:
    """An ONNX file with one graph.

    Attributes:
        nodes: In an order in which they can run.
        tensors: Constant ones as they were read, by name.
        inputs, outputs: Descriptions as they were read, by name.
        operator_sets: Descriptions of the versions of operators as they were read.
    """

    nodes: Sequence[Node]
    tensors: Mapping[str, bytes]
    inputs: Mapping[str, bytes]
    outputs: Mapping[str, bytes]
    operator_sets: Sequence[bytes]


def read_graph(content: bytes) -> GraphFile:
    """Reads an ONNX file.

    Raises:
        BundleError: It is broken.
    """
    wire = Wire("the graph", "a readable ONNX file")
    model = memoryview(content)
    graphs = wire.values(model, 7)
    if len(graphs) != 1:
        wire.refuse("is no ONNX model with one graph")
    graph = wire.message(graphs[0])
    parts: dict[int, list[memoryview]] = {1: [], 5: [], 11: [], 12: []}
    for number, value in wire.fields(graph):
        if number in parts:
            parts[number].append(wire.message(value))
    return GraphFile(
        [_node(wire, view) for view in parts[1]],
        {_name(wire, view, 8): bytes(view) for view in parts[5]},
        {_name(wire, view, 1): bytes(view) for view in parts[11]},
        {_name(wire, view, 1): bytes(view) for view in parts[12]},
        [bytes(wire.message(value)) for value in wire.values(model, 8)],
    )


def write_graph(file: GraphFile) -> bytes:
    """The bytes of an ONNX file, with the tensors that a node takes."""
    used = {name for node in file.nodes for name in node.inputs}
    graph = [
        *((1, node.content if node.content is not None else _node_bytes(node)) for node in file.nodes),
        (2, b"gradient"),
        *((5, content) for name, content in file.tensors.items() if name in used),
        *((11, content) for content in file.inputs.values()),
        *((12, content) for content in file.outputs.values()),
    ]
    return packed([(1, IR_VERSION), *((8, content) for content in file.operator_sets), (7, packed(graph))])


def tensor(name: str, values: NDArray[np.float32] | NDArray[np.int64]) -> bytes:
    """A constant tensor of float32 or int64."""
    kind = FLOAT if values.dtype == np.float32 else INT64
    fields: list[tuple[int, int | bytes]] = [(1, length) for length in values.shape]
    return packed([*fields, (2, kind), (8, name.encode()), (9, np.ascontiguousarray(values).tobytes())])


def description(name: str, kind: int, dimensions: Iterable[str] | None = None) -> bytes:
    """An input or output of a type, with names for its dimensions; of any shape where there are none."""
    fields: list[tuple[int, int | bytes]] = [(1, kind)]
    if dimensions is not None:
        fields.append((2, packed((1, packed([(2, each.encode())])) for each in dimensions)))
    return packed([(1, name.encode()), (2, packed([(1, packed(fields))]))])


def _name(wire: Wire, view: memoryview, field: int) -> str:
    return "".join(wire.text(value) for value in wire.values(view, field))


def _node(wire: Wire, view: memoryview) -> Node:
    inputs, outputs, operator, attributes = list[str](), list[str](), "", dict[str, Attribute]()
    for number, value in wire.fields(view):
        if number == 1:
            inputs.append(wire.text(value))
        elif number == 2:
            outputs.append(wire.text(value))
        elif number == 4:
            operator = wire.text(value)
        elif number == 5:
            attributes |= _attribute(wire, wire.message(value))
    return Node(operator, inputs, outputs, attributes, bytes(view))


def _attribute(wire: Wire, view: memoryview) -> dict[str, Attribute]:
    fields: dict[int, list[Value]] = {}
    for number, value in wire.fields(view):
        fields.setdefault(number, []).append(value)
    name = "".join(wire.text(value) for value in fields.get(1, []))
    if 2 in fields:
        return {name: float(struct.unpack("<f", wire.message(fields[2][0]))[0])}
    if 3 in fields and isinstance(integer := fields[3][0], int):
        return {name: signed(integer)}
    if 4 in fields:
        return {name: bytes(wire.message(fields[4][0]))}
    if 8 in fields:
        return {name: [number for value in fields[8] for number in wire.integers(value)]}
    return {}


def _node_bytes(node: Node) -> bytes:
    fields: list[tuple[int, int | bytes]] = [(1, name.encode()) for name in node.inputs]
    fields += [(2, name.encode()) for name in node.outputs]
    fields.append((4, node.operator.encode()))
    fields += [(5, _attribute_bytes(name, value)) for name, value in node.attributes.items()]
    return packed(fields)


def _attribute_bytes(name: str, value: Attribute) -> bytes:
    fields: list[tuple[int, int | float | bytes]] = [(1, name.encode()), (20, _ATTRIBUTE_KINDS[type(value)])]
    if isinstance(value, list):
        fields += [(8, number) for number in value]
    else:
        fields.append(({float: 2, int: 3, bytes: 4}[type(value)], value))
    return packed(fields)
