"""A look at an untrusted ONNX file before any runtime sees it: nothing may reach outside it, loop, or grow at will.

onnxruntime follows external data wherever a file says: relative to the working directory when a graph is loaded from
memory, and with its own `*/_ORT_MEM_ADDR_/*` even to an address in memory. So graphs of a bundle hold their weights.
The wire format and the numbers of fields are those of onnx.proto; only the fields that matter here are looked at.

What this cannot bound: how large the tensors in between become where their size is computed. Whoever runs the graph
limits its memory (`desktop.engine.machine.providers` does).

Standard library only.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from export.bundle.wire import Wire, signed

DOMAINS = frozenset({"", "ai.onnx", "com.microsoft", "com.microsoft.nchwc"})  # compiled into onnxruntime
REFUSED_NODES = {
    "Loop": "could run without end",
    "Scan": "could run without end",
    "SequenceMap": "could run without end",
    "EPContext": "can name files to load",
}
# Nodes whose output is as large as an input says, and which input that is.
SIZE_INPUTS = {"ConstantOfShape": 0, "Expand": 1, "Tile": 1, "Resize": 3, "Upsample": 1}
LARGEST_TENSOR = 1 << 28  # numbers that a tensor may hold by what the file says
SHORT_BYTES = 128  # of a tensor that may give a size: longer ones are not looked into
DEEPEST_SUBGRAPH = 8
NUMBERS_PER_BYTE = 4  # the densest type of tensor has numbers of two bits
EXTERNAL = 1  # TensorProto.DataLocation
INT64 = 7  # TensorProto.DataType


def check_graph(content: bytes, where: str) -> None:
    """Refuses an ONNX file that is not self-contained, plain and bounded.

    Args:
        content: The file.
        where: What errors call it, such as `decoder.onnx`.

    Raises:
        BundleError: It is broken; has external data, functions, custom or control-flow operators that could do
            anything, sparse tensors; or declares tensors larger than their data or than `LARGEST_TENSOR`.
    """
    _Checker(Wire(where, "a readable ONNX file")).model(memoryview(content))


@dataclass
class _Checker:
    """One walk through one file; what it looks for is in `check_graph`."""

    wire: Wire
    constants: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The values of small constant tensors of integers, by name: what sizes are given by."""
    sized: list[tuple[str, str]] = field(default_factory=list)
    """Operators that make a tensor as large as an input says, each with that input's name."""

    def model(self, view: memoryview) -> None:
        graphs = 0
        for number, value in self.wire.fields(view):
            if number == 7:
                self._graph(self.wire.message(value), 0)
                graphs += 1
            elif number == 25:
                self.wire.refuse("defines functions of its own, which are not expanded here")
        if graphs != 1:
            self.wire.refuse("is no ONNX model with one graph")
        for operator, name in self.sized:
            self._check_size(f"{operator} makes a tensor", self.constants.get(name, ()))

    def _graph(self, view: memoryview, depth: int) -> None:
        if depth > DEEPEST_SUBGRAPH:
            self.wire.refuse("has graphs within graphs without end")
        for number, value in self.wire.fields(view):
            if number == 1:
                self._node(self.wire.message(value), depth)
            elif number == 5:
                self._tensor(self.wire.message(value))
            elif number in (11, 12):
                self._value_info(self.wire.message(value))
            elif number == 15:
                self.wire.refuse("holds sparse tensors, which can unpack without end")

    def _node(self, view: memoryview, depth: int) -> None:
        inputs, outputs, operator, domain = list[str](), list[str](), "", ""
        constants = list[tuple[int, ...]]()
        for number, value in self.wire.fields(view):
            if number == 1:
                inputs.append(self.wire.text(value))
            elif number == 2:
                outputs.append(self.wire.text(value))
            elif number == 4:
                operator = self.wire.text(value)
            elif number == 5:
                constants += self._attribute(self.wire.message(value), depth)
            elif number == 7:
                domain = self.wire.text(value)
        self._check_domain(domain)
        if operator in REFUSED_NODES:
            self.wire.refuse(f"has a node {operator}, which {REFUSED_NODES[operator]}")
        if operator == "Constant" and len(outputs) == 1 and constants:
            self.constants[outputs[0]] = constants[0]
        if operator.startswith("Random"):
            for constant in constants:
                self._check_size(f"{operator} makes a tensor", constant)
        place = SIZE_INPUTS.get(operator, len(inputs))
        if place < len(inputs):
            self.sized.append((operator, inputs[place]))

    def _attribute(self, view: memoryview, depth: int) -> list[tuple[int, ...]]:
        """The integers that an attribute holds, as a list or as a tensor, if it does."""
        found, integers = list[tuple[int, ...]](), list[int]()
        for number, value in self.wire.fields(view):
            if number in (5, 10):
                tensor = self._tensor(self.wire.message(value))
                found += [] if tensor is None else [tensor]
            elif number in (6, 11):
                self._graph(self.wire.message(value), depth + 1)
            elif number == 8:
                integers += self.wire.integers(value)
            elif number in (22, 23):
                self.wire.refuse("holds sparse tensors, which can unpack without end")
        return [*found, tuple(integers)] if integers else found

    def _tensor(self, view: memoryview) -> tuple[int, ...] | None:
        """Checks a tensor; gives its values where they are a few integers."""
        shape, values, raw, name, kind = list[int](), list[int](), b"", "", 0
        for number, value in self.wire.fields(view):
            if number == 1:
                shape += self.wire.integers(value)
            elif number == 2:
                kind = value if isinstance(value, int) else 0
            elif number == 7 and (isinstance(value, int) or len(value) <= SHORT_BYTES):
                values += self.wire.integers(value)
            elif number == 8:
                name = self.wire.text(value)
            elif number == 9:
                raw = bytes(self.wire.message(value)[: SHORT_BYTES + 1])
            elif number == 13 or (number == 14 and value == EXTERNAL):
                self.wire.refuse(
                    "refers to data outside itself, which is never read; export it with its weights inside"
                )
            elif number == 3:
                self.wire.refuse("holds a tensor in pieces")
        if min(shape, default=1) < 0 or math.prod(shape) > NUMBERS_PER_BYTE * len(view):
            self.wire.refuse(f"declares a tensor {name[:40]!r} that is larger than its data")
        if kind != INT64:
            return None
        if 0 < len(raw) <= SHORT_BYTES and len(raw) % 8 == 0:
            values = list(struct.unpack(f"<{len(raw) // 8}q", raw))
        if name:
            self.constants[name] = tuple(values)
        return tuple(values)

    def _value_info(self, view: memoryview) -> None:
        """ValueInfoProto.type.tensor_type.shape.dim.dim_value of a graph's input or output."""
        views = [view]
        for number in (2, 1, 2):
            views = [self.wire.message(value) for each in views for value in self.wire.values(each, number)]
        dims = [self.wire.message(dim) for each in views for dim in self.wire.values(each, 1)]
        flat = [value for dim in dims for value in self.wire.values(dim, 1)]
        self._check_size("declares an input or output", [signed(value) for value in flat if isinstance(value, int)])

    def _check_size(self, what: str, lengths: Sequence[int]) -> None:
        if math.prod(abs(length) for length in lengths if length) > LARGEST_TENSOR:
            self.wire.refuse(f"{what} of more than {LARGEST_TENSOR:,} numbers")

    def _check_domain(self, domain: str) -> None:
        if domain not in DOMAINS:
            self.wire.refuse(f"uses operators of {domain[:40]!r}, which are none of onnxruntime's own")
