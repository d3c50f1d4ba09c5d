"""One opened graph, whichever runtime computes it: opened, run, and asked where its nodes ran."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import ModelError, StoppedError
from desktop.engine.machine import providers, runs
from desktop.engine.machine.placement import Placement, read_profile
from desktop.engine.machine.providers import Kind, Level


class Graph(Protocol):
    """A graph with one input and one output, ready to run; several threads may run it at once."""

    def run(self, batch: NDArray[Any]) -> NDArray[Any]:
        """The output of a batch.

        Raises:
            StoppedError: The run was cut off (see `runs`).
            Exception: Whatever the runtime raises; their exceptions share no class of their own.
        """

    def placement(self) -> Placement:
        """Where its nodes ran; asked once, after the first run."""


class OnnxruntimeGraph:
    """A session of onnxruntime. Its runs are profiled until it is asked where its nodes ran."""

    def __init__(self, content: bytes, kind: Kind, threads: int = 0, level: Level = "all", name: str = "graph") -> None:
        """Opens the bytes of an ONNX file; the arguments are those of `providers.create_session`.

        Raises:
            ModelError: It is broken, refused, does not have one input and one output, or the provider does not load.
        """
        self._kind = kind
        folder = tempfile.mkdtemp(prefix="convae-profile-")
        self._remove_profile = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._session = providers.create_session(content, kind, Path(folder, name), threads, level)
        inputs, outputs = self._session.get_inputs(), self._session.get_outputs()
        if len(inputs) != 1 or len(outputs) != 1:
            raise ModelError("it must have one input and one output")
        self._input = inputs[0].name

    def run(self, batch: NDArray[Any]) -> NDArray[Any]:
        """See `Graph.run`."""
        from onnxruntime.capi.onnxruntime_pybind11_state import RunOptions

        options = RunOptions()
        with runs.one(options):
            try:
                output: Any = self._session.run(None, {self._input: batch}, options)[0]
            except Exception as error:
                if options.terminate:
                    raise StoppedError(runs.GIVEN_UP) from error
                raise
        return np.asarray(output)

    def placement(self) -> Placement:
        """See `Graph.placement`; from here on runs are not profiled."""
        session: Any = self._session
        try:
            return read_profile(Path(session.end_profiling()), self._kind)
        finally:
            self._remove_profile()


def open_graph(content: bytes, kind: Kind, threads: int = 0, choice: str = "", name: str = "graph") -> Graph:
    """Opens the bytes of an ONNX file in the runtime of a kind.

    Args:
        content: The file, which is untrusted and looked at first.
        kind: Where to run.
        threads: That the CPU computes a run on; 0 for as many as there are cores.
        choice: Among the ways in which that runtime can run it: a `Level` of onnxruntime's, or a precision of
            OpenVINO's; empty for the usual one.
        name: The beginning of its profile's name.

    Raises:
        ModelError: It is broken, refused, or the runtime does not load.
    """
    if kind is providers.OPENVINO:
        from desktop.engine.machine.openvino_graph import OpenVinoGraph

        return OpenVinoGraph(content, threads, "bf16" if choice == "bf16" else "f32")
    return OnnxruntimeGraph(content, kind, threads, "extended" if choice == "extended" else "all", name)
