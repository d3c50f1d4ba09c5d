"""Runs commands for a window, and ends them and removes their folder when the window is gone.

    python -m desktop.supervised.supervisor < job

The first line of its input is the job, as JSON: `folder`, a new folder for what they make, and `chains`, each a list
of commands that follow one another; chains run side by side. It prints a line for every chain that ended, its number
and its exit status. It goes on until its input ends, as that does however the window ended: then what still runs is
ended too, and the folder is removed. So no training outlives its lesson.
All of them are of lower priority than the window.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from desktop.engine.machine import priority

PATIENCE_S = 5.0  # for what was killed to be gone
LOG = "log-{number}.txt"
Command = Sequence[str]


class Chains:
    """Commands that run, chain by chain, until they end or are ended."""

    def __init__(self, folder: Path) -> None:
        """`folder` takes what the commands print."""
        self._folder, self._lock, self._ended = folder, threading.Lock(), False
        self._running: set[subprocess.Popen[bytes]] = set()

    def run(self, number: int, commands: Sequence[Command]) -> int:
        """Runs commands one after the other until one fails; its exit status, or 0."""
        status = 0
        with (self._folder / LOG.format(number=number)).open("ab") as log:
            for command in commands:
                process = self._start(command, log.fileno())
                if process is None:
                    return 1
                status = process.wait()
                with self._lock:
                    self._running.discard(process)
                if status:
                    break
        return status

    def end(self) -> None:
        """Ends what runs, and starts nothing more."""
        with self._lock:
            self._ended, running = True, list(self._running)
        for process in running:
            _kill(process)
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE_S)

    def _start(self, command: Command, log: int) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._ended:
                return None
            environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8:backslashreplace"}
            process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,  # so that what it starts itself is ended with it
                creationflags=priority.creation_flags(),
            )
            priority.lower_session(process.pid)
            self._running.add(process)
            return process


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kills a command with everything that it started."""
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def main() -> int:
    """Does the job; returns 0 once the window is gone."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    priority.lower()
    job = json.loads(sys.stdin.readline())
    folder = Path(job["folder"])
    chains = Chains(folder)

    def follow(number: int, commands: Sequence[Command]) -> None:
        status = chains.run(number, commands)
        with contextlib.suppress(OSError):  # the window may be gone
            print(f"{number} {status}\n", end="", flush=True)  # one write, as chains may end at once

    threads = [
        threading.Thread(target=follow, args=(number, commands), daemon=True)
        for number, commands in enumerate(job["chains"], 1)
    ]
    try:
        for thread in threads:
            thread.start()
        sys.stdin.read()
    finally:
        chains.end()
        for thread in threads:
            thread.join(PATIENCE_S)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
