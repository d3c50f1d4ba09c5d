"""The exported graphs: their inputs and outputs, their sizes, and what must not be in them."""

from __future__ import annotations

import collections
import gc
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn

from export.bundle import TensorInfo
from export.errors import GraphError
from export.graphs.graphs import OPSET, export_graphs, export_onnx
from export.runtime import Graph, load_graph
from trainer.architectures.autoencoder import Autoencoder


@pytest.fixture(scope="module")
def map_protos(map_files: tuple[bytes, bytes]) -> tuple[onnx.ModelProto, onnx.ModelProto]:
    """Both graphs of the map run, parsed."""
    encoder, decoder = map_files
    return onnx.load_from_string(encoder), onnx.load_from_string(decoder)


def test_vector_graphs_have_the_inputs_and_outputs_of_the_contract(vector_graphs: tuple[Graph, Graph]) -> None:
    """A vector latent fixes height and width; the batch stays free."""
    image = TensorInfo("image", "uint8", ("N", 32, 32, 3))
    latent = TensorInfo("latent", "float32", ("N", 8))
    encoder, decoder = (graph.info() for graph in vector_graphs)
    assert (encoder.inputs, encoder.outputs) == ((image,), (latent,))
    assert (decoder.inputs, decoder.outputs) == ((latent,), (image,))


def test_map_graphs_have_the_inputs_and_outputs_of_the_contract(map_graphs: tuple[Graph, Graph]) -> None:
    """A map latent leaves height and width free, under the contract's names."""
    image = TensorInfo("image", "uint8", ("N", "H", "W", 3))
    latent = TensorInfo("latent", "float32", ("N", 4, "h", "w"))
    encoder, decoder = (graph.info() for graph in map_graphs)
    assert (encoder.inputs, encoder.outputs) == ((image,), (latent,))
    assert (decoder.inputs, decoder.outputs) == ((latent,), (image,))


@pytest.mark.parametrize(("height", "width"), [(8, 8), (8, 40), (24, 16), (72, 64)])
@pytest.mark.parametrize("batch", [1, 3])
def test_map_graphs_take_any_multiple(map_graphs: tuple[Graph, Graph], height: int, width: int, batch: int) -> None:
    """Sizes that were never traced give latents and pictures of the right shape."""
    encoder, decoder = map_graphs
    latent = encoder(np.zeros((batch, height, width, 3), np.uint8))
    assert latent.shape == (batch, 4, height // 8, width // 8)
    image = decoder(latent)
    assert (image.shape, image.dtype) == ((batch, height, width, 3), np.uint8)


def test_pixels_are_scaled_clamped_and_rounded_inside_the_graphs() -> None:
    """Around a network that does nothing, the latent is the picture in [0, 1], and out of range saturates."""
    nothing = Autoencoder(nn.Identity(), nn.Identity(), head="linear", latent_kind="map", latent_size=3, multiple=1)
    encoder, decoder = (load_graph("graph", content) for content in export_graphs(nothing, 4))
    picture = np.arange(2 * 2 * 3, dtype=np.uint8).reshape(1, 2, 2, 3) * 23
    latent = encoder(picture)
    np.testing.assert_allclose(latent, picture.transpose(0, 3, 1, 2) / 255, rtol=1e-6)
    assert np.array_equal(decoder(latent), picture)
    values = np.array([-2, -0.1, 0.4 / 255, 0.6 / 255, 1.1, 300], np.float32).reshape(1, 3, 1, 2)
    assert decoder(values).transpose(0, 3, 1, 2).ravel().tolist() == [0, 0, 0, 1, 255, 255]


def test_batch_norm_is_folded() -> None:
    """No batch norm is left in the graph: it became part of the convolution before it."""
    graph = nn.Sequential(nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
    content = export_onnx(graph, torch.zeros(2, 4, 8, 8), {}, "latent", "image")
    assert [node.op_type for node in onnx.load_from_string(content).graph.node] == ["Conv", "Relu"]


def test_no_cast_or_transpose_is_redundant(map_protos: tuple[onnx.ModelProto, onnx.ModelProto]) -> None:
    """Between pixels and convolutions there is one cast and one change of layout."""
    encoder, decoder = map_protos
    assert [node.op_type for node in encoder.graph.node][:3] == ["Transpose", "Cast", "Div"]
    assert [node.op_type for node in decoder.graph.node][-3:] == ["Round", "Cast", "Transpose"]
    for proto in map_protos:  # pixel-unshuffling is folded into convolutions
        counts = collections.Counter(node.op_type for node in proto.graph.node)
        assert (counts["Cast"], counts["Transpose"]) == (1, 1)


def test_graphs_stand_alone(map_protos: tuple[onnx.ModelProto, onnx.ModelProto]) -> None:
    """Weights are inside, the opset is the stated one, only standard operators are used."""
    for proto in map_protos:
        assert [(opset.domain, opset.version) for opset in proto.opset_import] == [("", OPSET)]
        assert all(tensor.data_location == onnx.TensorProto.DEFAULT for tensor in proto.graph.initializer)
        onnx.checker.check_model(proto, full_check=True)


def test_graphs_hold_no_path_of_this_machine(map_files: tuple[bytes, bytes]) -> None:
    """What the exporter notes for debugging, stack traces among it, is taken out."""
    for content in map_files:
        assert b".py" not in content
        assert str(Path.cwd()).encode() not in content


def test_exporting_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """The exporter's own progress and warnings do not reach the user."""
    export_onnx(nn.Linear(4, 4), torch.zeros(2, 4), {}, "latent", "image")
    assert capfd.readouterr() == ("", "")


class DataDependent(nn.Module):
    """A network that torch cannot trace."""

    def forward(self, latent: Tensor) -> Tensor:
        return latent if latent.sum() > 0 else -latent


def test_a_network_that_cannot_be_exported_is_a_graph_error() -> None:
    """What torch cannot trace ends in one sentence."""
    with pytest.raises(GraphError, match="from latent to image could not be exported"):
        export_onnx(DataDependent(), torch.ones(2, 4), {}, "latent", "image")


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_is_left_as_it_was(running: bool) -> None:
    """It pauses for an export alone, also one that fails, and whoever had stopped it finds it stopped."""
    before = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        with pytest.raises(GraphError):
            export_onnx(DataDependent(), torch.ones(2, 4), {}, "latent", "image")
        assert gc.isenabled() is running
    finally:
        (gc.enable if before else gc.disable)()
