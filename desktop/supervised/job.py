"""Commands whose results the window wants, in processes of their own that end with it."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from desktop.i18n import tr
from desktop.supervised.supervisor import LOG, Command
from desktop.training.launch import last_lines

PREFIX = "convae-job-"
PATIENCE_MS = 10_000  # until a supervisor that was let go is killed


class Job(QObject):
    """Chains of commands; those of a chain follow one another, and chains run side by side.

    Attributes:
        folder: A temporary folder for what they make; it is there until `stop`.

    Signals:
        done(): All are finished.
        failed(text): One failed, and what it printed last.
    """

    done = Signal()
    failed = Signal(str)

    def __init__(
        self,
        chains: Callable[[Path], Sequence[Sequence[Command]]],
        is_result: Callable[[Path, int], bool] = lambda _folder, _number: False,
        parent: QObject | None = None,
    ) -> None:
        """Begins at once.

        Args:
            chains: Given the folder, the commands of each chain.
            is_result: Asked of a chain that failed, by the folder and its number from 1: whether that is a result too.
            parent: As Qt has it.

        Raises:
            OSError: There is no room for a folder.
        """
        super().__init__(parent)
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        commands = [[list(command) for command in chain] for chain in chains(self.folder)]
        self._wanted, self._over, self._is_result = len(commands), False, is_result
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._hear)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._end)
        self._process.start(sys.executable, ["-m", "desktop.supervised.supervisor"])
        job = {"folder": str(self.folder), "chains": commands}
        self._process.write(f"{json.dumps(job)}\n".encode())

    @property
    def process(self) -> int:
        """The supervisor's number; 0 once it is gone."""
        return self._process.processId()

    @property
    def busy(self) -> bool:
        """Whether anything runs."""
        return not self._over

    def stop(self) -> None:
        """Ends what runs and removes the folder; nothing is told after."""
        self._over = True
        self._process.closeWriteChannel()
        if self._process.state() != QProcess.ProcessState.NotRunning and not self._process.waitForFinished(PATIENCE_MS):
            self._process.kill()
            self._process.waitForFinished(PATIENCE_MS)
        shutil.rmtree(self.folder, ignore_errors=True)

    @Slot()
    def _hear(self) -> None:
        while self._process.canReadLine() and not self._over:
            number, status = bytes(self._process.readLine().data()).split()
            if int(status) and not self._is_result(self.folder, int(number)):
                self._fail(last_lines(self.folder / LOG.format(number=int(number))))
                return
            self._wanted -= 1
        if self._wanted == 0 and not self._over:
            self._over = True
            self.done.emit()

    @Slot()
    def _end(self) -> None:
        with contextlib.suppress(RuntimeError):  # the page is gone already
            if not self._over:
                self._fail("")

    def _fail(self, text: str) -> None:
        self._over = True
        self._process.closeWriteChannel()
        self.failed.emit(text or tr("The command failed."))
