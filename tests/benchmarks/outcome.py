"""What came of one benchmark, which runs in a process of its own and may not take for ever."""

from __future__ import annotations

import dataclasses
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.measure import Row, Settings

Tell = Callable[[str], object]
"""Shows a line to whoever waits."""


@dataclasses.dataclass
class Outcome:
    """What one benchmark found.

    Attributes:
        name: Of the benchmark.
        rows: What was measured.
        remarks: What was not, each in one sentence.
        failure: Why it ended early, or empty.
        seconds: How long it took.
        peak_mib: Largest resident memory of its process, rivals and all; 0 where it did not live to tell.
    """

    name: str
    rows: list[Row] = dataclasses.field(default_factory=list)
    remarks: list[str] = dataclasses.field(default_factory=list)
    failure: str = ""
    seconds: float = 0.0
    peak_mib: float = 0.0


def measured(name: str, settings: Settings, tell: Tell) -> Outcome:
    """Runs a benchmark; given up once it has taken longer than `settings.patience_s`."""
    outcome, started = Outcome(name, failure="its process ended without a word"), time.perf_counter()
    with tempfile.TemporaryDirectory() as home, _process(name, settings, home) as process:
        lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        last: list[str] = []
        reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
        errors = threading.Thread(target=lambda: last.extend(list(process.stderr or [])[-1:]), daemon=True)
        reader.start()
        errors.start()
        try:
            while (
                line := lines.get(timeout=max(0.0, settings.patience_s + started - time.perf_counter()))
            ) is not None:
                _take(json.loads(line), outcome, tell)
        except queue.Empty:
            outcome.failure = f"it took more than {settings.patience_s:.0f} s and was given up"
        finally:
            _end(process)
        errors.join(1)
    if outcome.failure:
        crash = f" ({last[0].strip()})" if last and not outcome.peak_mib else ""
        tell(f"{name} did not come to its end: {outcome.failure}{crash}.")
    outcome.seconds = time.perf_counter() - started
    return outcome


def _process(name: str, settings: Settings, home: str) -> subprocess.Popen[str]:
    """The benchmark's process; settings and caches of whoever measures are neither used nor changed."""
    command = [sys.executable, "-m", "tests.benchmarks.part", name, *(["--quick"] if settings.quick else [])]
    places = dict.fromkeys(("CONVAE_CACHE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **places},
        start_new_session=True,  # so that it can be ended with all that it started
    )


def _read(process: subprocess.Popen[str], lines: queue.SimpleQueue[str | None]) -> None:
    """On a thread of its own: a pipe cannot be waited for with a limit everywhere."""
    for line in process.stdout or ():
        lines.put(line)
    lines.put(None)


def _take(found: dict[str, Any], outcome: Outcome, tell: Tell) -> None:
    if "row" in found:
        row = Row(**found["row"])
        outcome.rows.append(row)
        verdict = {None: "", True: "; met", False: "; not met"}[row.met]
        theirs = f"{row.rival}: {row.theirs:.4g}"
        tell(f"{row.what}: {row.ours:.4g} {row.unit}, {theirs} ({row.ratio:.2f} times as good{verdict})")
    elif "remark" in found:
        outcome.remarks.append(found["remark"]["text"])
        tell(outcome.remarks[-1])
    else:
        outcome.failure, outcome.peak_mib = found["end"]["failure"], found["end"]["peak_mib"]


def _end(process: subprocess.Popen[str]) -> None:
    """Ends it and what it started, if it has not ended by itself."""
    if process.poll() is None and os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
