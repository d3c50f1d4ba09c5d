"""Folders of prepared pictures in the user's cache, each built once, even if two runs ask at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from trainer.errors import DataError


def cache_folder() -> Path:
    """Where prepared pictures are kept; the environment variable CONVAE_CACHE moves it."""
    chosen = os.environ.get("CONVAE_CACHE")
    return Path(chosen) if chosen else user_cache_path("convae")


def cached(key: str, build: Callable[[Path], None]) -> Path:
    """The cache's folder for `key`, filled by `build` if it is not there yet.

    A second run that asks meanwhile waits for the first. A build that fails leaves nothing.

    Raises:
        DataError: The disk refused.
    """
    target = cache_folder() / key
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_name(target.name + ".lock")):
            if not target.exists():
                scratch = Path(tempfile.mkdtemp(prefix=f".{key}-", dir=target.parent))
                try:
                    build(scratch)
                    scratch.rename(target)
                finally:
                    shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise DataError(f"Prepared pictures could not be kept in {target} ({error.strerror or error}).") from error
    return target
