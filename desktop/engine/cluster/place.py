"""A folder that every machine of a cluster sees: a shared one by its path, or one in an object store by its address."""

from __future__ import annotations

import dataclasses
import datetime
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from desktop.engine import picture_formats
from desktop.engine.disk.files import write_whole
from desktop.engine.errors import PictureError
from desktop.engine.picture_files import Listing, PictureFile, list_pictures

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.:-]*://")


@dataclasses.dataclass(frozen=True)
class Place:
    """A folder; `address` is an absolute path, or an address such as `s3://bucket/pictures`."""

    address: str

    @property
    def local(self) -> Path | None:
        """The path, where the folder has one."""
        return None if ADDRESS.match(self.address) else Path(self.address)

    def __str__(self) -> str:
        """The address, as it is shown."""
        return self.address

    def list(self, left_out: Place | None = None) -> Listing:
        """The pictures in it and below it; hidden ones are passed over.

        Raises:
            PictureError: It cannot be listed.
        """
        if self.local is not None:
            return list_pictures(self.local, left_out=left_out.local if left_out is not None else None)
        found = Listing()
        for name, facts in self._files().items():
            path = PurePosixPath(name)
            if any(part.startswith(".") for part in path.parts):
                continue
            if left_out is not None and f"{self.address}/{name}".startswith(f"{left_out.address}/"):
                continue
            if path.suffix.lower() not in picture_formats.readable():
                found.passed_over[path.suffix.lower()] += 1
            else:
                found.pictures.append(PictureFile(Path(name), int(facts.get("size") or 0), _changed_ns(facts)))
        found.pictures.sort(key=lambda each: each.path.parts)
        return found

    def names(self) -> set[str]:
        """Every file in it and below it, by its path within.

        Raises:
            PictureError: It cannot be listed.
        """
        if self.local is not None:
            return {path.relative_to(self.local).as_posix() for path in self.local.rglob("*") if path.is_file()}
        return set(self._files())

    def read(self, name: str) -> bytes:
        """The content of one file.

        Raises:
            PictureError: It is not there, or cannot be read.
        """
        try:
            if self.local is not None:
                return (self.local / name).read_bytes()
            system, root = self._open()
            content: bytes = system.cat_file(posixpath.join(root, name))
            return content
        except OSError as error:
            raise PictureError("{path} cannot be read ({strerror}).", path=f"{self}/{name}", strerror=error) from error

    def fetch(self, name: str, to: Path) -> None:
        """Copies one file here.

        Raises:
            PictureError: It is not there, or cannot be read.
        """
        write_whole(to, self.read(name))

    def send(self, content: bytes, name: str) -> None:
        """Writes one file, whole or not at all: object stores know no half objects, and in a folder it is renamed.

        Raises:
            PictureError: The place refused.
        """
        try:
            if self.local is not None:
                write_whole(self.local / name, content)
                return
            system, root = self._open()
            system.pipe_file(posixpath.join(root, name), content)
        except OSError as error:
            raise PictureError(
                "{path} cannot be written ({strerror}).", path=f"{self}/{name}", strerror=error.strerror or error
            ) from error

    def remove(self, names: Iterable[str]) -> None:
        """Removes files of it.

        Raises:
            PictureError: The place refused.
        """
        for name in names:
            try:
                if self.local is not None:
                    (self.local / name).unlink(missing_ok=True)
                else:
                    system, root = self._open()
                    system.rm_file(posixpath.join(root, name))
            except OSError as error:
                raise PictureError(
                    "{path} cannot be written ({strerror}).", path=f"{self}/{name}", strerror=error.strerror or error
                ) from error

    def _open(self) -> tuple[AbstractFileSystem, str]:
        import fsspec

        try:
            system, root = fsspec.core.url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            raise PictureError("{source} cannot be opened ({strerror}).", source=self, strerror=error) from error
        return system, root

    def _files(self) -> dict[str, dict[str, Any]]:
        system, root = self._open()
        try:
            system.invalidate_cache()
            found: dict[str, dict[str, Any]] = system.find(root, detail=True)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise PictureError("{source} cannot be listed ({strerror}).", source=self, strerror=error) from error
        start = f"{root.rstrip('/')}/"
        return {name[len(start) :]: facts for name, facts in found.items() if name.startswith(start)}


def parse_place(text: str) -> Place:
    """A place as it is typed: a path, or an address; `file://` stands for a path."""
    if text.startswith("file://"):
        text = text[len("file://") :]
    return Place(text.rstrip("/")) if ADDRESS.match(text) else Place(str(Path(text).resolve()))


def _changed_ns(facts: dict[str, Any]) -> int:
    """When a file was changed, as far as a store tells: 0 where it does not."""
    changed = next((facts[key] for key in ("LastModified", "last_modified", "updated", "mtime") if key in facts), None)
    if isinstance(changed, datetime.datetime):
        changed = changed.timestamp()
    return int(changed * 1e9) if isinstance(changed, int | float) else 0
