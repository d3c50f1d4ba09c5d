"""A bundle's npz files, read safely: everything is known from the headers before anything is unpacked.

The standard library and numpy alone.
"""

from __future__ import annotations

import io
import math
import zipfile
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from export.bundle import Bundle, BundleError
from export.bundle.store import LARGEST_DIRECTORY_BYTES, ZIP_TAIL_BYTES, check_zip_end

Arrays = dict[str, NDArray[Any]]

LARGEST_BYTES = 256 << 20  # of all arrays of one file: both kinds of 64 axes of a million numbers, as float16
LARGEST_HEADER_BYTES = 4096
KINDS = "fiub"  # plain numbers

_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def read_arrays(bundle: Bundle, name: str) -> Arrays:
    """Every array of one npz file of the bundle, by name.

    Raises:
        BundleError: The file was altered or cannot be read, is no npz file, holds anything but plain numbers, or
            unpacks to more than `LARGEST_BYTES`.
    """
    where, limit = f"{bundle.path / name}", LARGEST_BYTES + LARGEST_DIRECTORY_BYTES
    if name in bundle.info.sha256 and bundle.store.size(name) > limit:
        raise BundleError("{where} has more than {limit:,} bytes, which is not read.", where=where, limit=limit)
    content = bundle.read(name)
    check_zip_end(where, content[-ZIP_TAIL_BYTES:])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if len({member.filename for member in members}) < len(members):
                raise BundleError("{where} holds one array twice.", where=where)
            if sum(member.file_size for member in members) > LARGEST_BYTES:
                raise BundleError(
                    "{path} unpacks to more than {largest_bytes} MiB.", path=where, largest_bytes=LARGEST_BYTES >> 20
                )
            return {_key(where, member.filename): _read(where, packed, member) for member in members}
    except (BundleError, MemoryError):
        raise
    except Exception as error:  # zipfile, zlib and numpy each raise their own kinds on broken data
        raise BundleError("{where} is not a readable npz file ({error}).", where=where, error=error) from error


def _key(where: str, member: str) -> str:
    if not member.endswith(".npy"):
        raise BundleError("{where} is not a readable npz file (it holds {member!r}).", where=where, member=member)
    return member.removesuffix(".npy")


def _read(where: str, packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray[Any]:
    """One array: its numbers are unpacked once type, shape and length are known to fit together."""
    with packed.open(member) as file:
        shape, fortran, kind = _header(file)
        if kind.kind not in KINDS:
            raise BundleError(
                "{where}: the array {filename} holds {kind}; only plain numbers are read.",
                where=where,
                filename=member.filename,
                kind=kind,
            )
        length = math.prod(shape) * kind.itemsize
        if file.tell() + length != member.file_size:
            raise BundleError(
                "{where}: the array {filename} is not as long as its shape {shape} says.",
                where=where,
                filename=member.filename,
                shape=shape,
            )
        array = np.frombuffer(bytearray(file.read(length)), kind)  # a bytearray, so that it may be written to
    return array.reshape(shape, order="F" if fortran else "C")


def _header(file: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Shape, order and type that an npy file declares.

    Raises:
        ValueError: It is no npy file of a version that numpy writes for plain numbers.
    """
    version = npy.read_magic(file)
    if version not in _HEADERS:
        raise ValueError(f"npy version {version}")
    shape, fortran, kind = _HEADERS[version](file, max_header_size=LARGEST_HEADER_BYTES)
    if any(length < 0 for length in shape):
        raise ValueError(f"shape {shape}")
    return shape, fortran, kind
