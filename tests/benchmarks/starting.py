"""Starting the program: what importing it costs, what it brings in, and how long until a picture is there."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.measure import Row, Settings

LONGEST_IMPORT_S = 0.5
LONGEST_START_S = 1.5
UNWANTED = ("torch", "matplotlib", "scipy", "sklearn", "onnx", "trainer")


def run(settings: Settings) -> Iterator[Row]:
    """Cold processes, one after another; the aim is a time, so the ratio is that of the aim to the time."""
    repeats = 3 if settings.quick else 7
    bare = _median(["-c", "pass"], repeats)
    imported = _median(["-c", "import desktop.app"], repeats) - bare
    window = _median(["-c", "import desktop.window"], repeats) - bare
    found = _unwanted()
    note = f"brings in {', '.join(found)}" if found else f"brings in none of {', '.join(UNWANTED)}"
    yield Row("import desktop.app", imported, "the aim", LONGEST_IMPORT_S, "s", 1.0, note=note)
    yield Row("import desktop.window, with Qt", window, "the aim", LONGEST_IMPORT_S, "s", 1.0)
    with tempfile.TemporaryDirectory() as folder:
        shot = str(Path(folder, "shot.png"))
        started = _median(["-m", "desktop", "--screenshot", shot], repeats)
    note = "process start to the window drawn, grabbed and written"
    yield Row("first picture", started, "the aim", LONGEST_START_S, "s", 1.0, ceiling=bare, note=note)


def _median(arguments: Sequence[str], repeats: int) -> float:
    """Wall time in seconds of a fresh interpreter; the first, which fills the disk cache, does not count."""
    times = []
    for _ in range(repeats + 1):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, env=_environment(), stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - started)
    return statistics.median(times[1:])


def _unwanted() -> list[str]:
    """Which of the heavy libraries stand in `sys.modules` once a picture was drawn."""
    script = (
        "import sys, tempfile, pathlib; from desktop.app import main; "
        "main(['--screenshot', str(pathlib.Path(tempfile.mkdtemp(), 'shot.png'))]); "
        f"print(*[name for name in {UNWANTED!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, env=_environment(), capture_output=True, text=True
    )
    return done.stdout.split()


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
