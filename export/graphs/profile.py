"""The work of onnxruntime on each node of a graph, by its own profile of one run."""

from __future__ import annotations

import json
import re
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

# A node's event: its number, perhaps `/duplicated` where onnxruntime made a copy for each use, and this ending.
_EVENT = re.compile(r"#(\d+)(?:/.*)?_kernel_time")


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
    found = []
    for event in events:
        if event.get("cat") == "Node" and (match := _EVENT.fullmatch(event["name"])):
            details = event["args"]
            ends = (_first(details[f"{end}_type_shape"]) for end in ("input", "output"))
            found.append(NodeRun(model.graph.node[int(match[1])], details["provider"], *ends))
    return found


def _first(shapes: list[dict[str, list[int]]]) -> tuple[int, ...]:
    """The shape in `[{"float": [1, 3, 128, 128]}, ...]`."""
    return tuple(next(iter(shapes[0].values()))) if shapes else ()
