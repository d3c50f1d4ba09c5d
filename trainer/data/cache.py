"""Folders of prepared pictures in the user's cache: each built once, even if two runs ask at once, and the least
recently used ones removed when all together grow past a limit. What a run has open is never removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from trainer.errors import DataError

DEFAULT_LIMIT_GB = 50.0
BYTES_PER_GB = 10**9
USERS_SUFFIX = ".users"  # a folder beside the set, with a locked file for each run that has it open


@dataclass(frozen=True)
class CachedSet:
    """One set of prepared pictures."""

    folder: Path
    bytes: int
    last_used: float
    """Seconds since 1970."""
    in_use: bool


def cache_folder() -> Path:
    """The folder of prepared pictures; the environment variable CONVAE_CACHE moves it."""
    chosen = os.environ.get("CONVAE_CACHE")
    return Path(chosen) if chosen else user_cache_path("convae")


def limit_bytes() -> int:
    """The limit of the cache in bytes: 50 GB, or as many as the environment variable CONVAE_CACHE_GB says.

    Raises:
        DataError: The variable is not a number, or is negative.
    """
    text = os.environ.get("CONVAE_CACHE_GB", str(DEFAULT_LIMIT_GB))
    try:
        limit = float(text)
    except ValueError:
        limit = -1
    if not 0 <= limit < float("inf"):
        raise DataError("CONVAE_CACHE_GB must be a size in GB, such as 50, not {text!r}.", text=text)
    return round(limit * BYTES_PER_GB)


@dataclass(frozen=True)
class HeldSet:
    """A set that stays in the cache while this object lives, and whatever is named to `keep_for`."""

    folder: Path
    _lock: FileLock

    def keep_for(self, user: object) -> None:
        """Keeps the set for as long as `user` lives, and no longer than this process."""
        weakref.finalize(user, _release, self._lock)


def cached(key: str, build: Callable[[Path], None]) -> HeldSet:
    """The cache's folder for `key`, filled by `build` if it is not there yet.

    A second run that asks meanwhile waits for the first. A build that fails leaves nothing. After a build, the sets
    that were not used for longest are removed until the cache is within its limit.

    Raises:
        DataError: The disk refused, or the limit is no number.
    """
    target = cache_folder() / key
    limit = limit_bytes()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(_lock_file(target)):
            if not target.exists():
                scratch = Path(tempfile.mkdtemp(prefix=f".{key}-", dir=target.parent))
                try:
                    build(scratch)
                    scratch.rename(target)
                finally:
                    shutil.rmtree(scratch, ignore_errors=True)
                trim(limit, keep=target)
            os.utime(target)
            return _hold(target)
    except OSError as error:
        raise DataError(
            "Prepared pictures could not be kept in {path} ({reason}); make room there, move the "
            "cache with CONVAE_CACHE, or train with --no-cache.",
            path=target,
            reason=error.strerror or error,
        ) from error


def list_sets() -> list[CachedSet]:
    """Every set in the cache, the one not used for longest first."""
    if not cache_folder().is_dir():
        return []
    folders = [path for path in cache_folder().iterdir() if _is_set(path)]
    sets = [CachedSet(path, _size(path), path.stat().st_mtime, _in_use(path)) for path in folders]
    return sorted(sets, key=lambda each: each.last_used)


def trim(limit: int, keep: Path | None = None) -> list[CachedSet]:
    """Removes the sets that were not used for longest until the cache has at most `limit` bytes.

    Args:
        limit: In bytes; with 0, all that can go goes.
        keep: A set that stays, as those in use do.

    Returns:
        What was removed.

    Raises:
        OSError: The disk refused.
    """
    removed = []
    sets = list_sets()
    total = sum(each.bytes for each in sets)
    for each in sets:
        if total > limit and each.folder != keep and _remove(each.folder):
            removed.append(each)
            total -= each.bytes
    return removed


def _remove(folder: Path) -> bool:
    """Removes a set, unless a run has it open or is making it; a reader never sees half of one."""
    with contextlib.suppress(Timeout), FileLock(_lock_file(folder), timeout=0):
        if _in_use(folder):
            return False
        doomed = Path(tempfile.mkdtemp(prefix=".removed-", dir=folder.parent))
        folder.rename(doomed / folder.name)
        shutil.rmtree(doomed)
        shutil.rmtree(folder.with_name(folder.name + USERS_SUFFIX), ignore_errors=True)
        return True
    return False


def _hold(folder: Path) -> HeldSet:
    """A locked file of its own for each holder: the system unlocks it when the process ends, however it ends."""
    users = folder.with_name(folder.name + USERS_SUFFIX)
    users.mkdir(exist_ok=True)
    lock = FileLock(users / uuid.uuid4().hex)
    lock.acquire()
    return HeldSet(folder, lock)


def _in_use(folder: Path) -> bool:
    """Whether some process holds the set; files that processes left when they were killed are locked by nobody."""
    users = folder.with_name(folder.name + USERS_SUFFIX)
    return users.is_dir() and any(map(_is_locked, users.iterdir()))


def _is_locked(path: Path) -> bool:
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True


def _release(lock: FileLock) -> None:
    lock.release(force=True)
    with contextlib.suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)


def _is_set(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".") and path.suffix != USERS_SUFFIX


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def _lock_file(target: Path) -> Path:
    return target.with_name(target.name + ".lock")
