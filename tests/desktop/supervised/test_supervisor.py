"""The process that runs commands for a window."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from trainer.run.contract import is_running

PATIENCE_S = 20
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(600)
"""


def supervise(folder: Path, chains: Sequence[Sequence[Sequence[str]]]) -> subprocess.Popen[bytes]:
    """A supervisor that was given a job."""
    command = [sys.executable, "-m", "desktop.supervised.supervisor"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(f"{json.dumps({'folder': str(folder), 'chains': chains})}\n".encode())
    process.stdin.flush()
    return process


def python(program: str, *words: str) -> list[str]:
    """A command."""
    return [sys.executable, "-c", program, *words]


def test_chains_end_with_their_first_failure(tmp_path: Path) -> None:
    """Each says its exit status, what was printed is kept until the end, and the folder goes with the window."""
    folder = tmp_path / "job"
    folder.mkdir()
    first = [python("print('one')"), python("import sys; print('two'); sys.exit(3)"), python("print('never')")]
    process = supervise(folder, [first, [python("print('beside')")]])
    assert process.stdout is not None
    assert {process.stdout.readline(), process.stdout.readline()} == {b"1 3\n", b"2 0\n"}
    assert (folder / "log-1.txt").read_text().split() == ["one", "two"]
    process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert not folder.exists()


def test_nothing_outlives_the_window(tmp_path: Path) -> None:
    """When its input ends, as it does when the window is killed, a command dies with what it started itself."""
    folder, note = tmp_path / "job", tmp_path / "note"
    folder.mkdir()
    process = supervise(folder, [[python(PARENT, str(note))]])
    end = time.monotonic() + PATIENCE_S
    while not (note.exists() and note.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    child = int(note.read_text())
    assert is_running(child)
    process.communicate(timeout=PATIENCE_S)
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_running(child)
    assert not folder.exists()
