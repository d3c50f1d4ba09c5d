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
import shutil
import tempfile
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

FORMAT_VERSION = 1
INFO_FILE = "bundle.json"
REQUIRED_FILES = ("encoder.onnx", "decoder.onnx", "latents.npz", "README.md")
SAMPLERS_FILE = "samplers.npz"
GALLERY_FILE = "gallery.npz"
LARGEST_INFO_BYTES = 4 << 20
LARGEST_FILE_BYTES = 2 << 30


class BundleError(Exception):
    """A bundle that cannot be used; the message names the file or field and what is wrong with it."""


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
    """The label's column, such as `glasses`."""
    value: str | None
    """The value that the direction stands for; None where the factor is a number."""
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

    folder: Path
    info: BundleInfo

    def read(self, name: str) -> bytes:
        """The bytes of one file, once their SHA-256 is known to be the recorded one.

        Raises:
            BundleError: The file is not recorded, is missing, is a link, is too large, or was altered.
        """
        if name not in self.info.sha256:
            raise BundleError(f"{self.folder / INFO_FILE}: no file {name!r} is recorded there.")
        content = _read_limited(self.folder / name, LARGEST_FILE_BYTES)
        if hashlib.sha256(content).hexdigest() != self.info.sha256[name]:
            raise BundleError(f"{self.folder / name} was altered after the export (wrong SHA-256); export it again.")
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
    return (path / INFO_FILE).is_file()


def read_bundle(folder: Path) -> Bundle:
    """Reads and checks `bundle.json`, and that every file it records is there. Hashes are checked when a file is read.

    Raises:
        BundleError: No bundle, a missing or mistyped field, an unknown version, or a missing file.
    """
    if not folder.is_dir():
        raise BundleError(f"{folder} is not a bundle: there is no such folder.")
    path = folder / INFO_FILE
    try:
        raw = json.loads(_read_limited(path, LARGEST_INFO_BYTES))
    except (ValueError, RecursionError) as error:  # not JSON, or not UTF-8, or nested without end
        raise BundleError(f"{path} is not readable as JSON ({error}).") from error
    if not isinstance(raw, dict):
        raise BundleError(f"{path} must hold one JSON object.")
    version = raw.get("format_version")
    if version != FORMAT_VERSION:
        raise BundleError(f"{path}: format_version is {version!r}; this program reads version {FORMAT_VERSION}.")
    try:
        info: BundleInfo = _from_json(BundleInfo, raw, "")
    except _FieldError as error:
        raise BundleError(f"{path}: {error}.") from error
    _check(info, path)
    return Bundle(folder, info)


