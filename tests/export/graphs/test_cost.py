"""What a graph costs, where it runs, and what was folded in it."""

from __future__ import annotations

import dataclasses

import numpy as np
import onnx
import pytest
import torch
from onnx import helper
from torch import nn

from export.graphs import placement
from export.graphs.cost import measure_cost
from export.graphs.fusion import folded
from export.graphs.graphs import export_onnx
from export.graphs.placement import CUDA, find_placement, listed_outside, measured_outside
from export.graphs.profile import NodeRun, profile
from trainer.architectures.autoencoder import Autoencoder
from trainer.run.checkpoint import Run


@pytest.fixture(scope="module")
def small() -> bytes:
    """A convolution of stride 2, a transposed one, and a matrix product."""
    graph = nn.Sequential(
        nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.ConvTranspose2d(8, 4, 2, stride=2), nn.Flatten(), nn.Linear(256, 5)
    )
    return export_onnx(graph, torch.zeros(2, 3, 8, 8), {0: torch.export.Dim("N", min=1)}, "latent", "image")


def test_costs_are_counted(small: bytes) -> None:
    """Parameters as torch counts them, and two operations for each multiply-add."""
    cost = measure_cost(small, np.zeros((1, 3, 8, 8), np.float32))
    assert cost.parameters == 8 * 3 * 9 + 8 + 8 * 4 * 4 + 4 + 256 * 5 + 5  # and no number of a shape
    assert cost.flops == 2 * (4 * 4 * 8 * 27 + 4 * 4 * 8 * 16 + 256 * 5)
    assert cost.file_bytes == len(small)
    assert cost.nodes == len(onnx.load_from_string(small).graph.node)


def test_a_profile_has_every_node_with_its_shapes(small: bytes) -> None:
    """Once, after those that it needs, with the provider that ran it."""
    model = onnx.load_from_string(small)
    runs = profile(model, np.zeros((1, 3, 8, 8), np.float32), ["CPUExecutionProvider"])
    assert sorted(run.node.name for run in runs) == sorted(node.name for node in model.graph.node)
    there = {each.name for each in (*model.graph.input, *model.graph.initializer)}
    for run in runs:
        assert set(run.node.input) <= there
        there |= set(run.node.output)
    assert {run.provider for run in runs} == {"CPUExecutionProvider"}
    (conv,) = [run for run in runs if run.node.op_type == "Conv"]
    assert conv.input_shape == (1, 3, 8, 8)
    assert conv.output_shape == (1, 8, 4, 4)


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


def test_folding_changes_steps_and_not_results(map_run: Run) -> None:
    """No space-to-depth is left, the outputs are the same, and the network itself is as it was."""
    model: Autoencoder = map_run.model
    before = sum(isinstance(module, nn.PixelUnshuffle) for module in model.modules())
    lean = folded(model)
    assert before == sum(isinstance(module, nn.PixelUnshuffle) for module in model.modules()) == 2
    assert not any(isinstance(module, nn.PixelUnshuffle) for module in lean.modules())
    image = torch.rand(2, 3, 24, 40, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        torch.testing.assert_close(lean.encode(image), model.encode(image), atol=1e-5, rtol=1e-4)


def test_a_convolution_that_is_not_1x1_is_left_alone() -> None:
    """Its patches overlap."""
    encoder = nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(12, 4, 3, padding=1))
    model = Autoencoder(encoder, nn.Identity(), head="linear", latent_kind="map", latent_size=4, multiple=2).eval()
    assert any(isinstance(module, nn.PixelUnshuffle) for module in folded(model).modules())
