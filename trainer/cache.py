"""`python -m trainer.cache`: shows what the cache of prepared pictures holds, and clears it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime

import tyro

from trainer.data.cache import BYTES_PER_GB, CachedSet, cache_folder, limit_bytes, list_sets, trim
from trainer.data.remembered import INDEX_FILE
from trainer.terminal import exit_status


@dataclass(frozen=True)
class CacheConfig:
    """Show the cache of prepared pictures, or clear it.

    The environment variable CONVAE_CACHE moves it, and CONVAE_CACHE_GB says how large it may grow.
    """

    clear: bool = False
    """Remove every set that no run has open."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 after one sentence about what is wrong."""
    config = tyro.cli(CacheConfig, prog="python -m trainer.cache", config=(tyro.conf.FlagCreatePairsOff,))
    return exit_status(_clear if config.clear else _show, lambda: "stopped")


def _show() -> int:
    sets = list_sets()
    print(f"{cache_folder()}: {_gb(sum(each.bytes for each in sets))} of at most {_gb(limit_bytes())}")
    for each in reversed(sets):
        print(_line(each))
    if sets:
        print("Clear it with python -m trainer.cache --clear")
    return 0


def _clear() -> int:
    removed = trim(0)
    left = list_sets()
    if not left:
        (cache_folder() / INDEX_FILE).unlink(missing_ok=True)
    print(f"Removed {len(removed)} sets, {_gb(sum(each.bytes for each in removed))}.")
    for each in left:
        print(f"Kept, because a run has it open:\n{_line(each)}")
    return 0


def _line(each: CachedSet) -> str:
    used = datetime.fromtimestamp(each.last_used)
    state = "  in use" if each.in_use else ""
    return f"  {_gb(each.bytes):>9}  last used {used:%Y-%m-%d %H:%M}  {each.folder.name}{state}"


def _gb(size: int) -> str:
    return f"{size / BYTES_PER_GB:.2f} GB"


if __name__ == "__main__":
    sys.exit(main())
