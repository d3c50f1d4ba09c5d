"""Small files, read with a limit and from regular files alone, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

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
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the place of `path` once it is written whole; what stands there stays until then.

    It is written beside its place under a random name, which nobody can have planted a link at.

    Raises:
        OSError: The disk refused; nothing is left of the new file.
    """
    scratch = path.with_name(f".{secrets.token_hex(8)}.partial")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | FOLLOWS_NO_LINK | BINARY
    try:
        with os.fdopen(os.open(scratch, flags, 0o666), "w+b") as file:
            yield file
        scratch.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, and makes its folder.

    Raises:
        OSError: The disk refused; a file already there stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced(path) as file:
        file.write(content)
