"""The priority of commands that compute for long."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

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


def _session_niceness(process: int) -> str:
    """Of the session that a process is in; nothing where the kernel shares cores out among processes."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/autogroup").read_text(encoding="ascii").partition(" nice ")[2].strip()
    return ""


# In a container the file may be there and empty.
@pytest.mark.skipif(not _session_niceness(os.getpid()), reason="this kernel shares cores out among processes")
def test_a_session_of_its_own_is_put_behind_and_no_other() -> None:
    """A process that leads a session takes that one back with it; one of this session leaves it as it is."""
    own = _session_niceness(os.getpid())
    for apart in (True, False):
        command = [sys.executable, "-c", WAITS]
        with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=apart) as process:
            priority.lower(process.pid)
            assert _session_niceness(process.pid) == (str(priority.NICENESS) if apart else own)
    assert _session_niceness(os.getpid()) == own


def test_a_second_session_within_a_tenth_of_a_second_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kernel asks for patience it is tried once more, and then left."""
    tries, waited = list[str](), list[float]()

    def refuse(_path: Path, text: str, **_: object) -> int:
        tries.append(text)
        raise BlockingIOError

    monkeypatch.setattr(Path, "write_text", refuse)
    monkeypatch.setattr("desktop.engine.machine.priority.time.sleep", waited.append)
    monkeypatch.setattr("desktop.engine.machine.priority.os.getsid", lambda process: process)
    monkeypatch.setattr("desktop.engine.machine.priority.sys.platform", "linux")
    priority.lower_session(4711)
    assert tries == [str(priority.NICENESS)] * 2
    assert len(waited) == 2
