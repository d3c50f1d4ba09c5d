"""The best weights of a training so far, exported again each time that they were written."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.engine.errors import TrainingError
from desktop.i18n import told
from desktop.training import launch
from trainer.run import contract
from trainer.run.contract import WEIGHTS_FILE

LOOK_MS = 500
SHARE = 0.03  # of the time: an export is followed by a wait that makes it no more than this


class Follower(QObject):
    """Follows one run; exports are at the lowest priority, and take at most a thirtieth of the time.

    Signals:
        made(folder): The best model so far is there, in place of the one before.
        failed(text): An export failed; the run is followed on.
    """

    made = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Follows nothing."""
        super().__init__(parent)
        self._run: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._seen, self._began, self._next = 0, 0.0, 0.0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def run(self) -> Path | None:
        """The run that is followed."""
        return self._run

    def follow(self, run: Path | None) -> None:
        """Follows a run from now on; None ends that."""
        self.stop()
        self._run, self._seen, self._next = run, 0, 0.0
        if run is not None:
            self._timer.start()

    def stop(self) -> None:
        """Ends an export that is under way, and looks no more."""
        self._timer.stop()
        if self._process is not None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
            self._process = None

    @Slot()
    def _look(self) -> None:
        run = self._run
        if run is None:
            return
        if self._process is not None:
            if self._process.poll() is not None:
                self._end(run, self._process.returncode)
            return
        status = contract.read_status(run)
        changed = _changed_ns(run)
        if changed and changed != self._seen and time.monotonic() >= self._next:
            self._begin(run, changed)
        elif status is not None and not status.alive and changed == self._seen:
            self._timer.stop()  # the last weights are exported

    def _begin(self, run: Path, changed: int) -> None:
        self._seen, self._began = changed, time.monotonic()
        shutil.rmtree(_next_folder(run), ignore_errors=True)
        command = launch.export_command(run, _next_folder(run), f"{run.name}-live")
        try:
            self._process = launch.start(launch.quietly(command), launch.log_file(run))
        except TrainingError as error:
            self.failed.emit(told(error))

    def _end(self, run: Path, status: int) -> None:
        self._process = None
        took = time.monotonic() - self._began
        self._next = time.monotonic() + took / SHARE
        if status != 0:
            self.failed.emit(launch.last_lines(launch.log_file(run)))
            return
        folder = live_folder(run)
        shutil.rmtree(folder, ignore_errors=True)
        _next_folder(run).replace(folder)
        self.made.emit(folder)


def live_folder(run: Path) -> Path:
    """Where the best model of a run so far is."""
    return run.parent / ".live" / run.name


def _next_folder(run: Path) -> Path:
    return live_folder(run).with_name(f"{run.name}.next")


def _changed_ns(run: Path) -> int:
    """When a run's weights were written last; 0 where there are none."""
    try:
        return (run / WEIGHTS_FILE).stat().st_mtime_ns
    except OSError:
        return 0
