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

LONGEST_IMPORT_S = 0.35
LONGEST_START_S = 1.0
UNWANTED = ("torch", "matplotlib", "scipy", "sklearn", "onnx", "trainer")


def run(settings: Settings) -> Iterator[Row]:
    """Fresh processes, one after another; the aim is a time, so the ratio is that of the aim to the time.

    Bytecode is kept, as Python does unless it is told not to: every start but the first after an installation finds it.
    """
    repeats = 3 if settings.quick else 7
    with tempfile.TemporaryDirectory() as folder:
        kept = _environment(Path(folder, "bytecode"))
        bare = _median(["-c", "pass"], repeats, kept)
        imported = _median(["-c", "import desktop.app"], repeats, kept) - bare
        window = _median(["-c", "import desktop.window"], repeats, kept) - bare
        anew = _median(["-c", "import desktop.window"], repeats, _environment(None)) - bare
        started = _median(["-m", "desktop", "--screenshot", str(Path(folder, "shot.png"))], repeats, kept)
        found = _unwanted(kept)
    note = f"brings in {', '.join(found)}" if found else f"brings in none of {', '.join(UNWANTED)}"
    yield Row("import desktop.app", imported, "the aim", LONGEST_IMPORT_S, "s", 1.0, note=note)
    note = f"{anew:.2f} s where Python may not keep bytecode, and compiles all of it at each start"
    yield Row("import desktop.window, with Qt", window, "the aim", LONGEST_IMPORT_S, "s", 1.0, note=note)
    note = "process start to the window drawn, grabbed and written"
    yield Row("first picture", started, "the aim", LONGEST_START_S, "s", 1.0, ceiling=bare, note=note)


def _median(arguments: Sequence[str], repeats: int, environment: dict[str, str]) -> float:
    """Wall time in seconds of a fresh interpreter; the first, which fills caches on the disk, does not count."""
    times = []
    for _ in range(repeats + 1):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - started)
    return statistics.median(times[1:])


def _unwanted(environment: dict[str, str]) -> list[str]:
    """Which of the heavy libraries stand in `sys.modules` once a picture was drawn."""
    script = (
        "import sys, tempfile, pathlib; from desktop.app import main; "
        "main(['--screenshot', str(pathlib.Path(tempfile.mkdtemp(), 'shot.png'))]); "
        f"print(*[name for name in {UNWANTED!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, env=environment, capture_output=True, text=True)
    return done.stdout.split()


def _environment(bytecode: Path | None) -> dict[str, str]:
    """That of processes that draw no window, and keep bytecode in a folder or nowhere."""
    kept = {} if bytecode is None else {"PYTHONPYCACHEPREFIX": str(bytecode)}
    unkept = {"PYTHONDONTWRITEBYTECODE": "1"} if bytecode is None else {"PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **unkept, **kept}
