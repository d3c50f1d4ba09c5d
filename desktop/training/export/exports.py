"""Models made of runs, in processes of their own."""

from __future__ import annotations

import dataclasses
import subprocess
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.engine import library
from desktop.i18n import tr
from desktop.training import launch
from export.bundle.store import PACKED_SUFFIX

LOOK_MS = 200
Precision = Literal["fp32", "fp16", "int8"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a model is to be.

    Attributes:
        name: Its name; "" for the run's, with the precision where that is not fp32, as the command has it.
        precision: Of both graphs.
        pack: Whether it is one file in place of a folder.
    """

    name: str = ""
    precision: Precision = "fp32"
    pack: bool = False

    def place(self, run: Path) -> Path:
        """Where the model of a run goes: among the user's own, under a name that is free."""
        name = self.name or run.name + ("" if self.precision == "fp32" else f"-{self.precision}")
        return launch.free_name(library.user_folder(), name, PACKED_SUFFIX if self.pack else "")


class Exports(QObject):
    """Exports that go on; each ends with one signal.

    Signals:
        done(run, place): The model of the run is there.
        failed(text): Why it is not.
    """

    done = Signal(object, object)
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

    def start(self, run: Path, wanted: Wanted = Wanted()) -> None:
        """Makes a model of a run, among the user's own.

        Raises:
            TrainingError: The process cannot be started.
        """
        target = wanted.place(run)
        command = launch.export_command(run, target, target.name.removesuffix(PACKED_SUFFIX), wanted.precision)
        self._going[run] = launch.start(command, launch.log_file(run)), target
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
                self.done.emit(run, target)
            else:
                last = launch.last_lines(launch.log_file(run)).removeprefix("error: ")
                self.failed.emit(last or tr("The export failed."))
        if not self._going:
            self._timer.stop()
