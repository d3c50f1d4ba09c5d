"""A training at work beside what is measured, started as the window starts one."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from desktop.training import launch
from trainer.run import contract

FIRST_STEPS = 3  # torch prepares itself in them
PATIENCE_S = 180.0
OPTIONS = ("--arch", "compact", "--characters", "100", "--size", "128", "--init", "random")  # which begins soonest


@contextlib.contextmanager
def training() -> Iterator[None]:
    """Built-in characters, 128 pixels, on all cores; ended with the block.

    Raises:
        RuntimeError: It ended, or did not come to its first steps.
    """
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder, "run")
        command = launch.train_command(launch.Plan(None, run, "sliders", 60, OPTIONS))
        process = launch.start(command, launch.log_file(run))
        try:
            _wait(process, run)
            yield
            if process.poll() is not None:
                raise RuntimeError(f"the training ended too early: {launch.last_lines(launch.log_file(run))}")
        finally:
            if os.name == "posix":
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # a session of its own, which `launch.start` made
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], run: Path) -> None:
    """Until it has made its first steps."""
    ends = time.monotonic() + PATIENCE_S
    while (status := contract.read_status(run)) is None or status.step < FIRST_STEPS:
        if process.poll() is not None or time.monotonic() > ends:
            said = launch.last_lines(launch.log_file(run))
            raise RuntimeError(f"the training beside it did not begin: {said or 'without a word'}")
        time.sleep(0.2)
