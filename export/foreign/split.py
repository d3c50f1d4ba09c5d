"""A whole autoencoder in one graph, cut at its bottleneck into an encoder and a decoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper

from export.errors import AdoptError
from export.foreign.pair import ForeignGraph, describe, load_model
from export.runtime import load_graph

TRIED_SIDE = 64  # pixels, where the graph takes any size
TYPES = {"float32": TensorProto.FLOAT, "float16": TensorProto.FLOAT16}


def load_halves(path: Path, latent: str | None) -> tuple[ForeignGraph, ForeignGraph]:
    """Reads a graph that encodes and decodes, and cuts it.

    Args:
        path: The file.
        latent: The tensor to cut at; None for the narrowest one that everything goes through.

    Raises:
        AdoptError: It cannot be read, has no such tensor, or has none that everything goes through.
    """
    model = load_model(path)
    whole = describe(path, ModelProto.FromString(model.SerializeToString()))
    found = dict(_cuts(model))
    widths = _measure(model, whole, list(found))
    if latent is None:
        narrow = [name for name, array in widths.items() if array.ndim in (2, 4)]
        if not narrow:
            raise AdoptError(
                f"{path} has no tensor that everything goes through, so there is no telling where its latent is; "
                "name it with --latent, or export the two halves apart."
            )
        latent = min(narrow, key=lambda name: widths[name].size)
    elif latent not in widths:
        known = ", ".join(sorted(widths, key=lambda name: widths[name].size)[:5]) or "none"
        raise AdoptError(f"{path} cannot be cut at {latent!r}. Everything goes through: {known}.")
    (source,) = (value.name for value in model.graph.input if value.name not in _weights(model))
    picture = _picture_output(model, latent)
    return (
        describe(path, _part(model, source, latent, None)),
        describe(path, _part(model, latent, picture, widths[latent])),
    )


def _weights(model: ModelProto) -> set[str]:
    return {tensor.name for tensor in model.graph.initializer}


def _picture_output(model: ModelProto, latent: str) -> str:
    """The first output that is not the latent itself."""
    names = [str(value.name) for value in model.graph.output if value.name != latent]
    if not names:
        raise AdoptError(f"The graph gives {latent!r} and nothing after it; is it an encoder alone?")
    return names[0]


def _cuts(model: ModelProto) -> Iterator[tuple[str, int]]:
    """Tensors that everything goes through on its way from the input, and how many nodes come before each."""
    nodes: Sequence[NodeProto] = model.graph.node
    constant = _weights(model)
    (source,) = (value.name for value in model.graph.input if value.name not in constant)
    outputs = {value.name for value in model.graph.output}
    last_use: dict[str, int] = {}
    for place, node in enumerate(nodes):
        for name in node.input:
            last_use[name] = place
    alive = {source}
    for place, node in enumerate(nodes):
        if not set(node.input) - constant - {""}:  # weights, and what is made of weights alone
            constant |= set(node.output)
            continue
        made = {name for name in node.output if name in last_use or name in outputs}
        alive = {name for name in alive | made if last_use.get(name, -1) > place}
        if len(alive) == 1 and (name := next(iter(alive))) != source:
            yield name, place + 1


def _measure(model: ModelProto, whole: ForeignGraph, names: Sequence[str]) -> dict[str, NDArray[np.generic]]:
    """The values of these tensors for a grey picture; none where the graph does not run."""
    shape = [1, *(TRIED_SIDE if length is None else length for length in whole.input_shape[1:])]
    for place in (1, 3):
        if len(shape) == 4 and whole.input_shape[place] is None and 3 not in whole.input_shape:
            shape[place] = 3
            break
    probe = ModelProto.FromString(model.SerializeToString())
    del probe.graph.output[:]
    probe.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    try:
        session = load_graph(str(whole.path), probe.SerializeToString()).session
        values = session.run(list(names), {session.get_inputs()[0].name: np.full(shape, 0.5, whole.input_type)})
    except Exception as error:  # onnxruntime's errors have no base of their own
        raise AdoptError(f"{whole.path} does not run on {shape}; is it an autoencoder?") from error
    arrays = {name: np.asarray(value) for name, value in zip(names, values)}
    return {name: array for name, array in arrays.items() if array.dtype.name in TYPES}


def _part(model: ModelProto, source: str, target: str, latent: NDArray[np.generic] | None) -> ModelProto:
    """The nodes between two tensors, as a model of its own; `latent` is an example of a source within the graph."""
    part = ModelProto.FromString(model.SerializeToString())
    del part.graph.value_info[:]
    if latent is not None:
        dims = ["N", latent.shape[1], "h", "w"] if latent.ndim == 4 else ["N", latent.shape[1]]
        part.graph.input.append(helper.make_tensor_value_info(source, TYPES[latent.dtype.name], dims))
    if target not in {value.name for value in part.graph.output}:
        part.graph.output.append(helper.make_empty_tensor_value_info(target))
    nodes = _between(part, source, target)
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "part",
        [next(value for value in part.graph.input if value.name == source)],
        [next(value for value in part.graph.output if value.name == target)],
        [tensor for tensor in part.graph.initializer if tensor.name in used],
    )
    return helper.make_model(graph, opset_imports=list(model.opset_import), ir_version=max(model.ir_version, 4))


def _between(model: ModelProto, source: str, target: str) -> list[NodeProto]:
    """The nodes that lead to the target, without those before the source."""
    wanted, kept = {target}, list[NodeProto]()
    for node in reversed(model.graph.node):
        if wanted & set(node.output) and source not in node.output:
            wanted |= set(node.input)
            kept.append(node)
    return kept[::-1]
