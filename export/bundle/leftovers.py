"""Files half written by a process that was killed: found beside what is written next, and removed.

Whoever writes holds a lock on its own, which ends with the process, and old is what nobody touched for an hour. A
folder in which an older bundle lies beside the new one is left alone: it may be the only whole one. The trainer does
the same, as it may not import this. Standard library only.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":  # which removes no file that is open, and so needs no lock
    import fcntl

FRESH, REPLACED = "new", "old"  # what a bundle and the one that it replaces are called in a scratch folder
NAME = re.compile(r"\.convae-[0-9a-f]{16}\.partial")
OLD_S = 3600.0
_swept: set[Path] = set()


def name_beside(path: Path) -> Path:
    """A hidden name in the same folder, short and new; what others left there is removed first, once in a process."""
    folder = path.parent.absolute()
    if folder not in _swept:
        _swept.add(folder)
        sweep(folder)
    return path.with_name(f".convae-{secrets.token_hex(8)}.partial")


def hold(descriptor: int) -> None:
    """Says that a file or folder is being written as long as the descriptor is open."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # a disk without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def scratch_beside(path: Path) -> Iterator[Path]:
    """A folder of that kind, held and there for the time of the block; `REPLACED` in it outlives a killed process.

    Raises:
        OSError: The disk refused.
    """
    scratch = name_beside(path)
    scratch.mkdir()
    descriptor = None if sys.platform == "win32" else os.open(scratch, os.O_RDONLY)
    try:
        if descriptor is not None:
            hold(descriptor)
        yield scratch
    except BaseException:
        if not (scratch / REPLACED).exists():  # which could not be put back
            shutil.rmtree(scratch, ignore_errors=True)
        raise
    else:
        shutil.rmtree(scratch, ignore_errors=True)
    finally:
        if descriptor is not None:
            os.close(descriptor)


def sweep(folder: Path) -> None:
    """Removes what killed processes left half written in a folder; what cannot be looked at or removed stays."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if NAME.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    _remove(Path(entry.path))


def _remove(path: Path) -> None:
    """Removes a file or folder that is old and that nobody holds.

    Raises:
        OSError: Somebody holds it, it is a link, or it cannot be removed.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        if time.time() - os.fstat(descriptor).st_mtime < OLD_S:
            return
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove_now(path)
    finally:
        os.close(descriptor)
    if sys.platform == "win32":
        _remove_now(path)


def _remove_now(path: Path) -> None:
    if (path / REPLACED).exists() and (path / FRESH).exists():  # without the new one, that stands in its place already
        return
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
