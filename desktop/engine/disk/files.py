"""Small files, read with a limit and from regular files alone, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterator
from io import BufferedRandom
from pathlib import Path
from typing import IO

from export.bundle import leftovers

NEVER_WAITS = getattr(os, "O_NONBLOCK", 0)  # a pipe is opened, looked at and closed, where it would be waited for
FOLLOWS_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
BINARY = getattr(os, "O_BINARY", 0)


def read_bounded(path: Path, largest_bytes: int) -> bytes:
    """The whole content of a regular file of at most `largest_bytes`.

    Raises:
        OSError: There is no such file, it may not be read, it is no regular file (a pipe would be waited for without
            end), or it is larger.
    """
    with open_regular(path) as file:
        content = file.read(largest_bytes + 1)
    if len(content) > largest_bytes:
        size = f"{largest_bytes >> 20} MiB" if largest_bytes >= 1 << 20 else f"{largest_bytes} bytes"
        raise OSError(errno.EFBIG, f"it is larger than {size}", str(path))
    return content


def open_regular(path: Path) -> IO[bytes]:
    """A regular file, open for reading.

    Raises:
        OSError: There is no such file, it may not be read, or it is a pipe, a socket, a device or a folder.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # looked at first, as opening some devices does something
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    descriptor = os.open(path, os.O_RDONLY | NEVER_WAITS | BINARY)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


@contextlib.contextmanager
def replaced(path: Path) -> Iterator[BufferedRandom]:
    """A new file that takes the place of `path` once the block is through; what stands there stays until then.

    It is written beside its place under a random name that must be new, which nobody can have planted a link at. Its
    content is on the disk before it is renamed, and the folder's entry after: a power cut leaves one of the two whole.

    Raises:
        OSError: The disk refused, or `path` is there and is no regular file; nothing is left of the new file.
    """
    _require_replaceable(path)
    scratch = leftovers.name_beside(path)
    handle = os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL | FOLLOWS_NO_LINK | BINARY, 0o666)
    leftovers.hold(handle)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


@contextlib.contextmanager
def made_folder(path: Path) -> Iterator[Path]:
    """A new folder that is renamed to `path` once the block is through.

    Raises:
        OSError: The disk refused, or `path` is there already; nothing is left of the new folder.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, "it exists already; choose another name for the folder", str(path))
    scratch = leftovers.name_beside(path)
    scratch.mkdir()
    try:
        with _held(scratch):
            yield scratch
        sync_folder(scratch)
        scratch.rename(path)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, and makes its folder.

    Raises:
        OSError: The disk refused; a file already there stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced(path) as file:
        file.write(content)


def open_log(path: Path, is_new: bool) -> IO[str]:
    """A regular file to which lines are added, emptied first where it `is_new`.

    Raises:
        OSError: The disk refused, or `path` is a link, a pipe, a socket, a device or a folder.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | NEVER_WAITS | FOLLOWS_NO_LINK | BINARY
    descriptor = os.open(path, flags, 0o666)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        if is_new:
            os.ftruncate(descriptor, 0)
        return os.fdopen(descriptor, "a", encoding="utf-8")
    except BaseException:
        os.close(descriptor)
        raise


def sync_folder(folder: Path) -> None:
    """Has the disk keep what was renamed or made in a folder, where the system can be told to."""
    with contextlib.suppress(OSError):  # Windows opens no folders, and some network disks refuse
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Within it, a folder is one that is being written to."""
    handle = os.open(folder, os.O_RDONLY) if os.name == "posix" else None
    try:
        if handle is not None:
            leftovers.hold(handle)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _require_replaceable(path: Path) -> None:
    """A rename would put a file where a device such as `/dev/null`, or the link `/dev/stdout`, was."""
    try:
        mode = path.stat().st_mode
        is_stream = path.is_symlink() and str(path.readlink()).startswith("/proc/")
    except FileNotFoundError:
        return
    except ValueError as error:  # a NUL, or half a character
        raise OSError(errno.EINVAL, "no file can have this name", str(path)) from error
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, "it is a folder", str(path))
    if is_stream or not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
