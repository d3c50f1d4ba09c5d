"""The contract between export and desktop: what a bundle is, how it is read, checked and written.

A bundle is a folder with two ONNX graphs and everything that a program must know to run them:

    encoder.onnx   image  uint8 [N, H, W, 3] RGB  ->  latent float32 [N, C, h, w] or [N, D]
    decoder.onnx   latent                         ->  image
    latents.npz    arrays for the sliders and the concepts, and `distance_quantiles`
    README.md      the model card
    bundle.json    `BundleInfo`, written as JSON

and, where `BundleInfo` says so,

    samplers.npz   what random latents are drawn from
    gallery.npz    training pictures: `thumbnails` uint8 [G, t, t, 3] RGB, t <= 64, and their `latents` [G, D], float16
    proof.npz      a few pictures with the network's own latents and decodings, for `export.verify`

and, in a copy that a user of the desktop saved with thresholds in it,

    judge.npz      the desktop's own: scores fitted to good pictures and calibrated; `thresholds` are then of those

The same files as one uncompressed zip, `NAME.convae`, are a packed bundle.

Latents in these arrays are flattened to D numbers. Whitened coordinates [K] are a latent's offset from the mean along
each principal axis, divided by the spread along it. A latent's distance is the root mean square of them, about 1 for an
ordinary picture: `distance_quantiles` float32 [101] has its percentiles 0, 1, ... 100 over training pictures, so that a
reader can tell how far from them a latent lies.

Standard library only, so that the desktop can use it without torch or onnx.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from export import bundle_json
from export.bundle_store import BundleError as BundleError
from export.bundle_store import Store, is_packed, is_plain_name, open_store, write_store

FORMAT_VERSION = 1
INFO_FILE = "bundle.json"
REQUIRED_FILES = ("encoder.onnx", "decoder.onnx", "latents.npz", "README.md")
SAMPLERS_FILE = "samplers.npz"
GALLERY_FILE = "gallery.npz"
PROOF_FILE = "proof.npz"
LARGEST_INFO_BYTES = 4 << 20
LARGEST_FILE_BYTES = 512 << 20  # the widest network that the trainer builds comes to a quarter of this
LARGEST_BUNDLE_BYTES = 1 << 30
LARGEST_FILES = 32
LARGEST_SIDE = 8192  # pixels, of the trained size
LARGEST_LATENT = 1 << 24  # numbers, for a picture of the trained size


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
    """Which picture sizes the graphs take, in pixels.

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
        """How many numbers the latent of one picture of the trained size holds."""
        return math.prod(self.shape)


@dataclasses.dataclass(frozen=True)
class ArchitectureInfo:
    """The network family and the options it was built with."""

    name: str
    options: dict[str, Any]


@dataclasses.dataclass(frozen=True)
class GraphCost:
    """What one graph takes to keep and to run."""

    nodes: int
    parameters: int
    """Numbers in its weights."""
    flops: int
    """Floating point operations of its convolutions and matrix products for one picture of the trained size; a
    multiplication and an addition count as two."""
    file_bytes: int


@dataclasses.dataclass(frozen=True)
class Placement:
    """Which nodes would leave the GPU where onnxruntime's CUDA provider is asked for."""

    source: Literal["measured", "listed"]
    """`measured` by a run on a GPU, or, where the export had none, `listed`: looked up by operator."""
    outside_gpu: tuple[str, ...]
    """Each as `encoder.onnx: NODE (OPERATOR)`."""


