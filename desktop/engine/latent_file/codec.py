"""A latent file of a picture: its code, quantised and entropy coded, to be opened again with the same model.

    4 bytes   "CVAE"
    1         version
    8         which model: the beginning of `model_key`, as bytes
    1         how the numbers are packed: 0 plain, 1 zlib, 2 LZMA
    2         step of the quantiser as float16, in standard deviations
    1         latent dimensions, then that many 2-byte lengths
    2 + 2     height and width of the picture, in pixels
    ...       the numbers

All integers are little-endian. Numbers are zigzag-coded: one byte each where all fit, or else two.
"""

from __future__ import annotations

import dataclasses
import lzma
import math
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.engine.disk.file_writer import write_file
from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import model_key
from desktop.engine.folder.sizes import latent_shape
from desktop.engine.gaussian import Floats
from desktop.engine.sliders.latents import LatentSpace
from export.bundle import BundleInfo, SizeRule

SUFFIX = ".cvae"
MAGIC, VERSION = b"CVAE", 1
DEFAULT_STEP = 0.25  # standard deviations
LARGEST_FILE = 16 << 20  # bytes
LARGEST_NUMBERS = 16 << 20
LARGEST_SIDE = 8192  # pixels
_HEAD = struct.Struct("<4sB8sBeB")
_LZMA = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 20, "lc": 0, "lp": 0, "pb": 0}]


@dataclasses.dataclass(frozen=True, eq=False)
class SmallFile:
    """What a latent file holds.

    Attributes:
        model: The first sixteen hexadecimal digits of the model that it needs: `model_key`.
        step: Of the quantiser, in standard deviations of each number.
        symbols: int32 in the code's shape: each number's offset from the mean, in steps.
        height, width: Of the picture as the model sees it, in pixels.
    """

    model: str
    step: float
    symbols: NDArray[np.int32]
    height: int
    width: int


def quantise(code: Floats, info: BundleInfo, space: LatentSpace, size: tuple[int, int], step: float) -> SmallFile:
    """A code `[C, h, w]` or `[D]` in whole steps from the mean, each step a share of its number's standard deviation.

    A map of another height and width than the trained one takes each channel's mean and deviation.

    Raises:
        InspectionError: The step is not between 0.001 and 16.
    """
    if not 1e-3 <= step <= 16:
        raise InspectionError("the step must be between 0.001 and 16 standard deviations, not {step:g}.", step=step)
    step = float(np.float16(step))  # as the file will say
    mean, unit = _scale(code.shape, space)
    symbols = np.rint((code - mean) / (unit * step)).clip(-32767, 32767).astype(np.int32)
    return SmallFile(model_key(info), step, symbols, *size)


def restore(small: SmallFile, space: LatentSpace) -> Floats:
    """The code that the symbols stand for, float32 in their shape."""
    mean, unit = _scale(small.symbols.shape, space)
    code: Floats = (mean + small.symbols * (unit * np.float32(small.step))).astype(np.float32)
    return code


def pack(small: SmallFile) -> bytes:
    """The bytes of a latent file, with whichever packing is shortest."""
    flat = small.symbols.reshape(-1)
    zigzag = np.where(flat < 0, -2 * flat - 1, 2 * flat)
    plain = zigzag.astype("<u1" if zigzag.max(initial=0) < 256 else "<u2").tobytes()
    packed = [plain, _deflate(plain), lzma.compress(plain, lzma.FORMAT_RAW, filters=_LZMA)]
    method = min(range(3), key=lambda each: len(packed[each]))
    shape = small.symbols.shape
    head = _HEAD.pack(MAGIC, VERSION, bytes.fromhex(small.model), method, small.step, len(shape))
    lengths = struct.pack(f"<{len(shape) + 2}H", *shape, small.height, small.width)
    return head + lengths + packed[method]


