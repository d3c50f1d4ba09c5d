"""Running a bundle's graphs in onnxruntime on the CPU, as whoever opens the bundle will."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession
from onnxruntime.capi.onnxruntime_pybind11_state import SessionOptions

from export.bundle import BundleError, GraphInfo, TensorInfo
from export.bundle.graph import check_graph
from export.bundle.reason import reason
from export.errors import GraphError

PROVIDER = "CPUExecutionProvider"

ERRORS_ONLY = 3
SPIN_US = "50"  # how long threads wait for work awake: longer they would burn what other threads could use
_TYPES = {"tensor(uint8)": "uint8", "tensor(float)": "float32"}


@dataclass(frozen=True)
class Graph:
    """An ONNX graph with one input and one output, ready to run."""

    name: str
    session: InferenceSession

    def __call__(self, batch: NDArray[Any]) -> NDArray[Any]:
        """Runs a batch: uint8 [N, H, W, 3] -> float32 latent for an encoder, the other way for a decoder.

        Raises:
            GraphError: onnxruntime refused, for instance at a size that the graph cannot take.
        """
        try:
            (output,) = self.session.run(None, {self.session.get_inputs()[0].name: batch})
        except Exception as error:  # onnxruntime's errors have no base of their own
            shape = "x".join(map(str, batch.shape))
            raise GraphError(f"{self.name} does not run on {shape} ({reason(error)}).") from error
        return np.asarray(output)

    def info(self) -> GraphInfo:
        """Its inputs and outputs, as `bundle.json` lists them: types as numpy names them."""
        return GraphInfo(_describe(self.session.get_inputs()), _describe(self.session.get_outputs()))


def load_graph(name: str, content: bytes, threads: int = 0) -> Graph:
    """Loads an ONNX file, if it is one that readers of bundles take.

    Args:
        name: What errors call it.
        content: Of the file.
        threads: That share a batch; 0 for all cores. Callers that run batches side by side want 1.

    Raises:
        GraphError: onnxruntime cannot load it, or `check_graph` refuses it.
    """
    try:
        check_graph(content, name)
    except BundleError as error:
        raise GraphError(str(error)) from error
    options = SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.spin_duration_us", SPIN_US)
    try:
        return Graph(name, InferenceSession(content, options, providers=[PROVIDER]))
    except Exception as error:  # as above
        raise GraphError(f"{name} does not load in onnxruntime ({reason(error)}).") from error


def _describe(tensors: Sequence[Any]) -> tuple[TensorInfo, ...]:
    return tuple(TensorInfo(tensor.name, _TYPES[tensor.type], tuple(tensor.shape)) for tensor in tensors)
