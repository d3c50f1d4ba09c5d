"""What the program keeps only to be quick, how large it is, and how to do without it."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import platformdirs

from desktop.engine.errors import DesktopError
from desktop.engine.folder.index import data_folder

INDEX_FILE = "index.sqlite"
Kind = Literal["indexes", "training"]
TRIM = "from trainer.data.cache import trim; trim(0)"  # by the trainer itself, which leaves what a run has open
PATIENCE_S = 300


@dataclasses.dataclass(frozen=True)
class Cache:
    """One cache: codes and thumbnails of inspected folders, or pictures prepared for training."""

    kind: Kind
    place: Path
    bytes: int


class CacheError(DesktopError):
    """A cache that was not emptied."""


def caches() -> list[Cache]:
    """Every cache with its size; takes a moment where they are large."""
    indexes = sum(_bytes(folder) for folder in _indexes())
    return [Cache("indexes", data_folder(), indexes), Cache("training", training_folder(), _bytes(training_folder()))]


def training_folder() -> Path:
    """Where the trainer keeps prepared pictures; the environment variable CONVAE_CACHE moves it."""
    chosen = os.environ.get("CONVAE_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path("convae")


def empty(cache: Cache) -> None:
    """Removes what can be made again, and nothing else: detectors, verdicts and notes about folders stay.

    Raises:
        CacheError: The disk refused, or the trainer is not installed.
    """
    try:
        if cache.kind == "indexes":
            for folder in list(_indexes()):
                shutil.rmtree(folder)
        else:
            subprocess.run([sys.executable, "-c", TRIM], check=True, capture_output=True, timeout=PATIENCE_S)
    except (OSError, subprocess.SubprocessError) as error:
        why = getattr(error, "strerror", None) or error
        raise CacheError("{place} was not emptied ({why}).", place=cache.place, why=why) from error


def _indexes() -> Iterator[Path]:
    """The folders that hold an index, and nothing else that is kept."""
    for found in data_folder().rglob(INDEX_FILE) if data_folder().is_dir() else ():
        if not found.parent.is_symlink():
            yield found.parent


def _bytes(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118
            except OSError:
                continue  # gone meanwhile
    return total