def unpack(content: bytes) -> SmallFile:
    """Reads the bytes of a latent file. Nothing is unpacked beyond what its shape allows.

    Raises:
        InspectionError: It is no latent file, of another version, or broken.
    """
    try:
        magic, version, model, method, step, dimensions = _HEAD.unpack_from(content)
        if magic != MAGIC:
            raise InspectionError("this is not a latent file of a picture.")
        if version != VERSION:
            raise InspectionError(
                "this latent file is of version {version}; this program reads version {version2}.",
                version=version,
                version2=VERSION,
            )
        if dimensions not in (1, 3):
            raise ValueError(f"{dimensions} dimensions")
        *shape, height, width = struct.unpack_from(f"<{dimensions + 2}H", content, _HEAD.size)
        count = math.prod(shape)
        if not (0 < count <= LARGEST_NUMBERS and 0 < height <= LARGEST_SIDE and 0 < width <= LARGEST_SIDE):
            raise ValueError(f"{count:,} numbers for {width} × {height} pixels")
        if not (math.isfinite(step) and step > 0):
            raise ValueError(f"a step of {step}")
        plain = _UNPACKERS[method](content[_HEAD.size + 2 * (dimensions + 2) :], 2 * count)
        if len(plain) not in (count, 2 * count):
            raise ValueError(f"{len(plain):,} bytes for {count:,} numbers")
    except (struct.error, ValueError, IndexError, zlib.error, lzma.LZMAError) as error:
        raise InspectionError("this latent file is broken ({error}).", error=error) from error
    zigzag = np.frombuffer(plain, "<u1" if len(plain) == count else "<u2").astype(np.int32)
    symbols = np.where(zigzag % 2, -(zigzag + 1) // 2, zigzag // 2).astype(np.int32).reshape(shape)
    return SmallFile(model.hex(), float(step), symbols, height, width)


def read_small(path: Path, info: BundleInfo) -> SmallFile:
    """Reads a latent file, and makes sure that it is this model's.

    Raises:
        InspectionError: It cannot be read, is too large or broken, or needs another model.
    """
    try:
        content = read_bounded(path, LARGEST_FILE)
    except OSError as error:
        raise InspectionError(
            "{path} cannot be read ({strerror}).", path=path, strerror=error.strerror or error
        ) from error
    try:
        small = unpack(content)
    except InspectionError as error:
        raise InspectionError("{path}: {error}", path=path, error=error) from error
    if small.model != model_key(info):
        raise InspectionError(
            "{path} was made with another model than {name} (its graphs begin {model}).",
            path=path,
            name=info.name,
            model=small.model,
        )
    if not info.size.accepts(small.height, small.width):
        raise InspectionError(
            "{path} is broken: {name} takes no picture of {width} × {height}.",
            path=path,
            name=info.name,
            width=small.width,
            height=small.height,
        )
    if small.symbols.shape != latent_shape(info, SizeRule("fixed", 1, small.height, small.width)):
        raise InspectionError(
            "{path} is broken: its latent has the shape {list}.", path=path, list=list(small.symbols.shape)
        )
    return small


def write_small(path: Path, small: SmallFile) -> int:
    """Writes a latent file; gives its length in bytes.

    Raises:
        InspectionError: The disk refused.
    """
    content = pack(small)
    write_file(path, content)
    return len(content)


def _scale(shape: tuple[int, ...], space: LatentSpace) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each number of a code of that shape, the deviation never 0."""
    if shape == space.shape:
        mean, std = space.mean.reshape(shape), space.std.reshape(shape)
    else:
        mean, std = (array[:, None, None] for array in (space.numbers.mean, space.numbers.std))
    smallest = max(1e-4 * float(std.max(initial=0)), 1e-12)
    return mean, np.maximum(std, np.float32(smallest))


def _deflate(plain: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(plain) + packer.flush()


def _inflate(packed: bytes, limit: int) -> bytes:
    return zlib.decompressobj(wbits=-15).decompress(packed, limit + 1)


def _unlzma(packed: bytes, limit: int) -> bytes:
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=_LZMA).decompress(packed, limit + 1)


_UNPACKERS: list[Callable[[bytes, int], bytes]] = [lambda packed, _: packed, _inflate, _unlzma]
