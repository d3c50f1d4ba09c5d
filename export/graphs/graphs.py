"""The two graphs of a bundle: pixels in and pixels out, with scaling, clamping and layout inside.

Names of free dimensions, in both graphs: N pictures of H x W pixels, with a latent map of h x w.
"""

from __future__ import annotations

import contextlib
import gc
import warnings
from collections.abc import Iterator, Mapping

import onnx
import torch
from torch import Tensor, nn
from torch.export import Dim

from export.errors import GraphError
from export.graphs.fusion import folded
from trainer.architectures.autoencoder import Autoencoder
from trainer.options.values import Sides

OPSET = 18  # what torch's exporter writes without converting; onnxruntime reads it since 1.14
IMAGE, LATENT = "image", "latent"
DIMENSIONS = {IMAGE: ("N", "H", "W", "3"), LATENT: ("N", "C", "h", "w"), "odds": ("N", "2", "h", "w")}


class EncoderGraph(nn.Module):
    """Pixels -> latent: uint8 (N, H, W, 3) RGB -> float32 (N, D) or (N, C, h, w)."""

    def __init__(self, model: Autoencoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, image: Tensor) -> Tensor:
        """uint8 (N, H, W, 3) RGB, 0 to 255 -> float32 latent."""
        return self.model.encode(image.permute(0, 3, 1, 2).to(torch.float32) / 255)


class DecoderGraph(nn.Module):
    """Latent -> pixels: float32 (N, D) or (N, C, h, w) -> uint8 (N, H, W, 3) RGB."""

    def __init__(self, model: Autoencoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, latent: Tensor) -> Tensor:
        """Float32 latent -> uint8 (N, H, W, 3) RGB, clamped to 0 to 255 and rounded."""
        pixels = self.model.decode(latent).clamp(0, 1) * 255
        return pixels.round().to(torch.uint8).permute(0, 2, 3, 1)


def export_graphs(model: Autoencoder, size: int | Sides) -> tuple[bytes, bytes]:
    """Both graphs of a network, free in their batch size and, for a map, in the picture's height and width.

    Args:
        model: In evaluation mode, on the CPU.
        size: The side of a square, or height and width, in pixels, that it was trained at.

    Returns:
        `encoder.onnx` and `decoder.onnx`, weights inside.

    Raises:
        GraphError: torch could not export one of them.
    """
    model = folded(model)
    batch = Dim("N", min=1)
    image_dims, latent_dims = {0: batch}, {0: batch}
    height, width = (size, size) if isinstance(size, int) else size
    if model.latent_kind == "map":
        # The traced height and width differ from one another, so that neither can be taken for the other.
        height, width = 2 * model.multiple, 3 * model.multiple
        h, w = Dim("h", min=1), Dim("w", min=1)
        image_dims |= {1: model.multiple * h, 2: model.multiple * w}
        latent_dims |= {2: h, 3: w}
    image = torch.zeros(2, height, width, 3, dtype=torch.uint8)
    latent = torch.zeros(2, *model.latent_shape(height, width))
    return (
        export_onnx(EncoderGraph(model), image, image_dims, IMAGE, LATENT),
        export_onnx(DecoderGraph(model), latent, latent_dims, LATENT, IMAGE),
    )


def export_onnx(graph: nn.Module, example: Tensor, dynamic: Mapping[int, Dim], source: str, target: str) -> bytes:
    """One graph as an ONNX file with its weights inside, batch norm folded and nothing of this machine in it.

    Args:
        graph: Takes one tensor and gives one.
        example: What it is traced with; no free dimension may have length 1, or it would be taken for fixed.
        dynamic: The free dimensions of `example`.
        source: Name of the input, `image` or `latent`.
        target: Name of the output.

    Raises:
        GraphError: torch could not export it.
    """
    try:
        with warnings.catch_warnings(), _collector_paused():
            warnings.simplefilter("ignore")  # deprecations within the exporter: none of them is the user's to cure
            program = torch.onnx.export(
                graph.eval(),
                (example,),
                input_names=[source],
                output_names=[target],
                opset_version=OPSET,
                dynamic_shapes=(dict(dynamic),),
                dynamo=True,
                external_data=False,
                verbose=False,
            )
    except torch.onnx.OnnxExporterError as error:
        reason = str(error).strip().splitlines()[0]
        raise GraphError(f"The graph from {source} to {target} could not be exported to ONNX ({reason}).") from error
    assert program is not None
    proto = program.model_proto
    _forget_origin(proto)
    _name_dimensions(proto)
    content: bytes = proto.SerializeToString()
    return content


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Python's collector of garbage paused: the exporter makes millions of objects, most of which it keeps to its end,
    and the collector would look through them again and again, for a seventh of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _forget_origin(model: onnx.ModelProto) -> None:
    """Removes what the exporter noted for debugging: stack traces, with the paths of this machine's files."""
    for item in (model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output):
        del item.metadata_props[:]
        item.doc_string = ""
    del model.graph.value_info[:]  # shapes of tensors in between, which every runtime infers for itself


def _name_dimensions(model: onnx.ModelProto) -> None:
    """Gives free dimensions the contract's names; the exporter's are expressions such as `8*h`."""
    for value in (*model.graph.input, *model.graph.output):
        for dimension, name in zip(value.type.tensor_type.shape.dim, DIMENSIONS[value.name]):
            if dimension.dim_param:
                dimension.dim_param = name
