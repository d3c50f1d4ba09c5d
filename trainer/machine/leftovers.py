"""Files half written by a process that was killed: found beside what is written next, and removed.

Whoever writes holds a lock on its own, which ends with the process, and old is what nobody touched for an hour. The
desktop and the export do the same, as neither may import the other.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sys
import time
from pathlib import Path

if sys.platform != "win32":  # which removes no file that is open, and so needs no lock
    import fcntl

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
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
