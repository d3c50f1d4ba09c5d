"""One way to take a pair of foreign graphs, and pixels and latents as it says, in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from export.errors import AdoptError, GraphError
from export.foreign.pair import ForeignGraph

Layout = Literal["NCHW", "NHWC"]
Channels = Literal["rgb", "bgr", "grey", "rgba"]
Floats = NDArray[np.float32]

# BT.601's weights of red, green and blue, as Pillow takes grey from RGB.
GREY = (0.299, 0.587, 0.114)
# The mean and deviation of ImageNet's pixels, by which torchvision's networks are fed.
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
PLAIN = ("0..1", "-1..1", "0..255")
IMAGENET = "ImageNet's mean and deviation"
COUNTS: dict[Channels, int] = {"rgb": 3, "bgr": 3, "grey": 1, "rgba": 4}


@dataclass(frozen=True)
class Scaling:
    """From 8-bit levels to a graph's values, `levels * scale + shift`, for red, green and blue."""

    scale: tuple[float, ...]
    shift: tuple[float, ...]

    @classmethod
    def between(cls, low: float, high: float) -> Scaling:
        """Level 0 is `low`, and level 255 is `high`."""
        return cls(((high - low) / 255,) * 3, (low,) * 3)

    @classmethod
    def normalised(cls, mean: tuple[float, ...], std: tuple[float, ...]) -> Scaling:
        """Pixels in 0..1, less the mean, divided by the deviation."""
        return cls(
            tuple(1 / (255 * each) for each in std),
            tuple(-middle / each for middle, each in zip(mean, std)),
        )

    def of(self, channels: Channels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Scale and shift of each channel, float32 `[C]`; grey and alpha have those of red."""
        many = [0] if channels == "grey" else [0, 1, 2, 0] if channels == "rgba" else [0, 1, 2]
        return np.array(self.scale, np.float32)[many], np.array(self.shift, np.float32)[many]


def scaling(name: str) -> Scaling:
    """The scaling that a range is called by: `0..1`, `-1..1`, `0..255`, ImageNet's, or `mean R G B std R G B`.

    Raises:
        AdoptError: A mean or deviation is no number, or a deviation is not above 0.
    """
    if name == IMAGENET:
        return Scaling.normalised(IMAGENET_MEAN, IMAGENET_STD)
    if name.startswith("mean "):
        mean, std = (tuple(map(float, part.split())) for part in name.removeprefix("mean ").split(" std "))
        if not (np.isfinite([*mean, *std]).all() and min(std) > 0):
            raise AdoptError("--mean and --std want finite numbers, those of --std above 0, for red, green and blue.")
        return Scaling.normalised(mean, std)
    low, high = name.split("..")
    return Scaling.between(float(low), float(high))


def given_range(mean: tuple[float, float, float], std: tuple[float, float, float]) -> str:
    """The name of a range of the user's own.

    Raises:
        AdoptError: As `scaling`.
    """
    name = f"mean {' '.join(f'{each:g}' for each in mean)} std {' '.join(f'{each:g}' for each in std)}"
    scaling(name)
    return name


@dataclass(frozen=True)
class Reading:
    """One way to take a pair of graphs."""

    layout: Layout
    """Of the pictures of both, and of a latent map."""
    input_range: str
    output_range: str
    latent_output: str
    """Which of the encoder's outputs is the latent."""
    half: bool
    """Only the first half of its channels is: the rest is a distribution's spread."""
    image_output: str
    factor: float = 1.0
    """What the latent is multiplied by on its way to the decoder."""
    shift: float = 0.0
    """What is added after that."""
    input_channels: Channels = "rgb"
    output_channels: Channels = "rgb"

    def __str__(self) -> str:
        """In words, for people."""
        part = f"the first half of {self.latent_output}" if self.half else self.latent_output
        factor = "" if self.factor == 1 else f" times {self.factor:g}"
        shift = "" if self.shift == 0 else f" {'plus' if self.shift > 0 else 'less'} {abs(self.shift):g}"
        return (
            f"{self.layout} pixels {_said(self.input_range, self.input_channels)} in, latent {part}{factor}{shift}, "
            f"{_said(self.output_range, self.output_channels)} out"
        )

    @property
    def is_grey(self) -> bool:
        """Whether the decoder gives one channel, so that only grey pictures can come back."""
        return self.output_channels == "grey"


def _said(name: str, channels: Channels) -> str:
    return name if channels == "rgb" else f"{name} {channels if channels == 'grey' else channels.upper()}"


def encode(encoder: ForeignGraph, reading: Reading, pictures: NDArray[np.uint8]) -> Floats:
    """Pictures uint8 [B, H, W, 3] -> the latent that the decoder takes, as the contract lays it out: float32.

    Raises:
        GraphError: The encoder does not run on them.
    """
    return take_latent(encoder.run(as_input(reading, pictures)), reading)


def decode(decoder: ForeignGraph, reading: Reading, latent: Floats) -> NDArray[np.uint8]:
    """The contract's latent -> pictures uint8 [B, H, W, 3].

    Raises:
        GraphError: The decoder does not run on it, or gives no pictures.
    """
    wanted = latent.transpose(0, 2, 3, 1) if latent.ndim == 4 and reading.layout == "NHWC" else latent
    return as_levels(decoder.run(wanted)[reading.image_output], reading)


def as_input(reading: Reading, pictures: NDArray[np.uint8]) -> Floats:
    """Pictures in the range, channels and layout that a reading says."""
    channels, levels = reading.input_channels, pictures.astype(np.float32)
    if channels == "grey":
        levels = (levels * np.array(GREY, np.float32)).sum(axis=3, keepdims=True, dtype=np.float32)
    elif channels == "rgba":
        levels = np.concatenate([levels, np.full_like(levels[..., :1], 255)], axis=3)
    scale, shift = scaling(reading.input_range).of(channels)
    values = levels * scale + shift
    if channels == "bgr":
        values = values[..., ::-1]
    return values.transpose(0, 3, 1, 2) if reading.layout == "NCHW" else values


def take_latent(outputs: dict[str, NDArray[Any]], reading: Reading) -> Floats:
    """The latent among an encoder's outputs."""
    latent = outputs[reading.latent_output].astype(np.float32)
    if latent.ndim == 4 and reading.layout == "NHWC":
        latent = latent.transpose(0, 3, 1, 2)
    if reading.half:
        latent = latent[:, : latent.shape[1] // 2]
    return np.ascontiguousarray(latent * np.float32(reading.factor) + np.float32(reading.shift))


def as_levels(values: NDArray[Any], reading: Reading) -> NDArray[np.uint8]:
    """A decoder's output as RGB pixels, clamped and rounded.

    Raises:
        GraphError: It is no batch of pictures with the reading's channels.
    """
    channels = reading.output_channels
    if values.ndim == 4 and reading.layout == "NCHW":
        values = values.transpose(0, 2, 3, 1)
    if values.ndim != 4 or values.shape[3] != COUNTS[channels] or not np.isfinite(values).all():
        raise GraphError("The decoder gives no pictures.")
    colours = values.astype(np.float32)
    if channels == "bgr":
        colours = colours[..., ::-1]
    scale, shift = scaling(reading.output_range).of("rgb" if channels == "rgba" else channels)
    levels = np.rint((colours[..., : len(scale)] - shift) * (1 / scale)).clip(0, 255).astype(np.uint8)
    return np.repeat(levels, 3, axis=3) if channels == "grey" else levels


def to_grey(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """RGB pictures uint8 [..., 3] without their colours, three equal channels."""
    grey = np.rint((pictures.astype(np.float32) * np.array(GREY, np.float32)).sum(axis=-1, keepdims=True))
    return np.repeat(grey.clip(0, 255).astype(np.uint8), 3, axis=-1)
