"""Freed memory is kept where the C library can be told to, and nothing breaks where it cannot."""

from __future__ import annotations

import platform
import resource
import subprocess
import sys

import pytest

from trainer.machine import allocation

FAULTS = """
import resource, sys, torch
from trainer.machine.allocation import keep_freed_memory
if sys.argv[1] == "keep":
    assert keep_freed_memory()
def step():
    torch.ones(9 << 20)
for _ in range(12):  # until freed blocks have grown together
    step()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(5):
    step()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")
@pytest.mark.slow
def test_a_large_block_is_not_fetched_again() -> None:
    """Pages of a block of 36 MiB, taken again and again, are cleared once; without the call they are every time."""
    pages = (36 << 20) // resource.getpagesize()
    kept, usual = (_faults(word) for word in ("keep", "usual"))
    assert kept < pages // 10
    assert usual > pages


def _faults(word: str) -> int:
    done = subprocess.run([sys.executable, "-c", FAULTS, word], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_another_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no such call, or another system, nothing happens, and it says so."""
    monkeypatch.setattr(allocation.ctypes, "CDLL", lambda _name: object())
    assert not allocation.keep_freed_memory()
    monkeypatch.setattr(allocation.sys, "platform", "win32")
    assert not allocation.keep_freed_memory()
