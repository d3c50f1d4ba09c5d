"""The nodes that would leave the GPU."""

from __future__ import annotations

import dataclasses

import numpy as np
import onnx
import pytest
from onnx import helper

from export.graphs import placement
from export.graphs.placement import CUDA, find_placement, listed_outside, measured_outside
from export.graphs.profile import NodeRun, profile


def test_nodes_off_the_wanted_provider_are_named(small: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a GPU takes all but the transposed convolution, that one is found."""

    def on_gpu(*_: object) -> list[NodeRun]:
        runs = profile(model, batch, ["CPUExecutionProvider"])
        return [run if run.node.op_type == "ConvTranspose" else dataclasses.replace(run, provider=CUDA) for run in runs]

    model, batch = onnx.load_from_string(small), np.zeros((1, 3, 8, 8), np.float32)
    monkeypatch.setattr(placement, "profile", on_gpu)
    (name,) = [node.name for node in model.graph.node if node.op_type == "ConvTranspose"]
    assert measured_outside("encoder.onnx", model, batch, [CUDA]) == [f"encoder.onnx: {name} (ConvTranspose)"]


def test_an_operator_without_a_cuda_kernel_is_named() -> None:
    """One that CUDA lacks and one of another domain, but none of those that our networks use."""
    value = helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    nodes = [
        helper.make_node("Relu", ["x"], ["a"], name="fine"),
        helper.make_node("Det", ["a"], ["b"], name="slow"),
        helper.make_node("Relu", ["b"], ["c"], name="foreign", domain="com.example"),
    ]
    model = helper.make_model(helper.make_graph(nodes, "graph", [value], [value]))
    assert listed_outside("decoder.onnx", model) == ["decoder.onnx: slow (Det)", "decoder.onnx: foreign (Relu)"]


def test_placement_is_looked_up_without_a_gpu(small: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """And measured with one: here the CPU stands in for a GPU that takes nothing."""
    batch = {"encoder.onnx": np.zeros((1, 3, 8, 8), np.float32)}
    monkeypatch.setattr(placement, "cuda_works", lambda: False)
    assert find_placement({"encoder.onnx": small}, batch).source == "listed"
    monkeypatch.setattr(placement, "cuda_works", lambda: True)
    monkeypatch.setattr(placement, "CUDA", "CPUExecutionProvider")
    found = find_placement({"encoder.onnx": small}, batch)
    assert (found.source, found.outside_gpu) == ("measured", ())


def test_our_networks_stay_on_the_gpu(map_files: tuple[bytes, bytes]) -> None:
    """By the list of operators with a kernel for CUDA."""
    for content in map_files:
        assert listed_outside("graph", onnx.load_from_string(content)) == []
    assert CUDA == "CUDAExecutionProvider"
