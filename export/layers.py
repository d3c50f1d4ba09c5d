"""`python -m export.layers BUNDLE --out FOLDER`: a bundle's graphs with their layers to look at, and units to switch.

The two graphs are written to `encoder-layers.onnx` and `decoder-layers.onnx`. They compute what they did, and

    layer-01, layer-02, ...   are further outputs: what each activation gives, float32 [N, C, h, w], in order
    units-01, units-02, ...   are further inputs that need not be given: a factor for each of its units, [1, C, 1, 1]

A factor is 1 where it is not given; 0 switches a unit off. The bundle stays as it is. The desktop's X-ray runs this.
"""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import tyro
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from export.bundle import Bundle, BundleError, read_bundle
from export.errors import ExportError, GraphError
from export.runtime import load_graph
from export.to_onnx import EXIT_BAD_INPUT

ACTIVATIONS = frozenset({"Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Gelu", "HardSwish", "Silu", "Softplus", "Tanh"})
SIDES = ("encoder", "decoder")
CHANNELS_RANK = 4


@dataclass(frozen=True)
class LayersConfig:
    """Write a bundle's graphs with their layers as outputs and their units as switches."""

    bundle: tyro.conf.Positional[Path]
    """A bundle's folder, or its .convae file; it stays as it is."""
    out: Path = dataclasses.field(kw_only=True)
    """A folder for the two graphs; it is made where it is not there."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(LayersConfig, prog="python -m export.layers")
    try:
        counts = write_layers(read_bundle(config.bundle), config.out)
    except (ExportError, BundleError) as error:
        message = str(error)
    except OSError as error:
        message = f"The disk refused: {error.strerror or error} ({error.filename or 'no file named'})."
    else:
        print(f"Written to {config.out}: {counts[0]} layers of the encoder, {counts[1]} of the decoder")
        return 0
    print(f"error: {message}", file=sys.stderr)
    return EXIT_BAD_INPUT


def write_layers(bundle: Bundle, folder: Path) -> tuple[int, int]:
    """Writes both graphs, each beside its place and renamed there.

    Returns:
        How many layers the encoder has, and the decoder.

    Raises:
        ExportError: A graph cannot be used.
        OSError: The disk refused.
    """
    from trainer.machine.files import write_bytes

    folder.mkdir(parents=True, exist_ok=True)
    counts = []
    for side in SIDES:
        content, count = with_layers(bundle.read(f"{side}.onnx"), f"{side}.onnx")
        load_graph(f"{side}-layers.onnx", content)  # so that what is written can be opened
        write_bytes(folder / f"{side}-layers.onnx", content)
        counts.append(count)
    return counts[0], counts[1]


def with_layers(content: bytes, name: str) -> tuple[bytes, int]:
    """A graph with an output and a switch for each activation that has channels, and how many those are.

    Raises:
        GraphError: It is no ONNX graph, or its shapes do not fit together; `name` is what it is called.
    """
    try:
        model = onnx.shape_inference.infer_shapes(onnx.load_from_string(content), strict_mode=True)
    except Exception as error:  # onnx's and protobuf's errors share no class of their own
        raise GraphError(f"{name} cannot be read as a graph ({error}).") from error
    channels = _channels(model)
    found = [node for node in model.graph.node if node.op_type in ACTIVATIONS and node.output[0] in channels]
    for number, node in enumerate(found, 1):
        _add_switch(model, node, channels[node.output[0]], f"{number:02}")
    return model.SerializeToString(), len(found)


def _channels(model: ModelProto) -> dict[str, int]:
    """How many channels each inner value `[N, C, h, w]` has, where that is known."""
    known = {}
    for value in model.graph.value_info:
        sides = value.type.tensor_type.shape.dim
        if len(sides) == CHANNELS_RANK and sides[1].dim_value > 0:
            known[value.name] = sides[1].dim_value
    return known


def _add_switch(model: ModelProto, node: NodeProto, channels: int, number: str) -> None:
    """Puts a product with the switch behind an activation; whoever took its output takes that."""
    graph, before, switch, layer = model.graph, node.output[0], f"units-{number}", f"layer-{number}"
    for other in graph.node:
        for place, taken in enumerate(other.input):
            if taken == before:
                other.input[place] = layer
    graph.initializer.append(numpy_helper.from_array(np.ones((1, channels, 1, 1), np.float32), switch))
    graph.input.append(helper.make_tensor_value_info(switch, TensorProto.FLOAT, [1, channels, 1, 1]))
    graph.output.append(helper.make_tensor_value_info(layer, TensorProto.FLOAT, None))
    graph.node.insert(list(graph.node).index(node) + 1, helper.make_node("Mul", [before, switch], [layer]))


if __name__ == "__main__":
    sys.exit(main())
