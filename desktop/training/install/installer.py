"""Installs the packages of a training in an environment of their own, one command after another."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.engine.errors import TrainingError
from desktop.i18n import told, tr
from desktop.runner import Runner
from desktop.training import launch
from desktop.training.install import environment

LOOK_MS = 200
REASON_LINES = 12
PATIENCE_S = 5.0  # with a command that was asked to end


class Installer(QObject):
    """One installation at a time; each ends with one signal, and leaves nothing behind where it fails.

    Signals:
        progressed(line, step, steps): The last line that was printed, in so many of so many steps.
        done(): Trainings can begin.
        failed(text): Why they cannot; "" where it was cancelled.
    """

    progressed = Signal(str, int, int)
    done = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is installed yet."""
        super().__init__(parent)
        self._folder: Path | None = None
        self._steps: list[list[str]] = []
        self._at = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._runner = Runner(self)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether anything is being installed."""
        return self._folder is not None

    def start(self) -> None:
        """Begins, unless it has begun."""
        if self.busy:
            return
        try:
            self._folder = environment.new_folder()
            self._steps, self._at = environment.steps(self._folder), -1
            self._next()
        except TrainingError as error:
            self._end(told(error))

    def cancel(self) -> None:
        """Ends the command that runs, and removes what it made."""
        if self.busy:
            self._kill()
            self._end("")

    def stop(self) -> None:
        """The window closes: an installation is given up."""
        self._timer.stop()
        self._kill()
        if self._folder is not None:
            environment.remove_others()
        self._folder = None
        self._runner.stop(finish=True)

    def _next(self) -> None:
        self._at += 1
        self._process = launch.start(self._steps[self._at], environment.log_file())
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        process, folder = self._process, self._folder
        if process is None or folder is None:
            return
        line = launch.last_lines(environment.log_file())
        if process.poll() is None:
            self.progressed.emit(line, self._at + 1, len(self._steps))
        elif process.returncode != 0:
            self._end(tr("The installation failed: {line}", line=_reason(line)))
        elif self._at + 1 < len(self._steps):
            self._go_on()
        else:
            self._adopt(folder)

    def _go_on(self) -> None:
        try:
            self._next()
        except TrainingError as error:
            self._end(told(error))

    def _adopt(self, folder: Path) -> None:
        try:
            environment.adopt(folder)
        except TrainingError as error:
            self._end(told(error))
            return
        self._timer.stop()
        self._folder = self._process = None
        self.done.emit()

    def _end(self, text: str) -> None:
        self._timer.stop()
        self._folder = self._process = None
        work = lambda _progress, _stopped: environment.remove_others()  # noqa: E731 - gigabytes take a while
        self._runner.start("training", work, lambda _: self.failed.emit(text), lambda _: self.failed.emit(text))

    def _kill(self) -> None:
        """Ends the command with everything that it started."""
        if self._process is None or self._process.poll() is not None:
            return
        if sys.platform == "win32":
            self._process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)  # a session of its own, which `launch.start` made
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE_S)


def _reason(last: str) -> str:
    """Why a command failed: uv says what failed first and its causes below it, the last of which says the most."""
    lines = launch.last_lines(environment.log_file(), REASON_LINES).splitlines()
    last = last.strip().removeprefix("cause: ").removeprefix("error: ")
    first = next((line.removeprefix("error: ") for line in reversed(lines) if line.startswith("error: ")), last)
    return last if last == first else f"{first} ({last.rstrip('.')})"
