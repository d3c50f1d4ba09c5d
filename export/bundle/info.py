"""The fields of `bundle.json`; `export.bundle` reads and writes it, and names all of this again.

Standard library only, as `export.bundle` is.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any, Literal


@dataclasses.dataclass(frozen=True)
class TensorInfo:
    """One input or output of a graph: a free dimension has a name in `shape`, a fixed one its length."""

    name: str
    type: str
    shape: tuple[int | str, ...]


@dataclasses.dataclass(frozen=True)
class GraphInfo:
    """The inputs and outputs of one ONNX file of the bundle."""

    inputs: tuple[TensorInfo, ...]
    outputs: tuple[TensorInfo, ...]


@dataclasses.dataclass(frozen=True)
class SizeRule:
    """The picture sizes that the graphs take, in pixels.

    `fixed`: `height` x `width` and no other. `multiple`: any size that `multiple` divides;
    `height` x `width` is then the size trained at.
    """

    kind: Literal["fixed", "multiple"]
    multiple: int
    height: int
    width: int

    def accepts(self, height: int, width: int) -> bool:
        """Whether the graphs take a picture of this size."""
        if self.kind == "fixed":
            return (height, width) == (self.height, self.width)
        return height > 0 and width > 0 and height % self.multiple == 0 and width % self.multiple == 0


@dataclasses.dataclass(frozen=True)
class LatentInfo:
    """The latent of one picture of the trained size: `[C, h, w]` for a map, `[D]` for a vector."""

    kind: Literal["map", "vector"]
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """The count of numbers in the latent of one picture of the trained size."""
        return math.prod(self.shape)


@dataclasses.dataclass(frozen=True)
class ArchitectureInfo:
    """The network family and the options it was built with."""

    name: str
    options: dict[str, Any]


@dataclasses.dataclass(frozen=True)
class GraphCost:
    """The cost of keeping and running one graph."""

    nodes: int
    parameters: int
    """Numbers in its weights."""
    flops: int
    """Floating point operations of its convolutions and matrix products for one picture of the trained size; a
    multiplication and an addition count as two."""
    file_bytes: int


@dataclasses.dataclass(frozen=True)
class Placement:
    """The nodes that would leave the GPU where onnxruntime's CUDA provider is asked for."""

    source: Literal["measured", "listed"]
    """`measured` by a run on a GPU, or, where the export had none, `listed`: looked up by operator."""
    outside_gpu: tuple[str, ...]
    """Each as `encoder.onnx: NODE (OPERATOR)`."""


@dataclasses.dataclass(frozen=True)
class Parity:
    """The differences between onnxruntime's outputs and torch's over all sizes and batch sizes tried.

    Latent differences are relative to the latents' standard deviation, image differences are in 8-bit levels (0-255).
    The reference is always the network in fp32, whatever the bundle's precision.
    """

    latent_largest: float
    latent_mean: float
    image_largest: float
    """Of pictures that the decoder made from the reference's own latents."""
    image_mean: float
    round_trip_largest: float
    """Of pictures that went through encoder and decoder, uint8 to uint8."""
    round_trip_mean: float
    psnr_db: float
    """Between the two sides' round trips, over all their pixels; at most 100 dB."""
    sizes: tuple[tuple[int, int], ...]
    batch_sizes: tuple[int, ...]
    provider: str


@dataclasses.dataclass(frozen=True)
class Quality:
    """Held-out quality: means over pictures, through the exported graphs. PSNR in dB; SSIM in [-1, 1]."""

    psnr_db: float
    ssim: float
    pictures: int
    data: str


@dataclasses.dataclass(frozen=True)
class PrecisionCheck:
    """The cost of the bundle's precision in quality, and its gain in time on the exporter's CPU."""

    psnr_loss_db: float
    """By how much held-out PSNR falls from the fp32 network to these graphs; negative where it rises."""
    psnr_to_reference_db: float
    """PSNR between reconstructions of the fp32 network and of these graphs, mean over pictures; at most 100 dB."""
    pictures: int
    milliseconds: float
    """One picture of the trained size through encoder and decoder, the median of several."""
    fp32_milliseconds: float
    """The same with fp32 graphs, measured in turn with these."""
    processor: str


