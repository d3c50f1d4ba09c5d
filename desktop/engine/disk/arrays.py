"""Small npz files of the user's own: written whole or not at all, read with a limit and no pickles."""

from __future__ import annotations

import dataclasses
import io
import json
import typing
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop.engine.disk.file_writer import write_file
from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import InspectionError

LARGEST_BYTES = 512 << 20
FACTS = "facts"  # the array that holds JSON

Arrays = dict[str, NDArray[Any]]
T = TypeVar("T")


def pack_arrays(facts: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Facts, as JSON, and arrays as the bytes of one npz file."""
    content = io.BytesIO()
    text = np.frombuffer(json.dumps(dict(facts)).encode(), np.uint8)
    everything: dict[str, Any] = {FACTS: text, **arrays}
    np.savez(content, **everything)
    return content.getvalue()


def write_arrays(path: Path, facts: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Writes what `pack_arrays` gives.

    Raises:
        InspectionError: The disk refused.
    """
    write_file(path, pack_arrays(facts, arrays))


def read_arrays(path: Path) -> tuple[dict[str, Any], Arrays]:
    """The facts and arrays that `write_arrays` wrote.

    Raises:
        InspectionError: There is no such file, or it is too large or broken.
    """
    return unpack_arrays(_read(path), path)


def unpack_arrays(packed: bytes, path: Path) -> tuple[dict[str, Any], Arrays]:
    """The facts and arrays in the bytes that `pack_arrays` gave; `path` is named where something is wrong.

    Raises:
        InspectionError: They are broken, or unpack to too much.
    """
    arrays = _unpacked(packed, path)
    try:
        facts = json.loads(arrays.pop(FACTS).tobytes())
        if not isinstance(facts, dict):
            raise TypeError("no facts")
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise InspectionError("{path} is broken ({error}).", path=path, error=error) from error
    return facts, arrays


def read_npz(path: Path) -> Arrays:
    """The arrays of any npz file.

    Raises:
        InspectionError: There is no such file, or it is too large or broken.
    """
    return _unpacked(_read(path), path)


def _read(path: Path) -> bytes:
    try:
        return read_bounded(path, LARGEST_BYTES)
    except OSError as error:
        raise InspectionError(
            "{path} cannot be read ({strerror}).", path=path, strerror=error.strerror or error
        ) from error


def _unpacked(packed: bytes, path: Path) -> Arrays:
    try:
        content = io.BytesIO(packed)
        if sum(entry.file_size for entry in zipfile.ZipFile(content).infolist()) > LARGEST_BYTES:
            raise InspectionError(
                "{path} unpacks to more than {largest_bytes} MiB.", path=path, largest_bytes=LARGEST_BYTES >> 20
            )
        with np.load(content, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except InspectionError:
        raise
    except Exception as error:  # zipfile, zlib and numpy each raise their own kinds on broken data
        raise InspectionError("{path} is broken ({error}).", path=path, error=error) from error


def to_arrays(value: Any, prefix: str) -> Arrays:
    """The fields of a dataclass of arrays, numbers, texts and such dataclasses, under `prefix.`."""
    result: Arrays = {}
    for field in dataclasses.fields(value):
        item, name = getattr(value, field.name), f"{prefix}.{field.name}"
        result |= to_arrays(item, name) if dataclasses.is_dataclass(item) else {name: np.asarray(item)}
    return result


def from_arrays(kind: type[T], arrays: Mapping[str, NDArray[Any]], prefix: str) -> T:
    """The dataclass that `to_arrays` took apart.

    Raises:
        KeyError, TypeError, ValueError: Something is missing or is not what the field says.
    """
    hints = typing.get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(typing.cast(Any, kind)):
        hint, name = hints[field.name], f"{prefix}.{field.name}"
        if dataclasses.is_dataclass(hint):
            values[field.name] = from_arrays(typing.cast("type[Any]", hint), arrays, name)
        elif hint in (float, int, bool, str):
            values[field.name] = hint(arrays[name].item())
        else:
            array = arrays[name]
            if array.dtype.kind == "f" and not np.isfinite(array).all():
                raise ValueError(f"{name} is not finite")
            values[field.name] = array
    return kind(**values)
