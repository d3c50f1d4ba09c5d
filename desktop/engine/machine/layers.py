"""The layers of a model with the shapes of what they give, read from onnxruntime's profile of one run."""

from __future__ import annotations

import dataclasses
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any, Literal

import numpy as np

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.machine import providers
from desktop.engine.machine.placement import KERNEL, LARGEST_PROFILE_BYTES
from desktop.engine.machine.providers import Asked
from export.bundle import Bundle

WEIGHTY = frozenset({"Conv", "ConvTranspose", "Gemm", "MatMul", "Resize", "DepthToSpace", "SpaceToDepth"})
POOLS = frozenset({"AveragePool", "MaxPool", "GlobalAveragePool"})
RUNS = 5  # of which the median is the speed


@dataclasses.dataclass(frozen=True)
class Layer:
    """One layer: its operator as ONNX calls it, and the shape of what it gives for one picture."""

    operator: str
    shape: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class Anatomy:
    """What a model is made of, and what it takes here.

    Attributes:
        encoder: Its layers from the picture on.
        decoder: Its layers from the latent on.
        provider: Where it was measured, by its name for people.
        encode_ms, decode_ms: Medians of a few runs with one picture of the trained size.
    """

    encoder: tuple[Layer, ...]
    decoder: tuple[Layer, ...]
    provider: str
    encode_ms: float
    decode_ms: float


def examine(bundle: Bundle, asked: Asked) -> Anatomy:
    """Runs both graphs a few times; takes a second or two.

    Raises:
        BundleError: The bundle is broken.
        ModelError: The model does not run.
    """
    size = bundle.info.size
    picture = np.random.default_rng(0).integers(0, 256, (1, size.height, size.width, 3), np.uint8)
    model = Autoencoder(bundle, asked)
    latents = model.encode(picture)
    encode_ms = _median_ms(lambda: model.encode(picture))
    decode_ms = _median_ms(lambda: model.decode(latents))
    encoder, decoder = layers(bundle, "encoder", picture), layers(bundle, "decoder", latents)
    return Anatomy(encoder, decoder, model.running.provider, encode_ms, decode_ms)


def layers(bundle: Bundle, side: Literal["encoder", "decoder"], batch: Any) -> tuple[Layer, ...]:
    """The layers that change a shape or hold most of the weights, in the order in which they ran on one input.

    Raises:
        BundleError: The bundle is broken.
    """
    runtime = providers.runtime()
    with tempfile.TemporaryDirectory(prefix="convae-layers-") as folder:
        options = runtime.SessionOptions()
        options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_DISABLE_ALL  # operators as exported
        options.enable_profiling, options.profile_file_prefix = True, str(Path(folder, side))
        session = runtime.InferenceSession(bundle.read(f"{side}.onnx"), options, providers=[providers.CPU.provider])
        session.run(None, {session.get_inputs()[0].name: batch})
        profile = Path(session.end_profiling())
        if profile.stat().st_size > LARGEST_PROFILE_BYTES:
            return ()
        events = json.loads(profile.read_bytes())
    ran = [event for event in events if event.get("cat") == "Node" and event["name"].endswith(KERNEL)]
    found = [_layer(event["args"]) for event in sorted(ran, key=lambda event: event["ts"])]
    return tuple(layer for layer in found if layer is not None)


def _layer(ran: dict[str, Any]) -> Layer | None:
    operator, outputs = str(ran.get("op_name", "")), ran.get("output_type_shape") or [{}]
    shape: list[Any] = next(iter(outputs[0].values()), [])
    if operator not in WEIGHTY | POOLS or len(shape) < 2:
        return None
    return Layer(operator, tuple(int(side) for side in shape[1:]))


def _median_ms(run: Any) -> float:
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000
