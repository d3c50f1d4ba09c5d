"""Threads of this process, Qt's and onnxruntime's with them."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest

PATIENCE_S = 30  # for the system to take away a thread that has ended


def threads() -> set[str]:
    """Their numbers in Linux's list, once nothing is alive that only waited for collection."""
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        pytest.skip("only Linux lists its threads")
    gc.collect()
    return {task.name for task in tasks.iterdir()}


def new_threads(before: set[str]) -> set[str]:
    """Threads that were not there before and stay: what has ended is in the list for a moment more."""
    end = time.monotonic() + PATIENCE_S
    while (new := threads() - before) and time.monotonic() < end:
        time.sleep(0.01)
    return new
