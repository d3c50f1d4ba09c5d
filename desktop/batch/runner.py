"""A batch on a thread of its own, with its progress brought home to the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engine.batch import run
from desktop.engine.batch.plan import BatchJob
from desktop.engine.batch.progress import Control, Progress
from desktop.worker import Worker


class BatchRunner(QObject):
    """Runs one batch at a time.

    Signals:
        progressed(progress): A picture more is done.
        finished(summary): It is over, or was stopped.
        failed(error): It could not begin, or the disk refused.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing runs."""
        super().__init__(parent)
        self._control: Control | None = None
        self._worker = Worker(self._run, self)
        self._worker.answered.connect(self._on_answer)
        self._worker.failed.connect(self._on_failure)

    @property
    def busy(self) -> bool:
        """Whether a batch runs or waits."""
        return self._control is not None

    @property
    def paused(self) -> bool:
        """Whether a batch waits to be resumed."""
        return self._control is not None and self._control.paused

    def start(self, job: BatchJob) -> None:
        """Begins a batch, unless one runs."""
        if self._control is None:
            self._control = Control()
            self._worker.submit((job, self._control))

    def set_paused(self, paused: bool) -> None:
        """Waits, or goes on."""
        if self._control is not None:
            (self._control.pause if paused else self._control.resume)()

    def cancel(self) -> None:
        """Ends it after the pictures at hand; `finished` follows."""
        if self._control is not None:
            self._control.cancel()

    def stop(self) -> None:
        """Ends it and its thread; nothing is said after this."""
        self.cancel()
        self._worker.stop()

    def _run(self, asked: tuple[BatchJob, Control]) -> object:
        """On the worker's thread."""
        return run.run(*asked, watch=self._tell)

    def _tell(self, progress: Progress) -> None:
        self.progressed.emit(progress)  # queued: it is emitted on another thread than this object's

    @Slot(int, object)
    def _on_answer(self, _number: int, summary: run.Summary) -> None:
        self._control = None
        self.finished.emit(summary)

    @Slot(int, object)
    def _on_failure(self, _number: int, error: Exception) -> None:
        self._control = None
        self.failed.emit(error)
