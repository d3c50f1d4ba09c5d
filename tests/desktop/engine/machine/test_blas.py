"""Threads of numpy's products."""

from __future__ import annotations

import os
import subprocess
import sys

THREADS = """
from threadpoolctl import threadpool_info
import numpy as np
from desktop.engine.machine.blas import one_thread

def threads():
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]

before = threads()
with one_thread():
    assert set(threads()) <= {1}, threads()
assert threads() == before
print(before)
"""


def test_products_stay_on_one_thread_within_it() -> None:
    """Numpy's library is told so, and told to do as before at the end."""
    done = subprocess.run(
        [sys.executable, "-c", THREADS], env={"OPENBLAS_NUM_THREADS": "2"}, capture_output=True, text=True, check=True
    )
    two = [2] if (os.cpu_count() or 1) > 1 else [1]
    assert done.stdout.strip() in (str(two), "[]"), done.stdout  # macOS multiplies by a library without such a number
