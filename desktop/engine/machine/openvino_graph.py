"""A graph in OpenVINO, Intel's runtime for processors: `pip install 'convae[openvino]'`."""

from __future__ import annotations

import functools
import queue
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import ModelError, StoppedError
from desktop.engine.machine import providers, runs
from desktop.engine.machine.placement import Placement
from export.bundle.reason import reason

Precision = Literal["f32", "bf16"]


class OpenVinoGraph:
    """A compiled model and its requests, one for each run that goes on at a time."""

    def __init__(self, content: bytes, threads: int = 0, precision: Precision = "f32") -> None:
        """Compiles the bytes of an ONNX file for the processor, to answer single requests fast.

        Args:
            content: The file, which is looked at before OpenVINO sees it.
            threads: For a run; 0 for as many as OpenVINO likes.
            precision: Of what the graph computes in float32; products of 8 bits stay.

        Raises:
            ModelError: It is broken or refused, or OpenVINO cannot be loaded.
        """
        providers.refuse_harmful(content)
        hints: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision}
        if threads:
            hints["INFERENCE_NUM_THREADS"] = threads
        try:
            self._compiled = core().compile_model(core().read_model(content), "CPU", hints)
        except Exception as error:
            raise ModelError("OpenVINO cannot open the graph: {reason}", reason=reason(error)) from error
        if len(self._compiled.inputs) != 1 or len(self._compiled.outputs) != 1:
            raise ModelError("it must have one input and one output")
        self._idle: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def run(self, batch: NDArray[Any]) -> NDArray[Any]:
        """See `Graph.run`."""
        try:
            request = self._idle.get_nowait()
        except queue.Empty:
            request = self._compiled.create_infer_request()
        run = _Run(request)
        try:
            with runs.one(run):
                request.start_async([batch], share_inputs=True)
                request.wait()
            if run.terminate:
                raise StoppedError(runs.GIVEN_UP)
            return np.array(request.get_output_tensor().data)  # a copy: the request's next run writes over it
        except Exception as error:
            if run.terminate:
                raise StoppedError(runs.GIVEN_UP) from error
            raise
        finally:
            self._idle.put(request)

    def placement(self) -> Placement:
        """Every node that was left after OpenVINO had put the graph together anew."""
        return Placement({providers.OPENVINO.name: len(self._compiled.get_runtime_model().get_ops())})


class _Run:
    """What `runs` knows of a request: that it can be ended."""

    def __init__(self, request: Any) -> None:
        self._request, self._is_ended = request, False

    @property
    def terminate(self) -> bool:
        return self._is_ended

    @terminate.setter
    def terminate(self, is_ended: bool) -> None:
        self._is_ended = is_ended
        if is_ended:
            self._request.cancel()


@functools.cache
def core() -> Any:
    """OpenVINO, imported at first use.

    Raises:
        ImportError: It is not installed, or one of its libraries is missing.
    """
    import openvino

    module: Any = openvino  # its type hints do not say what it exports
    return module.Core()


def can_bf16() -> bool:
    """Whether this processor has products of bfloat16."""
    return "BF16" in core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
