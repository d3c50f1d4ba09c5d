"""Codes of many pictures in one file: float32, row after row."""

from __future__ import annotations

import errno
import math
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from desktop.engine.gaussian import Floats

GROWTH = 1024  # rows by which the file grows


def mapped(path: Path, shape: tuple[int, ...]) -> Floats:
    """All codes of the file `[N, *shape]`, memory-mapped; none where there is no such file.

    Raises:
        OSError: The file cannot be read.
    """
    numbers = math.prod(shape)
    length = path.stat().st_size // (4 * numbers) if path.exists() else 0
    if length == 0:
        return np.empty((0, *shape), np.float32)
    return np.memmap(path, np.float32, "r", shape=(length, *shape))


def stamp(path: Path) -> tuple[int, int]:
    """How long the file is, in bytes, and when it was changed, in ns; zeros where there is none."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return 0, 0
    return facts.st_size, facts.st_mtime_ns


def write(path: Path, rows: Sequence[int], codes: Floats) -> None:
    """Puts codes `[N, ...]` into their rows; the file grows as needed.

    Nothing is written through a memory map: where the disk is full, that ends the program and not the write.

    Raises:
        OSError: The disk refused.
    """
    length = math.prod(codes.shape[1:]) * 4
    needed = (max(rows) // GROWTH + 1) * GROWTH * length
    with open(path, "r+b" if path.exists() else "x+b", buffering=0) as file:  # noqa: PTH123
        reserve(file.fileno(), needed)
        for row, code in zip(rows, np.ascontiguousarray(codes, np.float32)):
            file.seek(row * length)
            content = memoryview(code.tobytes())
            while content:
                content = content[file.write(content) :]


def reserve(descriptor: int, length: int) -> None:
    """Makes a file that long, with room on the disk for all of it where the system can promise that.

    Raises:
        OSError: There is no room; the file is as long as it was.
    """
    before = os.fstat(descriptor).st_size
    if before >= length:
        return
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, before, length - before)
        except OSError as error:
            os.ftruncate(descriptor, before)
            if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS):
                raise
        else:
            return
    os.ftruncate(descriptor, length)
