"""Models made of runs, in processes of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.i18n import tr
from desktop.training import launch

LOOK_MS = 200


class Exports(QObject):
    """Exports that go on; each ends with one signal.

    Signals:
        done(folder): The model is there.
        failed(text): Why it is not.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self._going: dict[Path, tuple[subprocess.Popen[bytes], Path]] = {}
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def __contains__(self, run: object) -> bool:
        """Whether a model of the run is being made."""
        return run in self._going

    def start(self, run: Path) -> None:
        """Makes a model of a run, among the user's own.

        Raises:
            TrainingError: The process cannot be started.
        """
        target = launch.model_folder(run)
        self._going[run] = launch.start(launch.export_command(run, target), launch.log_file(run)), target
        self._timer.start()

    def stop(self) -> None:
        """The window closes; what is being made is finished without it."""
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        for run, (process, target) in list(self._going.items()):
            if process.poll() is None:
                continue
            del self._going[run]
            if process.returncode == 0:
                self.done.emit(target)
            else:
                self.failed.emit(launch.last_lines(launch.log_file(run)) or tr("The export failed."))
        if not self._going:
            self._timer.stop()
