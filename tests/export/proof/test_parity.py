"""The proof: correct graphs pass it, broken ones do not."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from export.errors import ExportError, ParityError
from export.graphs.graphs import DecoderGraph, EncoderGraph, export_graphs, export_onnx
from export.proof.parity import Case, plan_cases, verify
from export.runtime import Graph, load_graph
from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.families import build_autoencoder
from trainer.data import Data
from trainer.data.dataset import Progress
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import Run

Pair = tuple[Graph, Graph]


class DarkEncoder(EncoderGraph):
    """Scales pixels by 1/256."""

    def forward(self, image: Tensor) -> Tensor:
        return self.model.encode(image.permute(0, 3, 1, 2).float() / 256)


class WrappingDecoder(DecoderGraph):
    """Has lost its clamp: what leaves [0, 1] comes back at the other end."""

    def forward(self, latent: Tensor) -> Tensor:
        levels = (self.model.decode(latent) * 255).round().to(torch.int32)
        return (levels % 256).to(torch.uint8).permute(0, 2, 3, 1)


class TruncatingDecoder(DecoderGraph):
    """Has lost its rounding."""

    def forward(self, latent: Tensor) -> Tensor:
        return (self.model.decode(latent).clamp(0, 1) * 255).to(torch.uint8).permute(0, 2, 3, 1)


class BlackDecoder(DecoderGraph):
    """Black where the network gives a picture, as after an overflow."""

    def forward(self, latent: Tensor) -> Tensor:
        return super().forward(latent) * 0


def test_a_vector_pair_passes(vector_run: Run, vector_graphs: Pair, data: Data, silent: Progress) -> None:
    """At the one size it takes, in several batch sizes; the differences are those of float32 rounding."""
    parity = verify(vector_run.model, *vector_graphs, data.holdout, silent)
    assert parity.sizes == ((32, 32),)
    assert parity.batch_sizes == (1, 3, 5)
    assert 0 < parity.latent_largest < 1e-4
    assert parity.latent_mean <= parity.latent_largest
    assert parity.image_largest <= 1
    assert parity.provider == "CPUExecutionProvider"


def test_a_map_pair_passes_at_several_sizes(map_run: Run, map_graphs: Pair, data: Data, silent: Progress) -> None:
    """The trained size, the smallest, an oblong, a larger and a large one."""
    parity = verify(map_run.model, *map_graphs, data.holdout, silent)
    assert parity.sizes == ((32, 32), (8, 8), (16, 24), (40, 40), (512, 512))
    assert parity.batch_sizes == (1, 3, 5)


def test_a_latent_of_one_number_passes(data: Data, silent: Progress) -> None:
    """A single number has no deviation of its own; float32 rounding in it is no fault of the graph."""
    encoder = nn.Sequential(nn.Flatten(), nn.Linear(3 * 32 * 32, 1))
    decoder = nn.Sequential(nn.Linear(1, 3 * 32 * 32), nn.Unflatten(1, (3, 32, 32)))
    model = Autoencoder(encoder, decoder, head="linear", latent_kind="vector", latent_size=1, multiple=32).eval()
    files = export_graphs(model, 32)
    parity = verify(
        model, load_graph("encoder.onnx", files[0]), load_graph("decoder.onnx", files[1]), data.holdout, silent
    )
    assert parity.latent_largest < 1e-4


def test_no_comparison_is_made_twice() -> None:
    """Where the trained size is the smallest, it is compared once."""
    model = build_autoencoder(TrainConfig.of(arch="vgg13", size=32).blueprint)
    cases = plan_cases(model, 32, 32)
    assert len(set(cases)) == len(cases)
    assert Case(64, 96, 5) in cases


def test_a_wrong_scale_is_found(vector_run: Run, vector_graphs: Pair, data: Data, silent: Progress) -> None:
    """1/256 in place of 1/255 is past the tolerance, and the sentence says where and by how much."""
    broken = _vector_graph(DarkEncoder(vector_run.model), vector_run, "encoder.onnx")
    with pytest.raises(ParityError, match=r"encoder\.onnx differs .* at 32x32 pixels in a batch of 1 by up to .* allo"):
        verify(vector_run.model, broken, vector_graphs[1], data.holdout, silent)


@pytest.mark.parametrize("broken_class", [WrappingDecoder, TruncatingDecoder, BlackDecoder])
def test_a_broken_decoder_is_found(
    broken_class: type[DecoderGraph], vector_run: Run, vector_graphs: Pair, data: Data, silent: Progress
) -> None:
    """A lost clamp, a lost rounding and a black picture are each past the tolerance."""
    broken = _vector_graph(broken_class(vector_run.model), vector_run, "decoder.onnx")
    with pytest.raises(ParityError, match=r"decoder\.onnx differs"):
        verify(vector_run.model, vector_graphs[0], broken, data.holdout, silent)


def test_a_pool_that_was_lost_at_its_own_size_is_found(data: Data, silent: Progress) -> None:
    """Adaptive pooling to 4x4 does nothing at the trained size; a graph without it is wrong at every other size."""
    encoder = nn.Conv2d(3, 4, 8, stride=8)
    decoder = nn.Sequential(nn.Upsample(scale_factor=8), nn.Conv2d(4, 3, 1))
    without = Autoencoder(encoder, decoder, head="linear", latent_kind="map", latent_size=4, multiple=8).eval()
    pooled = nn.Sequential(encoder, nn.AdaptiveAvgPool2d((4, 4)))
    with_pool = Autoencoder(pooled, decoder, head="linear", latent_kind="map", latent_size=4, multiple=8).eval()
    files = export_graphs(without, 32)
    broken = load_graph("encoder.onnx", files[0]), load_graph("decoder.onnx", files[1])
    verify(without, *broken, data.holdout, silent)
    with pytest.raises(ParityError, match=r"gives float32 \[3, 4, 1, 1\] at 8x8 .* gives float32 \[3, 4, 4, 4\]"):
        verify(with_pool, *broken, data.holdout, silent)


def test_a_graph_of_one_size_is_found(map_run: Run, map_graphs: Pair, data: Data, silent: Progress) -> None:
    """A map encoder exported for the trained size alone fails at the next one; torch 2.11 makes a wrong one at once."""
    fixed = export_onnx(
        EncoderGraph(map_run.model),
        torch.zeros(2, 32, 32, 3, dtype=torch.uint8),
        {0: torch.export.Dim("N", min=1)},
        "image",
        "latent",
    )
    wrong_at_once = torch.__version__.startswith("2.11.")
    told = "differs from the trained network" if wrong_at_once else "fails at 8x8 pixels in a batch of 3"
    with pytest.raises(ParityError, match=rf"encoder\.onnx {told}"):
        verify(map_run.model, load_graph("encoder.onnx", fixed), map_graphs[1], data.holdout, silent)


def test_a_diverged_network_is_refused(vector_run: Run, vector_graphs: Pair, data: Data, silent: Progress) -> None:
    """Two NaN never pass for equal."""
    diverged = build_autoencoder(vector_run.config.blueprint).eval()
    with torch.no_grad():
        next(diverged.parameters()).fill_(np.nan)
    with pytest.raises(ExportError, match="not finite"):
        verify(diverged, *vector_graphs, data.holdout, silent)


def _vector_graph(graph: nn.Module, run: Run, name: str) -> Graph:
    """Exports one deliberately broken graph of the vector run."""
    if isinstance(graph, EncoderGraph):
        example, source, target = torch.zeros(2, 32, 32, 3, dtype=torch.uint8), "image", "latent"
    else:
        example, source, target = torch.zeros(2, run.model.latent_size), "latent", "image"
    return load_graph(name, export_onnx(graph, example, {0: torch.export.Dim("N", min=1)}, source, target))
