"""`python -m tests.desktop.training.window_process DEED`: a window with the Training page, for tests that kill it.

The user's folders are those of the environment. DEED is `train WORDS`, which begins a training called `mine` with these
options, or goes on with it where nobody trains it; or `queue COUNT WORDS`, which fills the queue where there are no
runs yet; or `watch`. It prints `ready` once it shows what there is, and lives until it is killed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.state.settings import Settings, settings_file
from desktop.training import launch
from desktop.training.launch import Plan
from desktop.training.page import TrainingPage
from desktop.window import Window
from trainer.run import contract


def main() -> int:
    """Lives until it is killed."""
    deed, *words = sys.argv[1:]
    application = QApplication.instance() or QApplication(["ConvAE"])
    window = Window([], "cpu", Settings(settings_file()))
    window.show()
    window.show_page("training")
    page = window.page("training")
    assert isinstance(page, TrainingPage)
    runs = launch.runs_folder()
    if deed == "train":
        _train(page, runs / "mine", words)
    elif deed == "queue" and not contract.find_runs(runs) and not page.queue.queue.entries:
        for number in range(int(words[0])):
            page.queue.add(Plan(None, runs / f"run{number}", "sliders", 0, tuple(words[1:])))
    QTimer.singleShot(0, lambda: print("ready", flush=True))
    return application.exec()


def _train(page: TrainingPage, run: Path, words: list[str]) -> None:
    status = contract.read_status(run)
    if not contract.is_run(run) and not launch.log_file(run).exists():
        page.deeds.begin(Plan(None, run, "sliders", 0, tuple(words)))
    elif status is not None and not status.alive and not status.ended:
        page.list_runs(run)
        page.look_again()
        page.deeds.resume.trigger()


if __name__ == "__main__":
    sys.exit(main())
