"""Graphs that other tools made: loaded with care, and described by what they take and give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, TensorProto, ValueInfoProto, helper, inliner, version_converter

from export.bundle import LARGEST_FILE_BYTES
from export.bundle.store import BundleError, FolderStore, is_plain_name
from export.errors import AdoptError, GraphError
from export.runtime import Graph, load_graph

OLDEST_OPSET = 13  # the first whose Round, Clip, Slice and ReduceSum are those that the wrapping adds
OLDEST_CONVERTED = 7  # what onnx's converter begins with
NOISE = frozenset({"RandomNormalLike", "RandomUniformLike"})
TYPES = {TensorProto.FLOAT: "float32", TensorProto.FLOAT16: "float16", TensorProto.UINT8: "uint8"}


@dataclass(frozen=True)
class ForeignGraph:
    """One ONNX model with a single input, ready to run."""

    path: Path
    model: ModelProto
    graph: Graph
    input_type: str
    """As numpy names it: `float32`, `float16` or `uint8`."""
    input_shape: tuple[int | None, ...]
    """None where a dimension is free."""
    outputs: tuple[str, ...]
    output_shapes: tuple[tuple[int | None, ...], ...]
    """As declared, the batch first."""
    silenced: int
    """How many nodes drew random numbers; they give zeros now, which leaves a distribution's mean."""

    def run(self, batch: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """Every output, by name, for a batch of the input's own type.

        Raises:
            GraphError: It does not run on this shape.
        """
        session = self.graph.session
        try:
            values = session.run(list(self.outputs), {session.get_inputs()[0].name: batch.astype(self.input_type)})
        except Exception as error:  # onnxruntime's errors have no base of their own
            raise GraphError(f"{self.path} does not run on {batch.shape}.") from error
        return dict(zip(self.outputs, map(np.asarray, values)))


def load_foreign(path: Path) -> ForeignGraph:
    """Reads a model from an untrusted file; weights may lie in files beside it, but nowhere else.

    Raises:
        AdoptError: It cannot be read, is refused, is too old, or does not have one input of pixels or numbers.
    """
    return describe(path, load_model(path))


def load_model(path: Path) -> ModelProto:
    """The model of an untrusted file, of an opset that can be wrapped; weights in files beside it are taken in.

    Raises:
        AdoptError: It cannot be read, is refused, or is too old to be converted.
    """
    model = _load(path)
    opset = max((each.version for each in model.opset_import if each.domain in ("", "ai.onnx")), default=0)
    if opset >= OLDEST_OPSET:
        return model
    advice = f"export it again with opset {OLDEST_OPSET} or newer"
    if opset < OLDEST_CONVERTED:
        raise AdoptError(f"{path} is of ONNX opset {opset}; {advice}.")
    try:
        return version_converter.convert_version(model, OLDEST_OPSET)
    except Exception as error:  # the converter raises several kinds
        raise AdoptError(f"{path} is of ONNX opset {opset} and cannot be converted; {advice}.") from error


def describe(path: Path, model: ModelProto) -> ForeignGraph:
    """A model as it is run; `path` is what messages call it.

    Raises:
        AdoptError: It draws random numbers of a shape of its own, cannot be run, or has not one input.
    """
    weights = {tensor.name for tensor in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in weights]
    if len(inputs) != 1 or inputs[0].type.tensor_type.elem_type not in TYPES:
        names = ", ".join(value.name for value in inputs)
        raise AdoptError(f"{path} must have one input, of floats or uint8; it has {names or 'none'}.")
    silenced = _silence(model.graph)
    _free_batch(model.graph, inputs[0].name)
    tensor = inputs[0].type.tensor_type
    return ForeignGraph(
        path,
        model,
        load_graph(str(path), model.SerializeToString()),
        TYPES[tensor.elem_type],
        _declared(inputs[0]),
        tuple(value.name for value in model.graph.output),
        tuple(map(_declared, model.graph.output)),
        silenced,
    )


def _declared(value: ValueInfoProto) -> tuple[int | None, ...]:
    """A declared shape, the batch free."""
    dims = value.type.tensor_type.shape.dim
    return (None, *(dim.dim_value if dim.HasField("dim_value") else None for dim in dims[1:]))


def _load(path: Path) -> ModelProto:
    """The model with its weights and its functions inside."""
    try:
        store = FolderStore(path.parent)
        model = onnx.load_from_string(store.read(path.name, LARGEST_FILE_BYTES))
        left = LARGEST_FILE_BYTES
        for tensor in _tensors(model.graph):
            if tensor.data_location == TensorProto.EXTERNAL:
                left -= _take_in(tensor, store, left)
        return inliner.inline_local_functions(model) if model.functions else model
    except AdoptError:
        raise
    except BundleError as error:
        raise AdoptError(str(error)) from error
    except Exception as error:  # onnx and protobuf raise several kinds on broken files
        raise AdoptError(f"{path} is not a readable ONNX file ({type(error).__name__}).") from error


def _take_in(tensor: TensorProto, store: FolderStore, limit: int) -> int:
    """Reads a tensor's data from the file beside the model that it names; gives how many bytes that were."""
    where = {entry.key: entry.value for entry in tensor.external_data}
    name, offset = where.get("location", ""), int(where.get("offset", 0))
    if not is_plain_name(name):
        raise AdoptError(f"{store.path}: weights are said to be in {name!r}, which is outside this folder; not read.")
    length = int(where.get("length", store.size(name) - offset))
    if not 0 <= offset <= offset + length <= store.size(name):
        raise AdoptError(f"{store.path / name} is shorter than the model says.")
    if length > limit:
        raise AdoptError(f"{store.path}: the weights have more than {LARGEST_FILE_BYTES:,} bytes.")
    with (store.path / name).open("rb") as file:
        file.seek(offset)
        tensor.raw_data = file.read(length)
    del tensor.external_data[:]
    tensor.data_location = TensorProto.DEFAULT
    return length


def _tensors(graph: GraphProto) -> Iterator[TensorProto]:
    """Every tensor of a graph and of those within it."""
    yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            yield from (attribute.t, *attribute.tensors)
            for inner in (attribute.g, *attribute.graphs):
                yield from _tensors(inner)


def _silence(graph: GraphProto) -> int:
    """Turns random numbers of another tensor's shape into zeros."""
    found = 0
    for place, node in enumerate(list(graph.node)):
        if node.op_type in NOISE:
            graph.node[place].CopyFrom(helper.make_node("Sub", [node.input[0]] * 2, list(node.output), node.name))
            found += 1
        elif node.op_type.startswith("Random"):
            raise AdoptError(f"The node {node.name or node.op_type} draws random numbers; export the mean instead.")
    return found


def _free_batch(graph: GraphProto, name: str) -> None:
    """Names the batch dimension of input and outputs: many exporters write a 1 there that means nothing."""
    for value in (*graph.input, *graph.output):
        dims = value.type.tensor_type.shape.dim
        if dims and (value.name == name or value in graph.output):
            dims[0].dim_param = "N"
    del graph.value_info[:]
