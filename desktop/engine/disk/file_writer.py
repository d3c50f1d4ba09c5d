"""Files written whole or not at all, as `files` has it; a refusal of the disk is one sentence."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from io import BufferedRandom
from pathlib import Path

from desktop.engine.disk import files
from desktop.engine.errors import DesktopError, InspectionError


@contextlib.contextmanager
def new_file(path: Path, refusal: type[DesktopError]) -> Iterator[BufferedRandom]:
    """A file open for writing in a `with` block, which takes the place of `path` once the block is through.

    Raises:
        refusal: The disk refused, or `path` is there and is no regular file; a file already there stays whole.
    """
    with _told(path, refusal), files.replaced(path) as file:
        yield file


@contextlib.contextmanager
def new_folder(path: Path, refusal: type[DesktopError]) -> Iterator[Path]:
    """A new folder to write to in a `with` block, which is renamed to `path` once the block is through.

    Raises:
        refusal: The disk refused, or `path` is there already.
    """
    with _told(path, refusal), files.made_folder(path) as folder:
        yield folder


def write_file(path: Path, content: bytes, refusal: type[DesktopError] = InspectionError) -> None:
    """Writes a file as `new_file` does, and makes its folder.

    Raises:
        refusal: The disk refused; a file already there stays whole.
    """
    make_folder(path.parent, refusal)
    with new_file(path, refusal) as file:
        file.write(content)


def make_folder(folder: Path, refusal: type[DesktopError]) -> None:
    """Makes a folder and those on the way to it, where they are not there.

    Raises:
        refusal: The disk refused.
    """
    with _told(folder, refusal):
        folder.mkdir(parents=True, exist_ok=True)


@contextlib.contextmanager
def _told(path: Path, refusal: type[DesktopError]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise refusal("{path} cannot be written ({strerror}).", path=path, strerror=error.strerror or error) from error
