"""The store of a bundle's files: a folder, or one uncompressed zip, `NAME.convae`.

Both are untrusted. Sizes are known before anything is read, and nothing is followed out of its place. Of a zip only the
plainest kind is taken: files stored as they are, under plain names, each once. So it cannot unpack to more than it is.

Standard library only.
"""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from export.bundle import leftovers
from export.bundle.sentence import SentenceError

PACKED_SUFFIX = ".convae"
LARGEST_PACKED_BYTES = 1 << 30
LARGEST_MEMBERS = 64
LARGEST_DIRECTORY_BYTES = 64 << 10  # of a zip: its list of members

_END = struct.Struct("<4s4H2LH")  # the record that ends a zip: APPNOTE.TXT 4.3.16
_LOCATOR_BYTES = 20  # what precedes it in the kind for more than 4 GiB: APPNOTE.TXT 4.3.15
ZIP_TAIL_BYTES = _LOCATOR_BYTES + _END.size
_ENCRYPTED = 0x1
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip knows: equal contents give equal bytes


class BundleError(SentenceError):
    """A bundle that cannot be used; the message names the file or field and what is wrong with it."""


class Store(Protocol):
    """A place that holds a bundle's files by their plain names."""

    @property
    def path(self) -> Path:
        """The folder or the packed file."""

    def size(self, name: str) -> int:
        """How many bytes one file holds.

        Raises:
            BundleError: It is missing or no plain file.
        """

    def read(self, name: str, limit: int) -> bytes:
        """One file's content, of at most `limit` bytes.

        Raises:
            BundleError: It is missing, no plain file, larger than the limit, or cannot be read.
        """


def open_store(path: Path) -> Store:
    """The store at a path: a folder, or a packed file.

    Raises:
        BundleError: There is nothing of the kind, or the packed file is not one that is taken.
    """
    if path.is_dir():
        return FolderStore(path)
    if not path.is_file():
        raise BundleError(
            "{path} is not a bundle: there is no such folder or {packed_suffix} file.",
            path=path,
            packed_suffix=PACKED_SUFFIX,
        )
    with _open_zip(path):
        return PackedStore(path)


def is_packed(path: Path) -> bool:
    """Whether the name is one of a packed bundle, which need not exist yet."""
    return path.suffix.lower() == PACKED_SUFFIX


def is_plain_name(name: str) -> bool:
    """Whether a name stays within its folder on every system."""
    return name == Path(name).name and name not in ("", ".", "..") and not set(name) & set("\\/:\0")


@dataclass(frozen=True)
class FolderStore:
    """Files in a folder; links are refused, wherever they lead."""

    path: Path

    def size(self, name: str) -> int:
        """As `Store.size`."""
        file = self.path / name
        try:
            status = file.lstat()
        except OSError as error:
            raise BundleError(
                "{file} is missing or cannot be read ({strerror}).", file=file, strerror=error.strerror or error
            ) from error
        if stat.S_ISLNK(status.st_mode):
            raise BundleError("{file} is a link; a bundle holds its own files.", file=file)
        if not stat.S_ISREG(status.st_mode):
            raise BundleError("{file} is not a plain file.", file=file)
        return status.st_size

    def read(self, name: str, limit: int) -> bytes:
        """As `Store.read`."""
        file = self.path / name
        _check_size(file, self.size(name), limit)
        try:
            with file.open("rb") as stream:
                return stream.read(limit)
        except OSError as error:
            raise BundleError(
                "{path} cannot be read ({strerror}).", path=file, strerror=error.strerror or error
            ) from error


