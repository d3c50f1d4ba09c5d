"""What foreign graphs mean, found by trying: a pair is fed right when it gives the pictures back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from export.errors import AdoptError, GraphError
from export.foreign.pair import ForeignGraph

Layout = Literal["NCHW", "NHWC"]
RangeName = Literal["0..1", "-1..1", "0..255"]

RANGES: dict[RangeName, tuple[float, float]] = {"0..1": (0.0, 1.0), "-1..1": (-1.0, 1.0), "0..255": (0.0, 255.0)}
# Stable Diffusion's, SDXL's and FLUX's latents are divided by their spread on the way to their denoiser. Some exports
# have the factor in one graph and not in the other.
KNOWN_FACTORS = (0.18215, 0.13025, 0.3611)
GOOD_PSNR_DB = 20.0  # from here on no factor is looked for
LEAST_PSNR_DB = 15.0  # what no pair reaches that is fed wrong; a picture of one colour comes to about 12
LEAST_MARGIN_DB = 1.0


@dataclass(frozen=True)
class Reading:
    """One way to take a pair of graphs."""

    layout: Layout
    """Of the pictures of both, and of a latent map."""
    input_range: RangeName
    output_range: RangeName
    latent_output: str
    """Which of the encoder's outputs is the latent."""
    half: bool
    """Only the first half of its channels is: the rest is a distribution's spread."""
    image_output: str
    factor: float
    """What the latent is multiplied by on its way to the decoder."""

    def __str__(self) -> str:
        """In words, for people."""
        part = f"the first half of {self.latent_output}" if self.half else self.latent_output
        factor = "" if self.factor == 1 else f" times {self.factor:g}"
        return f"{self.layout} pixels {self.input_range} in, latent {part}{factor}, {self.output_range} out"


@dataclass(frozen=True)
class Evidence:
    """What trying came to."""

    reading: Reading
    psnr_db: float
    others: tuple[tuple[Reading, float], ...]
    """The other readings that ran, best first, and their PSNR in dB."""


