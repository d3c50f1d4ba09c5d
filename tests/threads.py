"""Threads of this process, Qt's and onnxruntime's with them."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest


def thread_count() -> int:
    """How many threads there are by Linux's list, once nothing is alive that only waited for collection."""
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        pytest.skip("only Linux lists its threads")
    gc.collect()
    return len(list(tasks.iterdir()))
