"""The networks that are timed: those behind the shipped bundles, and the seed's, written anew from its description."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from desktop.engine import library
from desktop.engine.library import ModelEntry
from export.graphs.graphs import DecoderGraph, EncoderGraph, export_graphs
from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.families import build_autoencoder
from trainer.options.config import GROUPS, TrainConfig

SEED_SIZE = 224  # pixels that the seed trained at


def shipped() -> list[ModelEntry]:
    """The bundles that ship and are sound."""
    return [entry for entry in library.find_models() if entry.origin == "shipped" and entry.bundle]


def reconstruct(entry: ModelEntry) -> Autoencoder:
    """The torch network of a bundle, with fresh weights: time does not depend on them."""
    options = entry.require().info.training
    kept = {name: value for name, value in options.items() if name in set(GROUPS) - {"data", "out", "resume", "tiles"}}
    return build_autoencoder(TrainConfig.of(**kept).blueprint).eval()


def seed_network(head: str = "linear") -> Autoencoder:
    """The seed's first network, VGG16."""
    config = TrainConfig.of(arch="vgg16", head="sigmoid" if head == "sigmoid" else "linear", size=SEED_SIZE)
    return build_autoencoder(config.blueprint)


def decoder_call(model: Autoencoder, latent: NDArray[np.float32]) -> Callable[[], object]:
    """Eager PyTorch: latent to pixels, as the exported graph does it."""
    return _torch_call(DecoderGraph(model), latent)


def encoder_call(model: Autoencoder, image: NDArray[np.uint8]) -> Callable[[], object]:
    """Eager PyTorch: pixels to latent, as the exported graph does it."""
    return _torch_call(EncoderGraph(model), image)


def compiled_decoder_call(model: Autoencoder, latent: NDArray[np.float32]) -> Callable[[], object]:
    """`torch.compile` of the same."""
    return _torch_call(torch.compile(DecoderGraph(model)), latent)


def onnx_call(graph: bytes, batch: NDArray[Any]) -> Callable[[], object]:
    """A bare `session.run` of onnxruntime on the CPU, with its defaults."""
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    feed = {session.get_inputs()[0].name: batch}
    return lambda: session.run(None, feed)


def openvino_call(graph: bytes, batch: NDArray[Any]) -> Callable[[], object]:
    """OpenVINO on the CPU, told to answer single requests fast, in the precision of the graph.

    Raises:
        ImportError: OpenVINO is not installed.
    """
    import openvino

    hints = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
    compiled = openvino.Core().compile_model(openvino.Core().read_model(graph), "CPU", hints)
    request = compiled.create_infer_request()
    return lambda: request.infer([batch])


def seed_decoder() -> tuple[bytes, NDArray[np.float32]]:
    """The seed's VGG16 decoder as an ONNX graph, and a latent for it."""
    model = seed_network().eval()
    latent = np.random.default_rng(0).standard_normal((1, *model.latent_shape(SEED_SIZE, SEED_SIZE)), np.float32)
    return export_graphs(model, SEED_SIZE)[1], latent


def _torch_call(graph: Callable[[torch.Tensor], torch.Tensor], batch: NDArray[Any]) -> Callable[[], object]:
    def call() -> object:
        with torch.inference_mode():
            return graph(torch.from_numpy(batch)).numpy()

    return call