@dataclasses.dataclass(frozen=True)
class Concept:
    """A direction in latent space along which one labelled property of the training pictures changes.

    Row i of `concepts [M, D]`, `concept_spread [M]`, `concept_low [M]` and `concept_high [M]` in `latents.npz` is
    concept i: a unit direction, the latents' standard deviation along it, and the 0.5 and 99.5 percentiles of their
    offset from the mean. The positive end has more of the property.
    """

    name: str
    """For people: `glasses: round`, or the factor alone where it is a number."""
    factor: str
    """The label's column, such as `glasses`; or `hair_lightness`, `hair_redness` or `hair_warmth` of a colour, whose
    columns are its hue, its saturation and its value."""
    value: str | None
    """The value that the direction stands for, `any` for all but `none`; None where the factor is a number."""
    measure: Literal["accuracy", "r2"]
    """What `score` is: a linear probe's balanced accuracy for a value, or its R2 for a number."""
    score: float
    """On held-out pictures; accuracy in [0, 1], R2 at most 1."""
    leak: float
    """How far the direction moves the probe of the other factor that it moves most, in that probe's standard
    deviations, while it moves its own by one; 0 where there is no other."""
    leaks_to: str | None
    """The name of what it moves so, or None."""


@dataclasses.dataclass(frozen=True)
class SamplerInfo:
    """One of the distributions that random latents can be drawn from, by its arrays in `samplers.npz`.

    That file has the whitening that all share: `mean [D]`, `axes [K, D]` and `spread [K]`.

    `gaussian`: whitened coordinates are standard normal; no arrays of its own.
    `mixture`: a Gaussian mixture of whitened coordinates: `mixture_weights [M]`, `mixture_means [M, K]` and
    `mixture_factors [M, K, K]`, lower Cholesky factors of the covariances.
    `prior`: the latent itself is standard normal, D numbers; a VAE's prior, no arrays of its own.
    `uniform`: the latent itself is uniform in [0, 1), D numbers; the seed's own random feature map.
    """

    name: Literal["gaussian", "mixture", "prior", "uniform"]
    distance: float
    """How far what it draws is from real pictures: the mean distance, in whitened coordinates and divided by the square
    root of K, from a drawn latent to the nearest one of a training picture."""


@dataclasses.dataclass(frozen=True)
class ErrorThreshold:
    """The reconstruction error that this share of held-out, ordinary pictures exceeds."""

    false_alarm_rate: float
    """In (0, 1)."""
    mean_squared_error: float
    """Of pixels in [0, 1], over a whole picture."""


@dataclasses.dataclass(frozen=True)
class Floor:
    """A linear code with as many numbers as the latent, fitted to the training pictures: what a network must beat."""

    code: Literal["whole", "blocks", "lapped"]
    """PCA of whole pictures, PCA of 8x8 blocks, or the best linear code of overlapping windows."""
    numbers: int
    """For a whole picture, or for each 8x8 block."""
    psnr_db: float
    """Mean over the held-out pictures of the training, before its first step."""


@dataclasses.dataclass(frozen=True)
class Interval:
    """A mean over seeds, with the bootstrap's interval of it at 95 %."""

    mean: float
    low: float
    high: float


@dataclasses.dataclass(frozen=True)
class CodeScores:
    """How far the numbers of one code stand for one labelled factor each, over held-out pictures; each at most 1."""

    code: Literal["raw numbers", "principal", "independent", "concepts"]
    pictures: int
    seeds: int
    dci_disentanglement: Interval
    dci_completeness: Interval
    dci_informativeness: Interval
    mig: Interval
    sap: Interval
    info_m: Interval
    info_c: Interval
    info_e: Interval


@dataclasses.dataclass(frozen=True)
class BundleInfo:
    """Everything in `bundle.json`. Every field but the last two must be there: a reader assumes nothing."""

    format_version: int
    name: str
    architecture: ArchitectureInfo
    size: SizeRule
    latent: LatentInfo
    encoder: GraphInfo
    decoder: GraphInfo
    encoder_cost: GraphCost
    decoder_cost: GraphCost
    placement: Placement
    precision: Literal["fp32", "fp16", "int8"]
    precision_check: PrecisionCheck
    opset: int
    parity: Parity
    quality: Quality
    concepts: tuple[Concept, ...]
    samplers: tuple[SamplerInfo, ...]
    thresholds: tuple[ErrorThreshold, ...]
    training: dict[str, Any]
    versions: dict[str, str]
    sha256: dict[str, str]
    floors: tuple[Floor, ...] = ()
    """Of the run; none in bundles that were made before runs had them, and in adopted ones."""
    disentanglement: tuple[CodeScores, ...] = ()
    """Of each kind of code, for a vector latent whose pictures have labels; else none."""