@dataclasses.dataclass(frozen=True)
class Parity:
    """How far onnxruntime's outputs were from torch's over all sizes and batch sizes tried.

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
    """What the bundle's precision costs in quality, and what it gains in time on the exporter's CPU."""

    psnr_loss_db: float
    """By how much held-out PSNR falls from the fp32 network to these graphs; negative where it rises."""
    psnr_to_reference_db: float
    """PSNR between the pictures that the fp32 network and these graphs rebuild, mean over pictures; at most 100 dB."""
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
class BundleInfo:
    """Everything in `bundle.json`. Every field must be there: a reader assumes nothing."""

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


@dataclasses.dataclass(frozen=True)
class Bundle:
    """A bundle on disk whose `bundle.json` was read and found whole."""

    store: Store
    info: BundleInfo

    @property
    def path(self) -> Path:
        """The folder, or the packed file."""
        return self.store.path

    @property
    def folder(self) -> Path:
        """The folder of a bundle that lies in one; what works with packed bundles too uses `read` and `path`."""
        assert self.path.is_dir(), f"{self.path} is packed"
        return self.path

    def read(self, name: str) -> bytes:
        """The bytes of one file, once their SHA-256 is known to be the recorded one.

        Raises:
            BundleError: The file is not recorded, is missing, is a link, is too large, or was altered.
        """
        if name not in self.info.sha256:
            raise BundleError(f"{self.path / INFO_FILE}: no file {name!r} is recorded there.")
        content = self.store.read(name, LARGEST_FILE_BYTES)
        if hashlib.sha256(content).hexdigest() != self.info.sha256[name]:
            raise BundleError(f"{self.path / name} was altered after the export (wrong SHA-256); export it again.")
        return content

    def verify(self) -> None:
        """Reads every file and checks its hash.

        Raises:
            BundleError: As `read` does, for the first file that fails.
        """
        for name in self.info.sha256:
            self.read(name)


def is_bundle(path: Path) -> bool:
    """Whether the path looks like a bundle; reading it may still fail."""
    return (is_packed(path) and path.is_file()) or (path / INFO_FILE).is_file()


def read_bundle(path: Path) -> Bundle:
    """Reads and checks `bundle.json`, and that every file it records is there. Hashes are checked when a file is read.

    Args:
        path: The bundle's folder, or its packed file.

    Raises:
        BundleError: No bundle, a missing or mistyped field, an unknown version, a missing file, or more bytes than are
            ever read.
    """
    store, where = open_store(path), path / INFO_FILE
    try:
        raw = bundle_json.parse(store.read(INFO_FILE, LARGEST_INFO_BYTES))
    except ValueError as error:
        raise BundleError(f"{where} is not readable as JSON ({error}).") from error
    if not isinstance(raw, dict):
        raise BundleError(f"{where} must hold one JSON object.")
    version = raw.get("format_version")
    if version != FORMAT_VERSION:
        shown = repr(version)[: bundle_json.SHOWN]
        raise BundleError(f"{where}: format_version is {shown}; this program reads version {FORMAT_VERSION}.")
    try:
        info: BundleInfo = bundle_json.from_json(BundleInfo, raw, "")
    except bundle_json.FieldError as error:
        raise BundleError(f"{where}: {error}.") from error
    _check_record(info, where)
    if sum(store.size(name) for name in info.sha256) > LARGEST_BUNDLE_BYTES:
        raise BundleError(f"{path} holds more than {LARGEST_BUNDLE_BYTES:,} bytes, which is not read.")
    return Bundle(store, info)


def check_place(place: Path) -> None:
    """Looks whether a bundle may be written there: nothing is there, or an empty folder, or a bundle of the same form.

    Raises:
        BundleError: It holds something else.
    """
    if not place.exists():
        return
    if place.is_dir() and not is_packed(place) and (is_bundle(place) or not any(place.iterdir())):
        return
    try:
        if place.is_file() and is_packed(place) and open_store(place).size(INFO_FILE):
            return
    except BundleError:
        pass
    raise BundleError(f"{place} holds something that is not a bundle; choose another place with --out.")


def write_bundle(place: Path, info: BundleInfo, files: Mapping[str, bytes]) -> Bundle:
    """Writes a bundle beside its place and renames it there; an older bundle in that place is replaced.

    Args:
        place: Where the bundle goes: a folder, or with the suffix `.convae` one packed file. See `check_place`.
        info: What `bundle.json` will say; its `sha256` is filled in here.
        files: The content of each file but `bundle.json`; at least `REQUIRED_FILES`.

    Raises:
        BundleError: A required file is missing, or the place holds something that is not a bundle.
        OSError: The disk refused; an older bundle stays whole.
    """
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    info = dataclasses.replace(info, sha256=hashes)
    _check_record(info, place / INFO_FILE)
    check_place(place)
    text = json.dumps(dataclasses.asdict(info), indent=2, allow_nan=False) + "\n"
    write_store(place, {INFO_FILE: text.encode(), **files})
    return read_bundle(place)


def _check_record(info: BundleInfo, path: Path) -> None:
    for name in info.sha256:
        if name == INFO_FILE or not is_plain_name(name):
            raise BundleError(f"{path}: sha256 names {name!r}, which is not a plain file name.")
    if len(info.sha256) > LARGEST_FILES:
        raise BundleError(f"{path}: sha256 names {len(info.sha256)} files; at most {LARGEST_FILES} are read.")
    for name in REQUIRED_FILES:
        if name not in info.sha256:
            raise BundleError(f"{path}: sha256 has no entry for {name}.")
    if min(info.size.height, info.size.width, info.size.multiple) < 1:
        raise BundleError(f"{path}: size must be positive.")
    if max(info.size.height, info.size.width, info.size.multiple) > LARGEST_SIDE:
        raise BundleError(f"{path}: size is beyond {LARGEST_SIDE:,} pixels, which no graph is run at.")
    if len(info.latent.shape) != {"map": 3, "vector": 1}[info.latent.kind] or min(info.latent.shape) < 1:
        raise BundleError(f"{path}: latent.shape {info.latent.shape} does not fit a {info.latent.kind}.")
    if info.latent.size > LARGEST_LATENT:
        raise BundleError(f"{path}: latent.shape {info.latent.shape} holds more than {LARGEST_LATENT:,} numbers.")
    if info.samplers and SAMPLERS_FILE not in info.sha256:
        raise BundleError(f"{path}: samplers are named, but sha256 has no entry for {SAMPLERS_FILE}.")
    for side, graph in (("encoder", info.encoder), ("decoder", info.decoder)):
        if len(graph.inputs) != 1 or len(graph.outputs) != 1:
            raise BundleError(f"{path}: {side} must have one input and one output.")
