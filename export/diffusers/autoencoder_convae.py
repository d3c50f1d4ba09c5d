"""An autoencoder made with ConvAE, in plain torch: this file, `config.json` and the safetensors file are all it needs.

    from autoencoder_convae import AutoencoderConvAE

    model = AutoencoderConvAE.from_pretrained(".")
    latents = model.encode(images).latents   # images: float (B, 3, H, W) in [-1, 1]
    images = model.decode(latents).sample    # about [-1, 1]

The interface is that of the autoencoders in diffusers. `config.json` lists what is done as steps, each an operator as
ONNX defines it with the names of its inputs and its output; the weights are ordinary parameters that can be trained on.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

CONFIG_FILE = "config.json"
WEIGHTS_FILE = "diffusion_pytorch_model.safetensors"

Attributes = dict[str, Any]


@dataclass
class EncoderOutput:
    """`latents`: float (B, D), or (B, C, h, w) for a map."""

    latents: Tensor


@dataclass
class DecoderOutput:
    """`sample`: float (B, 3, H, W), about [-1, 1]."""

    sample: Tensor


class AutoencoderConvAE(nn.Module):
    """Encoder and decoder, and the configuration that they were built from.

    Attributes:
        config: `sample_size`, `latent_kind` ("vector" or "map"), `latent_shape` at that size, `multiple` of which a
            map's pictures must be, and `encoder` and `decoder`: `steps` and `constants`.
    """

    def __init__(self, config: dict[str, Any], weights: dict[str, Tensor]) -> None:
        super().__init__()
        self.config = config
        for name, tensor in weights.items():
            *path, leaf = name.split(".")
            place: nn.Module = self
            for part in path:
                if part not in dict(place.named_children()):
                    place.add_module(part, nn.Module())
                place = place.get_submodule(part)
            place.register_parameter(leaf, nn.Parameter(tensor))

    @classmethod
    def from_pretrained(cls, folder: str | Path) -> AutoencoderConvAE:
        """Loads it from a folder, in evaluation mode."""
        config = json.loads(Path(folder, CONFIG_FILE).read_text(encoding="utf-8"))
        return cls(config, load_file(str(Path(folder, WEIGHTS_FILE)))).eval()

    def encode(self, images: Tensor) -> EncoderOutput:
        """Latents of float pictures (B, 3, H, W) in [-1, 1]."""
        return EncoderOutput(self._run("encoder", (images + 1) / 2))

    def decode(self, latents: Tensor) -> DecoderOutput:
        """Pictures of latents."""
        return DecoderOutput(self._run("decoder", latents) * 2 - 1)

    def forward(self, images: Tensor) -> DecoderOutput:
        """The reconstruction of float pictures (B, 3, H, W) in [-1, 1]."""
        return self.decode(self.encode(images).latents)

    def _run(self, side: str, value: Tensor) -> Tensor:
        part = self.config[side]
        known: dict[str, Any] = {"input": value}
        for name, (kind, number) in part["constants"].items():
            known[name] = torch.tensor(number, dtype=getattr(torch, kind), device=value.device)
        for step in part["steps"]:
            inputs = [self._value(known, name) for name in step["inputs"]]
            known[step["output"]] = OPERATORS[step["operator"]](step["attributes"], *inputs)
        output: Tensor = known[part["steps"][-1]["output"]]
        return output

    def _value(self, known: dict[str, Any], name: str) -> Tensor | None:
        if name == "":
            return None  # an input that was left out
        return known[name] if name in known else self.get_parameter(name)


def to_pixels(sample: Tensor) -> Tensor:
    """Levels of 0 to 255, uint8 (B, 3, H, W), of a decoder's sample."""
    return (((sample + 1) / 2).clamp(0, 1) * 255).round().to(torch.uint8)


def _conv(attributes: Attributes, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    top, left, bottom, right = attributes.get("pads", (0, 0, 0, 0))
    return functional.conv2d(
        functional.pad(x, (left, right, top, bottom)),
        weight,
        bias,
        stride=attributes.get("strides", 1),
        dilation=attributes.get("dilations", 1),
        groups=attributes.get("group", 1),
    )


def _conv_transpose(attributes: Attributes, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    return functional.conv_transpose2d(
        x,
        weight,
        bias,
        stride=attributes.get("strides", 1),
        padding=attributes.get("pads", (0, 0))[:2],
        output_padding=attributes.get("output_padding", 0),
        dilation=attributes.get("dilations", 1),
        groups=attributes.get("group", 1),
    )


def _gemm(attributes: Attributes, a: Tensor, b: Tensor, c: Tensor | None = None) -> Tensor:
    a = a.T if attributes.get("transA", 0) else a
    b = b.T if attributes.get("transB", 0) else b
    product: Tensor = attributes.get("alpha", 1.0) * (a @ b)
    return product if c is None else product + attributes.get("beta", 1.0) * c


def _max_pool(attributes: Attributes, x: Tensor) -> Tensor:
    padding = attributes.get("pads", (0, 0))[:2]
    return functional.max_pool2d(x, attributes["kernel_shape"], attributes.get("strides", 1), padding)


OPERATORS: dict[str, Callable[..., Tensor]] = {
    "Add": lambda _, a, b: a + b,
    "Clip": lambda _, x, low, high: torch.clamp(x, low, high),
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "DepthToSpace": lambda attributes, x: functional.pixel_shuffle(x, attributes["blocksize"]),
    "Div": lambda _, a, b: a / b,
    "Gemm": _gemm,
    "LeakyRelu": lambda attributes, x: functional.leaky_relu(x, attributes.get("alpha", 0.01)),
    "MatMul": lambda _, a, b: a @ b,
    "MaxPool": _max_pool,
    "Mul": lambda _, a, b: a * b,
    "Relu": lambda _, x: functional.relu(x),
    "Reshape": lambda _, x, shape: x.reshape(shape.tolist()),
    "Sigmoid": lambda _, x: torch.sigmoid(x),
    "Sub": lambda _, a, b: a - b,
}
