"""Shards in object stores, of which ranges of bytes are read through fsspec: `s3://`, `gs://`, `file://` and so on.

A store other than `file://` and `memory://` needs the package that fsspec names for it. A `Path` keeps one slash of an
address; the other is put back here. Paths without an address are read from this machine's disk.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from trainer.errors import DataError
from trainer.machine.files import open_regular

ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/+(.+)")  # two letters at least: one is a disk of Windows
VERSIONS = ("ETag", "etag", "generation", "LastModified", "last_modified", "updated", "mtime", "created")
HEADERS_BYTES = 1 << 16  # that are fetched at once while a shard is listed


def address_of(path: Path) -> str | None:
    """The address that a path stands for, as `s3://bucket/a.tar`; None for a file of this machine."""
    found = ADDRESS.fullmatch(path.as_posix())
    return f"{found[1]}://{'/' if found[1] == 'file' else ''}{found[2]}" if found else None


def shown(path: Path) -> str:
    """A path or an address for people."""
    return address_of(path) or str(path)


def is_file(path: Path) -> bool:
    """Whether it is there.

    Raises:
        DataError: Its store cannot be asked.
    """
    address = address_of(path)
    if address is None:
        return path.is_file()
    try:
        with _told(address):
            return bool(_system(address).isfile(address))
    except OSError as error:
        raise DataError(
            "{address} cannot be looked at ({reason}).", address=address, reason=error.strerror or error
        ) from error


def open_file(path: Path) -> BinaryIO:
    """A file open for reading, of which no more is fetched than is asked for and a little.

    Raises:
        OSError: It is gone, may not be read, or is no regular file.
    """
    address = address_of(path)
    if address is None:
        return open_regular(path)
    with _told(address):
        return cast(BinaryIO, _system(address).open(address, "rb", block_size=HEADERS_BYTES))


def read_range(path: Path, offset: int, count: int) -> bytes:
    """So many bytes of a file from an offset on.

    Raises:
        OSError: It is gone, may not be read, or is no regular file.
    """
    address = address_of(path)
    if address is not None:
        with _told(address):
            return bytes(_system(address).cat_file(address, start=offset, end=offset + count))
    with open_regular(path) as file:
        file.seek(offset)
        return file.read(count)


def version(address: str) -> tuple[int, int]:
    """A file's length, and a number that changes with its content as far as the store tells.

    Raises:
        OSError: It is gone or may not be read.
    """
    with _told(address):
        facts: dict[str, Any] = _system(address).info(address)
    told = next((facts[name] for name in VERSIONS if facts.get(name) is not None), "")
    return int(facts["size"]), int.from_bytes(hashlib.sha256(str(told).encode()).digest()[:7])


def _system(address: str) -> Any:
    import fsspec  # torch brings it

    try:
        return fsspec.core.url_to_fs(address)[0]
    except (ImportError, ValueError) as error:
        raise DataError("{address} cannot be read here ({reason}).", address=address, reason=error) from error


@contextlib.contextmanager
def _told(address: str) -> Iterator[None]:
    """Makes an OSError of what a store raises, which has kinds of its own."""
    try:
        yield
    except (OSError, DataError):
        raise
    except Exception as error:
        raise OSError(errno.EIO, str(error).split("\n")[0], address) from error
