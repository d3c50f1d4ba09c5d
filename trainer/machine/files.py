"""Files written whole or not at all, and read from regular files alone."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from trainer.machine import leftovers

NEVER_WAITS = getattr(os, "O_NONBLOCK", 0)  # a pipe is opened, looked at and closed, where it would be waited for
FOLLOWS_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
BINARY = getattr(os, "O_BINARY", 0)
CHUNK_BYTES = 1 << 20


def open_regular(path: Path) -> io.BufferedReader:
    """A regular file, open for reading.

    Raises:
        OSError: There is no such file, it may not be read, or it is a pipe, a socket, a device or a folder.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # looked at first, as opening some devices does something
        raise OSError(errno.EINVAL, "is no regular file", str(path))
    descriptor = os.open(path, os.O_RDONLY | NEVER_WAITS | BINARY)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "is no regular file", str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_text(path: Path, largest_bytes: int) -> str:
    """The text of a regular UTF-8 file of at most so many bytes, with or without a byte order mark.

    Raises:
        OSError: There is no such file, it may not be read, it is no regular file, or it is larger.
        UnicodeDecodeError: It is not UTF-8.
    """
    with open_regular(path) as file:
        content = file.read(largest_bytes + 1)
    if len(content) > largest_bytes:
        raise OSError(errno.EFBIG, f"is larger than {largest_bytes:,} bytes", str(path))
    return content.decode("utf-8-sig")


@contextlib.contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """The path of a new, empty file that takes the place of `path` once the block is through.

    It lies beside its place under a random name, at which nobody can have planted a link. Its content is on the disk
    before it is renamed, and the folder's entry after: a power cut leaves the old file whole, or the new one.

    Raises:
        OSError: The system refused; what stood at `path` stands, and nothing is left of the new file.
    """
    scratch = leftovers.name_beside(path)
    handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | FOLLOWS_NO_LINK | BINARY, 0o666)
    leftovers.hold(handle)
    try:
        try:
            yield scratch
        finally:
            os.close(handle)
        with scratch.open("rb+") as file:
            os.fsync(file.fileno())
        scratch.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all; raises as `replaced` does."""
    with replaced(path) as scratch:
        scratch.write_bytes(content)


def write_text(path: Path, text: str) -> None:
    r"""Writes a UTF-8 file whole or not at all; a byte of a file's name that is not UTF-8 becomes `\udce9` or the like.

    Raises:
        OSError: As `replaced` does.
    """
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def reserve(path: Path) -> None:
    """Has the disk keep room for all of a file, which may have holes: a write to a memory map then finds its place.

    Without it, a full disk ends the process by SIGBUS at the first write for which there is no room.

    Raises:
        OSError: There is no room.
    """
    size = path.stat().st_size
    with path.open("rb+") as file:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
            return
        for start in range(0, size, CHUNK_BYTES):
            content = file.read(min(CHUNK_BYTES, size - start))
            file.seek(start)
            file.write(content)


def sync_folder(folder: Path) -> None:
    """Has the disk keep what was renamed in a folder, where the system can be told to."""
    with contextlib.suppress(OSError):  # Windows opens no folders, and some network disks refuse
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
