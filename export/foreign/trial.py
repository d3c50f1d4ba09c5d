"""The meaning of foreign graphs, found by trying: a pair is fed right when it gives the pictures back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from export.errors import AdoptError, GraphError
from export.foreign.choice import STEP_MARGIN_DB, choose
from export.foreign.pair import ForeignGraph
from export.foreign.reading import (
    COUNTS,
    IMAGENET,
    PLAIN,
    Channels,
    Floats,
    Layout,
    Reading,
    as_input,
    as_levels,
    decode,
    encode,
    take_latent,
    to_grey,
)

# What stands between the latents of some exports and their decoders: Stable Diffusion's, SDXL's, FLUX's and SD3's
# latents are shifted and divided by their spread on the way to their denoiser, in one graph and not in the other.
KNOWN_STEPS = ((0.18215, 0.0), (0.13025, 0.0), (0.3611, 0.0), (0.3611, 0.1159), (1.5305, 0.0609))
GOOD_PSNR_DB = 20.0  # from here on no factor is looked for
CHANNEL_MARGIN_DB = 0.1  # by which BGR must beat RGB on average, and by so many standard errors of the difference
CHANNEL_ERRORS = 2.0
AT_ONCE = 8  # pictures of a batch
CLOSEST = 6  # readings whose channels are tried in other orders


@dataclass(frozen=True)
class Told:
    """The user's own knowledge, which is not put to the trial.

    Attributes:
        input_range, output_range: Names of ranges.
        channels: The order of colours, of both graphs.
        factor: What the latent is multiplied by on its way to the decoder.
    """

    input_range: str | None = None
    output_range: str | None = None
    channels: Literal["rgb", "bgr"] | None = None
    factor: float | None = None


@dataclass(frozen=True)
class Evidence:
    """The result of the trials."""

    reading: Reading
    psnr_db: float
    others: tuple[tuple[Reading, float], ...]
    """The other readings that ran, best first, and their PSNR in dB."""


def find_reading(
    encoder: ForeignGraph,
    decoder: ForeignGraph,
    pictures: NDArray[np.uint8],
    told: Told | None = None,
    more: NDArray[np.uint8] | None = None,
) -> Evidence:
    """Tries every way to take the pair on real pictures.

    Args:
        encoder: Takes pictures.
        decoder: Takes latents.
        pictures: uint8 [B, H, W, 3], of a size that the encoder takes.
        told: What the user knows. Where both ranges are told, a low PSNR is the user's to judge.
        more: Further pictures, to tell the order of colours where it hardly matters; `pictures` where there are none.

    Raises:
        AdoptError: Nothing runs, nothing gives the pictures back, or two readings are equally good.
    """
    told = told or Told()
    trial = _Trial(encoder, decoder, pictures, told)
    own = [(1.0 if told.factor is None else told.factor, 0.0)]
    tried = dict(trial.readings(own))
    if not tried and len(pictures) > 1:
        find_reading(encoder, decoder, pictures[:1], told)  # which says why, if that fails, too
        raise AdoptError(
            f"{encoder.path} and {decoder.path} take one picture at a time; export them with a free batch."
        )
    if not tried:
        raise AdoptError(_does_not_run(encoder, decoder, pictures))
    ranges_told = told.input_range is not None and told.output_range is not None
    if max(tried.values()) < GOOD_PSNR_DB and told.factor is None and not ranges_told:
        best = max(tried.values())
        stepped = dict(trial.readings(_steps()))
        if stepped and max(stepped.values()) >= best + STEP_MARGIN_DB:
            tried |= stepped
    ranked = sorted(tried.items(), key=lambda each: -each[1])
    best_reading = ranked[0][0] if ranges_told else choose(ranked)
    if told.channels is None:
        best_reading = trial.in_better_order(best_reading, pictures if more is None else more)
    others = tuple(each for each in ranked if each[0] != best_reading)
    return Evidence(best_reading, tried.get(best_reading, ranked[0][1]), others)


def psnr_db(reconstructed: NDArray[np.uint8], pictures: NDArray[np.uint8]) -> float:
    """Peak signal-to-noise ratio in dB over all pictures; at most 100."""
    mean_square = float(np.square(reconstructed.astype(np.float64) - pictures).mean())
    return min(100.0, 10 * math.log10(255**2 / mean_square)) if mean_square else 100.0


def layouts(shape: tuple[int | None, ...]) -> list[tuple[Layout, int | None]]:
    """The layouts that an input of this shape may have, and how many channels it has; None where that is free."""
    if len(shape) != 4:
        return []
    sure = [(layout, shape[place]) for layout, place in _CHANNELS if shape[place] in (3, 1, 4)]
    sure.sort(key=lambda found: found[1] != 3)  # 3 x 4 x 4 x 3 may be either; what has three channels comes first
    return sure or [(layout, None) for layout, place in _CHANNELS if shape[place] is None]


_CHANNELS: tuple[tuple[Layout, int], ...] = (("NCHW", 1), ("NHWC", 3))


def _steps() -> list[tuple[float, float]]:
    """Factors and shifts, in the one graph and in the other."""
    ways = [(scale, -shift * scale) for scale, shift in KNOWN_STEPS]
    return [*ways, *((1 / scale, shift) for scale, shift in KNOWN_STEPS)]


def _does_not_run(encoder: ForeignGraph, decoder: ForeignGraph, pictures: NDArray[np.uint8]) -> str:
    """Why nothing ran, as far as shapes tell."""
    shapes = [shape for shape in map(_shape, encoder.output_shapes) if shape]
    unusual = next((shape for shape in shapes if len(shape) not in (2, 4)), None)
    if unusual is not None:
        return (
            f"{encoder.path} gives a latent of the shape {list(unusual)}; a latent is a vector [N, D] or a map "
            "[N, C, H, W]. Export it again with such a shape."
        )
    return (
        f"{encoder.path} and {decoder.path} do not run together on pictures of {pictures.shape[2]} x "
        f"{pictures.shape[1]} in any way that was tried. Is the encoder the first of the two? Another --size may help."
    )


def _shape(dimensions: Sequence[int | None]) -> tuple[int | str, ...]:
    return tuple("N" if length is None else length for length in dimensions)


class _Trial:
    """A pair, the pictures that it is tried on, and what need not be tried."""

    def __init__(self, encoder: ForeignGraph, decoder: ForeignGraph, pictures: NDArray[np.uint8], told: Told) -> None:
        self._encoder, self._decoder, self._pictures, self._told = encoder, decoder, pictures, told
        self._grey = to_grey(pictures)

    def readings(self, steps: Iterable[tuple[float, float]]) -> Iterator[tuple[Reading, float]]:
        """Every reading that runs, with its PSNR; then the best ones with their colours in other orders."""
        found: dict[Reading, float] = {}
        first = self._told.channels or "rgb"
        for start in self._starts(first):
            found |= dict(self._from(start, steps, first))
        yield from found.items()
        if self._told.channels is None:
            best = sorted(found, key=lambda reading: -found[reading])[:CLOSEST]
            for reading in best:
                yield from self._in_other_orders(reading)

    def in_better_order(self, reading: Reading, pictures: NDArray[np.uint8]) -> Reading:
        """The reading, or the same with blue first where that gives the pictures back clearly better."""
        orders = _orders(reading)
        if not orders:
            return reading
        usual = self._of_each(reading, pictures)
        best, margin = reading, CHANNEL_MARGIN_DB
        for changed in orders:
            gain = self._of_each(changed, pictures) - usual
            error = float(gain.std(ddof=1)) / math.sqrt(len(gain)) if len(gain) > 1 else math.inf
            if gain.mean() > margin and gain.mean() > CHANNEL_ERRORS * error:
                best, margin = changed, float(gain.mean())
        return best

    def _of_each(self, reading: Reading, pictures: NDArray[np.uint8]) -> NDArray[np.float64]:
        """The PSNR of each picture, in dB."""
        found = []
        for start in range(0, len(pictures), AT_ONCE):
            batch = pictures[start : start + AT_ONCE]
            made = decode(self._decoder, reading, encode(self._encoder, reading, batch))
            found += [psnr_db(each, picture) for each, picture in zip(made, batch)]
        return np.array(found)

    def _starts(self, colours: Channels) -> Iterator[Reading]:
        """The ways to feed the encoder."""
        names = ["0..255"] if self._encoder.input_type == "uint8" else [*PLAIN, IMAGENET]
        for (layout, count), name in product(
            layouts(self._encoder.input_shape), [self._told.input_range] if self._told.input_range else names
        ):
            channels = _named(count, colours)
            if not (name == IMAGENET and channels in ("grey", "rgba")):
                yield Reading(layout, name, "0..255", "", False, "", input_channels=channels)

    def _from(
        self, start: Reading, steps: Iterable[tuple[float, float]], colours: Channels
    ) -> Iterator[tuple[Reading, float]]:
        try:
            outputs = self._encoder.run(as_input(start, self._pictures))
        except GraphError:
            return
        for latent_output, half, (factor, shift) in product(self._encoder.outputs, (False, True), steps):
            reading = replace(start, latent_output=latent_output, half=half, factor=factor, shift=shift)
            if outputs[latent_output].ndim in (2, 4):
                yield from self._decoded(reading, take_latent(outputs, reading), colours)

    def _decoded(self, reading: Reading, latent: Floats, colours: Channels) -> Iterator[tuple[Reading, float]]:
        """The decoder's pictures of a latent, in every range."""
        wanted = latent.transpose(0, 2, 3, 1) if latent.ndim == 4 and reading.layout == "NHWC" else latent
        try:
            outputs = self._decoder.run(wanted)
        except GraphError:
            return
        for name, values in outputs.items():
            ranges = ["0..255"] if values.dtype == np.uint8 else [*PLAIN, IMAGENET]
            count = None if values.ndim != 4 else values.shape[1 if reading.layout == "NCHW" else 3]
            for each in [self._told.output_range] if self._told.output_range else ranges:
                found = replace(reading, image_output=name, output_range=each, output_channels=_named(count, colours))
                yield from self._measured(found, values)

    def _measured(self, reading: Reading, values: NDArray[np.generic]) -> Iterator[tuple[Reading, float]]:
        try:
            levels = as_levels(values, reading)
        except GraphError:
            return
        wanted = self._grey if reading.is_grey else self._pictures
        if levels.shape == wanted.shape:
            yield reading, psnr_db(levels, wanted)

    def _in_other_orders(self, reading: Reading) -> Iterator[tuple[Reading, float]]:
        """The same with blue first: going in, coming out, or both."""
        for changed in _orders(reading):
            try:
                outputs = self._encoder.run(as_input(changed, self._pictures))
                latent = take_latent(outputs, changed)
                wanted = latent.transpose(0, 2, 3, 1) if latent.ndim == 4 and reading.layout == "NHWC" else latent
                yield from self._measured(changed, self._decoder.run(wanted)[changed.image_output])
            except GraphError:
                continue


def _orders(reading: Reading) -> list[Reading]:
    """The reading with blue first: on both sides, going in, and coming out; none where it has other channels."""
    if (reading.input_channels, reading.output_channels) != ("rgb", "rgb"):
        return []
    orders: tuple[tuple[Channels, Channels], ...] = (("bgr", "bgr"), ("bgr", "rgb"), ("rgb", "bgr"))
    return [replace(reading, input_channels=into, output_channels=out) for into, out in orders]


def _named(count: int | None, colours: Channels) -> Channels:
    """What so many channels hold; three of them, or an unknown number, are colours in the order given."""
    for name in ("grey", "rgba"):
        if count == COUNTS[name]:
            return name
    return colours