def check_place(folder: Path) -> None:
    """Looks whether a bundle may be written there: the folder is absent, empty, or a bundle.

    Raises:
        BundleError: It holds something else.
    """
    if folder.exists() and not is_bundle(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise BundleError(f"{folder} holds something that is not a bundle; choose another place with --out.")


def write_bundle(folder: Path, info: BundleInfo, files: Mapping[str, bytes]) -> Bundle:
    """Writes a bundle beside its place and renames it there; an older bundle in that place is replaced.

    Args:
        folder: Where the bundle goes. Must be absent, empty, or a bundle.
        info: What `bundle.json` will say; its `sha256` is filled in here.
        files: The content of each file but `bundle.json`; at least `REQUIRED_FILES`.

    Raises:
        BundleError: A required file is missing, or the folder holds something that is not a bundle.
        OSError: The disk refused; an older bundle stays whole.
    """
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    info = dataclasses.replace(info, sha256=hashes)
    _check_record(info, folder / INFO_FILE)
    check_place(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        fresh, old = Path(scratch, "new"), Path(scratch, "old")
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        text = json.dumps(dataclasses.asdict(info), indent=2, allow_nan=False)
        (fresh / INFO_FILE).write_text(text + "\n", encoding="utf-8")
        if folder.exists():
            folder.replace(old)
        try:
            fresh.replace(folder)
        except OSError:
            if old.exists():
                old.replace(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
    return read_bundle(folder)


def _read_limited(path: Path, limit: int) -> bytes:
    """A plain file's bytes, read only when it is no link and no larger than the limit."""
    try:
        if path.is_symlink():
            raise BundleError(f"{path} is a link; a bundle holds its own files.")
        size = path.stat().st_size
        if size > limit:
            raise BundleError(f"{path} has {size:,} bytes; at most {limit:,} are read.")
        with path.open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise BundleError(f"{path} cannot be read ({error.strerror or error}).") from error


def _check(info: BundleInfo, path: Path) -> None:
    """What types alone do not say, and the presence of every recorded file."""
    _check_record(info, path)
    for name in info.sha256:
        file = path.parent / name
        if file.is_symlink() or not file.is_file():
            raise BundleError(f"{file} is missing, or not a plain file.")


def _check_record(info: BundleInfo, path: Path) -> None:
    for name in info.sha256:
        if name != Path(name).name or name in ("", ".", "..", INFO_FILE) or "\\" in name or ":" in name:
            raise BundleError(f"{path}: sha256 names {name!r}, which is not a plain file name.")
    for name in REQUIRED_FILES:
        if name not in info.sha256:
            raise BundleError(f"{path}: sha256 has no entry for {name}.")
    if min(info.size.height, info.size.width, info.size.multiple) < 1:
        raise BundleError(f"{path}: size must be positive.")
    if len(info.latent.shape) != {"map": 3, "vector": 1}[info.latent.kind] or min(info.latent.shape) < 1:
        raise BundleError(f"{path}: latent.shape {info.latent.shape} does not fit a {info.latent.kind}.")
    if info.samplers and SAMPLERS_FILE not in info.sha256:
        raise BundleError(f"{path}: samplers are named, but sha256 has no entry for {SAMPLERS_FILE}.")
    for side, graph in (("encoder", info.encoder), ("decoder", info.decoder)):
        if len(graph.inputs) != 1 or len(graph.outputs) != 1:
            raise BundleError(f"{path}: {side} must have one input and one output.")


class _FieldError(Exception):
    """A field of the JSON that is missing or of the wrong type."""


def _from_json(kind: Any, value: Any, where: str) -> Any:
    """Builds `kind` (a dataclass, tuple, dict, Literal, union or plain type) from parsed JSON, strictly.

    Raises:
        _FieldError: A field is missing, unknown, or of another type.
    """
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return value
    if dataclasses.is_dataclass(kind):
        return _dataclass_from_json(typing.cast(type, kind), value, where)
    if origin is Literal:
        if value not in arguments:
            raise _FieldError(f"{where} is {value!r}; it must be one of {', '.join(map(str, arguments))}")
        return value
    if origin is tuple:
        return _tuple_from_json(arguments, value, where)
    if origin is dict:
        if not isinstance(value, dict):
            raise _FieldError(f"{where} must be an object")
        return {key: _from_json(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if origin is types.UnionType:
        if type(value) not in arguments:
            raise _FieldError(f"{where} has the wrong type")
        return value
    if kind is float and type(value) is int:
        value = float(value) if abs(value) < 1e300 else math.inf  # JSON knows integers that no float can hold
    if type(value) is not kind or (kind is float and not math.isfinite(value)):
        raise _FieldError(f"{where} must be a {kind.__name__}")
    return value


def _dataclass_from_json(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise _FieldError(f"{where} must be an object")
    hints = typing.get_type_hints(kind)
    prefix = f"{where}." if where else ""
    for name in hints:
        if name not in value:
            raise _FieldError(f"the field {prefix}{name} is missing")
    for name in value:
        if name not in hints:
            raise _FieldError(f"the field {prefix}{name} is not known")
    return kind(**{name: _from_json(hint, value[name], prefix + name) for name, hint in hints.items()})


def _tuple_from_json(arguments: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _FieldError(f"{where} must be a list")
    if arguments[-1] is Ellipsis:
        arguments = (arguments[0],) * len(value)
    if len(value) != len(arguments):
        raise _FieldError(f"{where} must have {len(arguments)} entries")
    return tuple(_from_json(kind, item, f"{where}[{i}]") for i, (kind, item) in enumerate(zip(arguments, value)))
