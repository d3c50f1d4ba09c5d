"""What onnxruntime did with each node of a graph, by its own profile of one run."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
from numpy.typing import NDArray
from onnx import NodeProto
from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession
from onnxruntime.capi.onnxruntime_pybind11_state import GraphOptimizationLevel, SessionOptions

from export.runtime import ERRORS_ONLY

_KERNEL = "_kernel_time"


@dataclass(frozen=True)
class NodeRun:
    """One node, as it ran."""

    node: NodeProto
    provider: str
    """The execution provider that computed it."""
    input_shape: tuple[int, ...]
    """Of its first input."""
    output_shape: tuple[int, ...]
    """Of its first output."""


def profile(model: onnx.ModelProto, batch: NDArray[Any], providers: Sequence[str]) -> list[NodeRun]:
    """Runs a graph of one input once, as it stands and without any optimisation, and reads the profile.

    Args:
        model: Weights inside.
        batch: What it runs on.
        providers: Execution providers, the one to prefer first.

    Returns:
        Every node that ran, in the order of running; nodes that hold constants do not run.
    """
    numbered = onnx.ModelProto()
    numbered.CopyFrom(model)
    for index, node in enumerate(numbered.graph.node):
        node.name = f"#{index}"  # foreign graphs have nodes without names
    options = SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    options.enable_profiling = True
    with tempfile.TemporaryDirectory() as scratch:
        options.profile_file_prefix = str(Path(scratch, "profile"))
        session = InferenceSession(numbered.SerializeToString(), options, providers=list(providers))
        session.run(None, {session.get_inputs()[0].name: batch})
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))  # type: ignore[no-untyped-call]
    return [_node_run(model, event) for event in events if _is_node(event)]


def _is_node(event: dict[str, Any]) -> bool:
    name = str(event.get("name", ""))
    return event.get("cat") == "Node" and name.startswith("#") and name.endswith(_KERNEL)


def _node_run(model: onnx.ModelProto, event: dict[str, Any]) -> NodeRun:
    details = event["args"]
    node = model.graph.node[int(event["name"].removeprefix("#").removesuffix(_KERNEL))]
    return NodeRun(node, details["provider"], _first(details["input_type_shape"]), _first(details["output_type_shape"]))


def _first(shapes: list[dict[str, list[int]]]) -> tuple[int, ...]:
    """The shape in `[{"float": [1, 3, 128, 128]}, ...]`."""
    return tuple(next(iter(shapes[0].values()))) if shapes else ()
