"""The Batch page: a folder of pictures through the model, into another folder."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop import failures, file_manager, theme
from desktop.batch import words
from desktop.batch.estimate import Estimate
from desktop.batch.failure_list import FailureList
from desktop.batch.form import BatchForm
from desktop.batch.results import ResultTable
from desktop.batch.waiting import WaitingList
from desktop.batch.work_view import WorkView
from desktop.engine.batch.plan import BatchJob, ExistingFilesError
from desktop.engine.batch.progress import Control, Progress
from desktop.engine.batch.run import Summary, run
from desktop.engine.pictures import Picture
from desktop.i18n import bind, mark, tr
from desktop.page import Content, Page
from desktop.runner import Runner
from desktop.state.services import Services
from desktop.widgets import question
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row
from export.bundle import INFO_FILE

PAGE = "batch"
STEPS = 10_000  # of the progress bar: it moves smoothly, however many pictures there are


class BatchPage(Page):
    """What to do, how far it is, and what failed.

    Signals:
        progressed(progress): A picture more is done.
        finished(summary): The batch is over, or was cancelled.
        failed(error): It could not begin, or the disk refused.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, services: Services) -> None:
        """As it was filled in last."""
        super().__init__(services)
        self.form = BatchForm(services.settings)
        self.runner, self._control = Runner(self), Control()
        self.bar, self.state, self.failures = QProgressBar(), label("", "muted"), FailureList()
        self.model, self.estimate_label = label("", "muted"), label("", "muted")
        self.estimate, self.waiting = Estimate(services, self), WaitingList()
        self.work, self.table = WorkView(), ResultTable()
        self._progress: Progress | None = None
        self._summary: Summary | None = None
        self._job: BatchJob | None = None
        self._add_actions()
        self._lay_out()
        self._connect()
        self._show_state()

    def take(self, content: Content) -> bool:
        """A folder that was dropped is the source; a model still is a model."""
        paths = () if isinstance(content, Picture) else content
        sources = [path for path in paths if path.is_dir() and not (path / INFO_FILE).exists()]
        if not sources:
            return False
        self.form.source.set_path(sources[0])
        return True

    def unfinished(self) -> str:
        """Asks before a batch that runs is stopped."""
        return (
            tr("A batch is running. Stop it and close? It can continue from there later.") if self.runner.busy else ""
        )

    def stop(self) -> None:
        """A batch that runs ends; the next start goes on from there."""
        self.form.keep()
        self.waiting.clear()
        self._control.cancel()
        self.runner.stop()
        self.estimate.stop()
        self.work.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show_state()
        super().changeEvent(event)

    @Slot()
    def start(self) -> None:
        """Begins the batch that the form describes, or goes on with it; while another one runs, it waits for that."""
        job = self._asked()
        if job is not None and self.runner.busy:
            self.form.keep()
            self.waiting.add(job)
        else:
            self._begin(job)

    def _add_actions(self) -> None:
        act, doing = self.services.actions.of_page(PAGE), mark("Take every picture of the folder through the model")
        self.begin = act("start", self.start, "Start the batch", doing, keys="Ctrl+Return", separated=True)
        self.pause = act("pause", self.set_paused, "Pause", "Wait, or resume", keys="Ctrl+P", checkable=True)
        ending = mark("End it after the pictures in work; Start continues from there")
        self.cancel = act("cancel", self._cancel, "Cancel", ending, keys="Ctrl+.")
        self.show_folder = act("folder", self._show_folder, "Show folder", "Open the folder that was written")

    def _lay_out(self) -> None:
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.GAP_SMALL)
        bind(self.bar, self.bar.setAccessibleName, "Progress of the batch")
        buttons = [ActionButton(self.begin, primary=True)]
        buttons += [ActionButton(action) for action in (self.pause, self.cancel, self.show_folder)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(label("A folder of pictures through the model", "title"))
        column.addWidget(self.model)
        form = QHBoxLayout()
        form.addWidget(self.form, 1)
        form.addStretch(0)  # takes what the form does not want
        column.addLayout(form)
        column.addLayout(row(*buttons, self.estimate_label, None))
        above: tuple[QWidget, ...] = (self.bar, self.state, self.work, self.waiting)
        for part in (*above, self.table, self.failures):
            part.setMaximumWidth(self.form.maximumWidth())
        for part in above:
            column.addWidget(part)
        column.addWidget(self.failures)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def _connect(self) -> None:
        self.form.changed.connect(self._show_state)
        self.form.source.changed.connect(self._propose)
        self.estimate.changed.connect(self._show_estimate)
        self.services.steering.model_changed.connect(self._show_state)
        self.table.opened.connect(self._open)
        self.services.models_changed.connect(self._show_state)
        self.services.session.model_changed.connect(self._show_state)
        self.progressed.connect(self._on_progress)
        self.finished.connect(self._on_end)
        self.failed.connect(self._on_failure)
        self.runner.changed.connect(self._show_state)

    def _asked(self) -> BatchJob | None:
        """What the form asks for now, with the model that is chosen now."""
        entry, source, target = self.services.session.model, self.form.source.path, self.form.target.path
        if entry is None or source is None or target is None:
            return None
        form, services = self.form, self.services
        return BatchJob(
            source,
            target,
            entry,
            form.outputs,
            form.pattern,
            form.overwrite,
            services.session.fit,
            services.asked,
            encoding=form.encoding,
        )

    def _begin(self, job: BatchJob | None) -> None:
        if job is None or self.runner.busy:
            return
        self._progress = self._summary = None
        self._job = job
        self.table.results.show_results(())
        self.form.keep()
        self._control = control = Control()
        tell = self.progressed.emit  # queued: it is called on the runner's thread
        self.runner.start(job.source.name, lambda *_: run(job, control, tell), self.finished.emit, self.failed.emit)

    @Slot(bool)
    def set_paused(self, paused: bool) -> None:
        """Waits before the next picture, or goes on."""
        (self._control.pause if paused else self._control.resume)()
        self._show_state()

    @Slot()
    def _cancel(self) -> None:
        self._control.cancel()

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self._progress = progress
        job = self._job
        if job is not None:
            if progress.last is not None:
                self.table.results.add(words.result(job, progress.last))
            self.work.show_path(job.source / progress.working if progress.working else None, progress.working)
        self._show_state()

    @Slot(object)
    def _on_end(self, summary: Summary) -> None:
        self._summary = summary
        if self._job is not None:
            self.table.results.show_results(words.results(self._job, summary))
        self._show_state()
        QTimer.singleShot(0, self, self._begin_next)

    @Slot()
    def _begin_next(self) -> None:
        """The batch that waited for longest; after one was cancelled, the user begins the others."""
        if not self.runner.busy:
            self._begin(self.waiting.take_next())

    @Slot(object)
    def _open(self, path: Path) -> None:
        """On the Picture page, with the batch's model."""
        model = self._job.entry if self._job is not None else None
        self.services.page_asked.emit("picture")
        self.services.open_paths([path])
        if model is not None and model is not self.services.session.model:
            self.services.open(model)

    @Slot()
    def _propose(self) -> None:
        model = self.services.session.model
        if model is not None and self.form.source.path is not None and self.form.source.path.is_dir():
            self.form.propose(model.name)

    @Slot()
    def _show_estimate(self) -> None:
        folder = self.form.source.path
        is_known = folder is not None and folder.is_dir()
        self.estimate_label.setText(words.estimate(self.estimate.count, self.estimate.seconds) if is_known else "")

    @Slot(object)
    def _on_failure(self, error: Exception) -> None:
        if isinstance(error, ExistingFilesError):
            self._ask_to_overwrite(error)
        else:
            self.services.warned_of_page.emit(PAGE, failures.sentence(error))
            QTimer.singleShot(0, self, self._begin_next)

    def _ask_to_overwrite(self, error: ExistingFilesError) -> None:
        text = tr(
            "{n:,} of the files to write exist already (the first is {name}). Replace them?",
            n=error.count,
            name=error.files[0].name,
        )
        if question.agrees(self, text, tr("Replace files")):
            self._begin(self._job and dataclasses.replace(self._job, overwrite=True))

    @Slot()
    def _show_folder(self) -> None:
        if self._job is not None:
            file_manager.show(self._job.target)

    @property
    def paused(self) -> bool:
        """Whether a batch waits to be resumed."""
        return self.runner.busy and self._control.paused

    @Slot()
    def _show_state(self) -> None:
        """Everything that depends on how far it is."""
        busy, job, chosen = self.runner.busy, self._job, self.services.session.model
        self.model.setText(words.model(job.entry if busy and job else None, chosen))
        can_begin = self._asked() is not None and bool(self.form.outputs)
        self.begin.setEnabled(can_begin)
        self.begin.setText(tr("Add to the queue") if busy else tr("Start the batch"))
        self.estimate.ask(self.form.source.path, self.form.target.path)
        self._show_estimate()
        self.pause.setEnabled(busy)
        self.pause.setChecked(self.paused)
        self.cancel.setEnabled(busy)
        self.show_folder.setEnabled(job is not None and job.target.is_dir())
        if not busy:
            self.work.show_path(None, "")
        self.table.setVisible(bool(self.table.results.results))
        self.bar.setVisible(busy or self._summary is not None)
        self.bar.setValue(self._share())
        self.state.setText(self._state())
        self.failures.show_failures(self._summary.failures if self._summary else ())

    def _share(self) -> int:
        now = self._progress
        if now is None or now.total == 0:
            return STEPS if self._summary is not None else 0
        return STEPS * (now.done + now.failed) // now.total

    def _state(self) -> str:
        if self._summary is not None:
            return words.summary(self._summary, self._job.entry.name if self._job else "")
        if not self.runner.busy:
            return tr("Choose a folder of pictures, or drop one here, and a folder to write to.")
        if self._progress is None:
            return tr("Looking for pictures…")
        return words.progress(self._progress, self.paused)