def encode(encoder: ForeignGraph, reading: Reading, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Pictures uint8 [B, H, W, 3] -> the latent that the decoder takes, as the contract lays it out: float32.

    Raises:
        GraphError: The encoder does not run on them.
    """
    return take_latent(encoder.run(as_input(reading, pictures)), reading)


def decode(decoder: ForeignGraph, reading: Reading, latent: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The contract's latent -> pictures uint8 [B, H, W, 3].

    Raises:
        GraphError: The decoder does not run on it, or gives no pictures.
    """
    wanted = latent.transpose(0, 2, 3, 1) if latent.ndim == 4 and reading.layout == "NHWC" else latent
    return as_levels(decoder.run(wanted)[reading.image_output], reading)


def as_input(reading: Reading, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Pictures in the range and layout that a reading says."""
    low, high = RANGES[reading.input_range]
    values = low + pictures.astype(np.float32) * np.float32((high - low) / 255)
    return values.transpose(0, 3, 1, 2) if reading.layout == "NCHW" else values


def take_latent(outputs: dict[str, NDArray[Any]], reading: Reading) -> NDArray[np.float32]:
    """The latent among an encoder's outputs."""
    latent = outputs[reading.latent_output].astype(np.float32)
    if latent.ndim == 4 and reading.layout == "NHWC":
        latent = latent.transpose(0, 3, 1, 2)
    if reading.half:
        latent = latent[:, : latent.shape[1] // 2]
    return np.ascontiguousarray(latent * np.float32(reading.factor))


def as_levels(values: NDArray[Any], reading: Reading) -> NDArray[np.uint8]:
    """A decoder's output as pixels, clamped and rounded.

    Raises:
        GraphError: It is no batch of pictures with three channels.
    """
    if values.ndim == 4 and reading.layout == "NCHW":
        values = values.transpose(0, 2, 3, 1)
    if values.ndim != 4 or values.shape[3] != 3 or not np.isfinite(values).all():
        raise GraphError("The decoder gives no pictures.")
    low, high = RANGES[reading.output_range]
    levels: NDArray[np.uint8] = (
        np.rint((values.astype(np.float32) - low) * (255 / (high - low))).clip(0, 255).astype(np.uint8)
    )
    return levels


def find_reading(
    encoder: ForeignGraph,
    decoder: ForeignGraph,
    pictures: NDArray[np.uint8],
    input_range: RangeName | None = None,
    output_range: RangeName | None = None,
) -> Evidence:
    """Tries every way to take the pair on real pictures.

    Args:
        encoder: Takes pictures.
        decoder: Takes latents.
        pictures: uint8 [B, H, W, 3], of a size that the encoder takes.
        input_range: What the encoder takes, where the user knows; so is not tried.
        output_range: What the decoder gives, likewise. Where both are told, a low PSNR is the user's to judge.

    Raises:
        AdoptError: Nothing runs, nothing gives the pictures back, or two readings are equally good.
    """
    tried: dict[Reading, float] = {}
    for factors in ((1.0,), [each for known in KNOWN_FACTORS for each in (known, 1 / known)]):
        if max(tried.values(), default=0.0) < GOOD_PSNR_DB:
            for reading, psnr in _try_all(encoder, decoder, pictures, input_range, output_range, tuple(factors)):
                tried[reading] = psnr
    ranked = sorted(tried.items(), key=lambda each: -each[1])
    if not ranked and len(pictures) > 1:
        find_reading(encoder, decoder, pictures[:1], input_range, output_range)  # which says why, if that fails, too
        raise AdoptError(
            f"{encoder.path} and {decoder.path} take one picture at a time; export them with a free batch."
        )
    if not ranked:
        raise AdoptError(
            f"{encoder.path} and {decoder.path} do not run together on RGB pictures of {pictures.shape[2]} x "
            f"{pictures.shape[1]} in any way that was tried. "
            "Is the encoder the first of the two? Another --size may help, too."
        )
    best, psnr = ranked[0]
    if not (input_range and output_range):
        best = _choose(ranked)
    return Evidence(best, tried[best], tuple(each for each in ranked if each[0] != best))


def psnr_db(rebuilt: NDArray[np.uint8], pictures: NDArray[np.uint8]) -> float:
    """Peak signal-to-noise ratio in dB over all pictures; at most 100."""
    mean_square = float(np.square(rebuilt.astype(np.float64) - pictures).mean())
    return min(100.0, 10 * math.log10(255**2 / mean_square)) if mean_square else 100.0


def layouts(shape: tuple[int | None, ...]) -> list[Layout]:
    """How an input of this shape may lay pictures out."""
    if len(shape) != 4:
        return []
    sure: list[Layout] = [layout for layout, place in _CHANNELS if shape[place] == 3]
    return sure or [layout for layout, place in _CHANNELS if shape[place] is None]


_CHANNELS: tuple[tuple[Layout, int], ...] = (("NCHW", 1), ("NHWC", 3))


def _choose(ranked: list[tuple[Reading, float]]) -> Reading:
    """The best reading, or of several as good the one whose range is usual.

    A network for -1..1 rebuilds pale pictures, too, and so manages 0..1 as well as its own range; the other way round
    half of all values are strange to it. Where all is linear the ranges differ in nothing.
    """
    told = "If the ranges are known, say what they are with --input-range and --output-range."
    best, psnr = ranked[0]
    if psnr < LEAST_PSNR_DB:
        raise AdoptError(
            f"No way of feeding these graphs gives the pictures back: the best, {best}, comes to {psnr:.1f} dB of "
            f"PSNR, and at least {LEAST_PSNR_DB:g} are needed. {told}"
        )
    near = {
        (reading.input_range, reading.output_range): reading
        for reading, each in reversed(ranked)  # so that the best with its ranges stays
        if psnr - each < LEAST_MARGIN_DB
    }
    if len(near) == 1:
        return best
    for name in _BY_USE:
        if (name, name) in near and all(first == last for first, last in near):
            return near[name, name]
    other = next(reading for reading in near.values() if reading != best)
    raise AdoptError(f"Two ways of feeding these graphs are as good as one another: {best}, and {other}. {told}")


_BY_USE: tuple[RangeName, ...] = ("-1..1", "0..1", "0..255")


def _try_all(
    encoder: ForeignGraph,
    decoder: ForeignGraph,
    pictures: NDArray[np.uint8],
    input_range: RangeName | None,
    output_range: RangeName | None,
    factors: tuple[float, ...],
) -> Iterator[tuple[Reading, float]]:
    """Every reading that runs, with its PSNR; each graph runs once for each of its inputs."""
    inputs: list[RangeName] = ["0..255"] if encoder.input_type == "uint8" else list(RANGES)
    if input_range:
        inputs = [input_range]
    for layout, name in product(layouts(encoder.input_shape), inputs):
        start = Reading(layout, name, "0..255", "", False, "", 1.0)
        try:
            outputs = encoder.run(as_input(start, pictures))
        except GraphError:
            continue
        for latent_output, half, factor in product(encoder.outputs, (False, True), factors):
            reading = replace(start, latent_output=latent_output, half=half, factor=factor)
            if outputs[latent_output].ndim in (2, 4):
                yield from _try_decoder(decoder, reading, take_latent(outputs, reading), pictures, output_range)


def _try_decoder(
    decoder: ForeignGraph,
    reading: Reading,
    latent: NDArray[np.float32],
    pictures: NDArray[np.uint8],
    output_range: RangeName | None,
) -> Iterator[tuple[Reading, float]]:
    wanted = latent.transpose(0, 2, 3, 1) if latent.ndim == 4 and reading.layout == "NHWC" else latent
    try:
        outputs = decoder.run(wanted)
    except GraphError:
        return
    for name, values in outputs.items():
        ranges: list[RangeName] = ["0..255"] if values.dtype == np.uint8 else list(RANGES)
        for each in ranges if output_range is None else [output_range]:
            found = replace(reading, image_output=name, output_range=each)
            try:
                rebuilt = as_levels(values, found)
            except GraphError:
                continue
            if rebuilt.shape == pictures.shape:
                yield found, psnr_db(rebuilt, pictures)
