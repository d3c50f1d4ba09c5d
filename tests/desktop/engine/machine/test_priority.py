"""The priority of commands that compute for long."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from desktop.engine.machine import priority

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a priority when a process is created")
WAITS = "import sys; sys.stdin.read()"


def test_a_process_is_put_behind_this_one_and_never_before_it() -> None:
    """Once is enough: lowered again it stays, and one that was lower still stays lower."""
    own = os.getpriority(os.PRIO_PROCESS, 0)
    with subprocess.Popen([sys.executable, "-c", WAITS], stdin=subprocess.PIPE) as process:
        for _ in range(2):
            priority.lower(process.pid)
            assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(19, own + priority.NICENESS)
        os.setpriority(os.PRIO_PROCESS, process.pid, 19)
        priority.lower(process.pid)
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == 19
    assert os.getpriority(os.PRIO_PROCESS, 0) == own


def test_a_process_that_has_ended_is_no_error() -> None:
    """It may end as soon as it begins."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    priority.lower(process.pid)
