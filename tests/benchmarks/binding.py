"""onnxruntime with input and output kept in a device's memory, at addresses that never change, as CUDA graphs want it.

After https://onnxruntime.ai/docs/performance/tune-performance/iobinding.html, and for CUDA graphs
https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"


class Bound:
    """One ONNX file, with one input and one output of fixed shapes, in the memory of `cpu` or `cuda`.

    A CUDA graph is recorded by the first run and replayed by all that follow: a whole run is then one launch. It takes
    every node to be on the GPU, and onnxruntime refuses the file otherwise.
    """

    def __init__(self, content: bytes, batch: NDArray[Any], *, device: str, cuda_graph: bool = False) -> None:
        """Opens the file, copies `batch` to the device and runs once."""
        options: Any = {"enable_cuda_graph": "1"} if cuda_graph else {}
        provider: Any = CPU if device == "cpu" else (CUDA, options)
        module: Any = onnxruntime
        self._session = module.InferenceSession(content, providers=[provider])
        if device != "cpu" and self._session.get_providers()[0] != CUDA:
            raise RuntimeError("onnxruntime went to the CPU without a word")
        name = self._session.get_inputs()[0].name
        example = self._session.run(None, {name: batch})[0] if not cuda_graph else _example(content, batch)
        self._given = module.OrtValue.ortvalue_from_numpy(batch, device, 0)
        self._made = module.OrtValue.ortvalue_from_shape_and_type(example.shape, example.dtype, device, 0)
        self._binding = self._session.io_binding()
        self._binding.bind_ortvalue_input(name, self._given)
        self._binding.bind_ortvalue_output(self._session.get_outputs()[0].name, self._made)
        self()

    def __call__(self) -> None:
        """Runs it on what lies in the device's memory, and waits until it is done; nothing is copied."""
        self._session.run_with_iobinding(self._binding)
        self._binding.synchronize_outputs()

    def take(self, batch: NDArray[Any]) -> NDArray[Any]:
        """The output of another batch of the same shape: copied in, run, copied out."""
        self._given.update_inplace(batch)
        self()
        return np.asarray(self._made.numpy())


def _example(content: bytes, batch: NDArray[Any]) -> NDArray[Any]:
    """The output by a session on the CPU: with CUDA graphs a session may not be run before its output is bound."""
    session: Any = onnxruntime.InferenceSession(content, providers=[CPU])
    return np.asarray(session.run(None, {session.get_inputs()[0].name: batch})[0])