@dataclass(frozen=True)
class PackedStore:
    """Files in an uncompressed zip, which is opened and checked anew for each of them."""

    path: Path

    def size(self, name: str) -> int:
        """As `Store.size`."""
        with _open_zip(self.path) as packed:
            return self._member(packed, name).file_size

    def read(self, name: str, limit: int) -> bytes:
        """As `Store.read`."""
        with _open_zip(self.path) as packed:
            member = self._member(packed, name)
            _check_size(self.path / name, member.file_size, limit)
            return packed.read(member)

    def _member(self, packed: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
        try:
            return packed.getinfo(name)
        except KeyError as error:
            raise BundleError("{path} is missing.", path=self.path / name) from error


def write_store(place: Path, files: Mapping[str, bytes]) -> None:
    """Writes files beside their place, as a folder or packed as the place's name says, and renames them there.

    What was there before is replaced; it stays whole if the disk refuses. What killed processes left half written
    beside it is removed.

    Raises:
        BundleError: The files are more, or larger, than a reader of a packed file would take.
        OSError: The disk refused.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with leftovers.scratch_beside(place) as scratch:
        fresh, old = scratch / leftovers.FRESH, scratch / leftovers.REPLACED
        if is_packed(place):
            _write_packed(fresh, place, files)
        else:
            _write_folder(fresh, files)
        if place.is_dir():  # a rename does not replace a folder that holds something
            place.replace(old)
        try:
            fresh.replace(place)
        except OSError:
            if old.exists():
                old.replace(place)
            raise


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _write_packed(path: Path, place: Path, files: Mapping[str, bytes]) -> None:
    """Writes the zip: the same bytes for the same files, wherever and whenever they are written."""
    if len(files) > LARGEST_MEMBERS or sum(map(len, files.values())) > LARGEST_PACKED_BYTES - LARGEST_DIRECTORY_BYTES:
        raise BundleError("{place} would be larger than a packed bundle may be; write a folder instead.", place=place)
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED, allowZip64=False) as packed:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system, member.external_attr = 3, (stat.S_IFREG | 0o644) << 16  # as on Unix, everywhere
            packed.writestr(member, content)


@contextmanager
def _open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip at a path, once it is known to be of the plain kind; whatever is broken in it is a BundleError."""
    try:
        _check_end(path)
        with zipfile.ZipFile(path) as packed:
            _check_members(path, packed.infolist())
            yield packed
    except (BundleError, MemoryError):
        raise
    except OSError as error:
        raise BundleError("{path} cannot be read ({strerror}).", path=path, strerror=error.strerror or error) from error
    except Exception as error:  # zipfile, struct and codecs each raise their own kinds on broken data
        raise BundleError("{path} is broken: {error}.", path=path, error=error) from error


def check_zip_end(where: object, tail: bytes) -> None:
    """Looks at a zip's last record, before zipfile reads the list of members into memory.

    Args:
        where: What errors call the zip.
        tail: Its last `ZIP_TAIL_BYTES`, or all of a shorter one.

    Raises:
        BundleError: It has a comment, or is of the kind for more than 4 GiB, or lists too much, or is no zip.
    """
    record, locator = tail[-_END.size :], tail[: -_END.size]
    if len(record) < _END.size or not record.startswith(b"PK\x05\x06"):
        raise BundleError(
            "{where} does not end as an uncommented zip does; it is broken, or something else.", where=where
        )
    _, _, _, _, members, directory_bytes, _, _ = _END.unpack(record)
    if members > LARGEST_MEMBERS or directory_bytes > LARGEST_DIRECTORY_BYTES:
        raise BundleError(
            "{where} lists {members:,} files; at most {largest_members} are read.",
            where=where,
            members=members,
            largest_members=LARGEST_MEMBERS,
        )
    if locator.startswith(b"PK\x06\x07"):  # another list, without these limits, would be read in place of this one
        raise BundleError("{where} is a zip for more than 4 GiB, of a kind that is not read.", where=where)


def _check_end(path: Path) -> None:
    size = path.stat().st_size
    _check_size(path, size, LARGEST_PACKED_BYTES)
    with path.open("rb") as file:
        file.seek(max(0, size - ZIP_TAIL_BYTES))
        check_zip_end(path, file.read(ZIP_TAIL_BYTES))


def _check_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """Refuses what could reach outside the zip, hide a file behind another, or unpack to more than it is."""
    if len(members) > LARGEST_MEMBERS:
        raise BundleError(
            "{where} lists {members:,} files; at most {largest_members} are read.",
            where=path,
            members=len(members),
            largest_members=LARGEST_MEMBERS,
        )
    seen = set[str]()
    for member in members:
        name = member.orig_filename  # as stored; zipfile changes separators and cuts at a zero byte
        if not is_plain_name(name):
            raise BundleError("{path} holds {name!r}, which is not a plain file name.", path=path, name=name)
        if name.casefold() in seen:
            raise BundleError("{path} holds {name!r} twice.", path=path, name=name)
        seen.add(name.casefold())
        if stat.S_ISLNK(member.external_attr >> 16):
            raise BundleError("{path} holds a link, {name!r}; a bundle holds its own files.", path=path, name=name)
        if member.flag_bits & _ENCRYPTED:
            raise BundleError("{path} holds an encrypted file, {name!r}.", path=path, name=name)
        if member.compress_type != zipfile.ZIP_STORED or member.compress_size != member.file_size:
            raise BundleError(
                "{path} holds a compressed file, {name!r}; zip the bundle without compression.", path=path, name=name
            )
    if sum(member.file_size for member in members) > path.stat().st_size:
        raise BundleError("{path} claims to hold more than it is long.", path=path)


def _check_size(path: Path, size: int, limit: int) -> None:
    if size > limit:
        raise BundleError("{path} has {size:,} bytes; at most {limit:,} are read.", path=path, size=size, limit=limit)
