"""What watching a training costs it, and how far the figures on the page lag: `python -m tests.benchmarks.watching`.

One small network is trained all the time; a window is opened beside it and, turn by turn, watches it or not. The cost
is the ratio of the steps that were done in neighbouring turns, whose order changes from pair to pair. The lag is the
time from a status file's write to the moment at which the page says what it holds.
"""

from __future__ import annotations

import dataclasses
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import tyro
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.state.settings import Settings
from desktop.training import launch
from desktop.training.page import LOOK_MS, TrainingPage
from desktop.window import Window
from trainer.run import contract
from trainer.run.contract import Status

OPTIONS = ("--characters", "400", "--size", "64", "--latent", "vector", "--init", "random", "--batch-size", "16")
PATIENCE_S = 240


@dataclasses.dataclass(frozen=True)
class WatchingConfig:
    """Measure the cost of watching a training, and the lag of its figures."""

    pairs: int = 20
    """Pairs of turns, one watched and one not."""
    seconds: float = 8.0
    """Of a turn."""
    writes: int = 40
    """Status files whose way to the page is timed."""


def main() -> int:
    """Prints both figures."""
    config = tyro.cli(WatchingConfig, prog="python -m tests.benchmarks.watching")
    application = QApplication.instance() or QApplication(["watching"])
    with tempfile.TemporaryDirectory(prefix="convae-watching-") as name:
        runs = Path(name) / "runs"
        launch.runs_folder = lambda: runs  # the window shows these runs alone
        window = Window([], "cpu", Settings())
        window.show()
        window.show_page("training")
        page = window.page("training")
        assert isinstance(page, TrainingPage)
        lags = lag(page, runs / "still", config.writes)
        print(f"lag: median {statistics.median(lags):.3f} s, at most {max(lags):.3f} s over {len(lags)} writes")
        ratios = cost(page, runs / "mine", config)
        print(f"cost: watched / not watched {statistics.median(ratios):.4f} (median of {len(ratios)} pairs,", end=" ")
        print(f"half of them {' to '.join(f'{each:.3f}' for each in statistics.quantiles(ratios)[::2])})")
        window.leaving.ask_nobody()
        window.close()
    return 0 if application is not None else 1


def lag(page: TrainingPage, run: Path, writes: int) -> list[float]:
    """Seconds from each write to the page, in a run that this process writes."""
    run.mkdir(parents=True)
    (run / contract.CONFIG_FILE).write_text("{}")
    contract.write_status(run, Status("training", os.getpid(), total_steps=writes))
    page.list_runs(run)
    found, moments = [], random.Random(0)
    for step in range(1, writes + 1):
        wait(moments.uniform(0, 2 * LOOK_MS / 1000))  # so that writes fall anywhere between two looks
        began = time.perf_counter()
        contract.write_status(run, Status("training", os.getpid(), step=step, total_steps=writes))
        while f"step {step:,} of" not in page.state.text():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        found.append(time.perf_counter() - began)
    contract.write_status(run, Status("done", os.getpid(), step=writes, total_steps=writes))
    return found


def cost(page: TrainingPage, run: Path, config: WatchingConfig) -> list[float]:
    """Of each pair of turns the steps of the watched one over those of the other."""
    command = [sys.executable, "-m", "trainer.train", *OPTIONS, "--steps", "1000000", "--out", str(run)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as training:
        try:
            end = time.monotonic() + PATIENCE_S
            while steps_of(run) < 5 and time.monotonic() < end:
                wait(0.2)
            page.list_runs(run)
            ratios = []
            for pair in range(config.pairs):
                order = (True, False) if pair % 2 else (False, True)
                done = {watched: turn(page, run, watched, config.seconds) for watched in order}
                ratios.append(done[True] / done[False])
        finally:
            training.terminate()
    return ratios


def turn(page: TrainingPage, run: Path, watched: bool, seconds: float) -> float:
    """Steps a second, while the page is watching or not."""
    if watched:
        page.arrive()
    else:
        page.leave()
    wait(1.0)
    first, began = steps_of(run), time.perf_counter()
    wait(seconds)
    return (steps_of(run) - first) / (time.perf_counter() - began)


def steps_of(run: Path) -> int:
    """Rows of the table of steps: exact, where a status is half a second old."""
    try:
        with (run / contract.METRICS_FILE).open("rb") as file:
            return file.read().count(b"\n")
    except OSError:
        return 0


def wait(seconds: float) -> None:
    """Lets the window work."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
