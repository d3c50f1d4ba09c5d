"""The runs of a lesson, in processes of their own that end with the window."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from desktop.i18n import tr
from desktop.lessons.lesson import Lesson
from desktop.lessons.supervisor import LOG
from desktop.training.launch import last_lines
from trainer.run.contract import read_status

PATIENCE_MS = 10_000  # until a supervisor that was let go is killed


class Job(QObject):
    """One pressing of *Run*.

    Attributes:
        folder: Where the runs are, until `stop`.
        runs: The folder of each of them.

    Signals:
        done(): All runs are finished.
        failed(text): One is not, and why.
    """

    done = Signal()
    failed = Signal(str)

    def __init__(self, lesson: Lesson, chosen: int, parent: QObject | None = None) -> None:
        """Begins at once.

        Raises:
            OSError: There is no room for a folder.
        """
        super().__init__(parent)
        self.folder = Path(tempfile.mkdtemp(prefix="convae-lesson-"))
        self.runs = lesson.runs(self.folder, chosen)
        self._wanted, self._over, self._may_diverge = len(self.runs), False, lesson.may_diverge
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._hear)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._end)
        self._process.start(sys.executable, ["-m", "desktop.lessons.supervisor"])
        job = {"folder": str(self.folder), "chains": lesson.commands(self.folder, chosen)}
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
            if int(status) and not (self._may_diverge and self._diverged(int(number))):
                self._fail(last_lines(self.folder / LOG.format(number=int(number))))
                return
            self._wanted -= 1
        if self._wanted == 0 and not self._over:
            self._over = True
            self.done.emit()

    def _diverged(self, number: int) -> bool:
        """Whether a run ended as such trainings do: after some steps, with a status that says so."""
        status = read_status(self.runs[number - 1])
        return status is not None and status.state == "failed" and status.step > 0

    @Slot()
    def _end(self) -> None:
        with contextlib.suppress(RuntimeError):  # the page is gone already
            if not self._over:
                self._fail("")

    def _fail(self, text: str) -> None:
        self._over = True
        self._process.closeWriteChannel()
        self.failed.emit(text or tr("The training failed."))
