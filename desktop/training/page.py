"""The Training page: a folder is dropped, the trainer runs in a process of its own, and its model joins the list."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import file_manager, theme
from desktop.engine.errors import TrainingError
from desktop.engine.library import is_model
from desktop.engine.pictures import Picture
from desktop.figures import content
from desktop.figures.export import FigureExport, Make
from desktop.i18n import mark, told, tr
from desktop.page import Content, Page
from desktop.state.services import Services
from desktop.training import launch, places, words
from desktop.training.exports import Exports
from desktop.training.folder_facts import FolderFacts
from desktop.training.follower import Follower
from desktop.training.form import TrainingForm
from desktop.training.launch import Plan
from desktop.training.mends import Mends
from desktop.training.problem import Problem
from desktop.training.queue import TrainingQueue
from desktop.training.queue_panel import QueuePanel
from desktop.training.run_list import RunList
from desktop.training.run_pane import RunPane
from desktop.training.trainings import Trainings
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row
from trainer.run import contract
from trainer.run.contract import Status

PAGE = "training"
KNOWS = "training/goes-on"  # whether it was said that trainings go on without the window
LOOK_MS = 400  # between two looks at the run that is shown
FORM_WIDTH = 340
QUEUE_FILE = "training-queue.json"  # beside the settings


class TrainingPage(Page):
    """The form and the runs at the left; the run that is chosen at the right."""

    def __init__(self, services: Services) -> None:
        """Runs of earlier starts are found again; those that still train go on being watched."""
        super().__init__(services)
        self.form, self.runs, self.command_line = TrainingForm(), RunList(), label("", "muted")
        self._facts, self.trainings, self._mends = FolderFacts(self.form, self), Trainings(self), Mends(self)
        self._exports, self._follower = Exports(self), Follower(self)
        settings = services.settings.path
        queue = TrainingQueue(None if settings is None else settings.with_name(QUEUE_FILE))
        self._keep_runs_in(services.settings.text(places.ELSEWHERE))
        self.queue = QueuePanel(queue, self.trainings.start, self.trainings.busy)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look_again)
        self._add_actions()
        steering, quiet = (self.pause, self.end, self.resume), (self.branch, self.folder)
        self.pane = RunPane(self.mend, self.export, steering, self.live, quiet)
        self.state, self.view = self.pane.state, self.pane.view
        self._lay_out()
        self._connect()
        self.list_runs()
        self.look_again()

    def take(self, content: Content) -> bool:
        """A folder that was dropped is trained on; a model still is a model."""
        paths = () if isinstance(content, Picture) else content
        folders = [path for path in paths if path.is_dir() and not is_model(path)]
        if not folders:
            return False
        self.form.built_in.setChecked(False)
        self.form.data.set_path(folders[0])
        return True

    def arrive(self) -> None:
        """Watches the run again."""
        self.list_runs()
        self._timer.start()

    def leave(self) -> None:
        """Trainings go on without being watched."""
        self._timer.stop()

    def unfinished(self) -> str:
        """Says once that a training goes on without the window; whoever knows is not asked again."""
        settings = self.services.settings
        if not self.trainings.any_runs or settings.text(KNOWS):
            return ""
        settings.set_text(KNOWS, "yes")
        return tr("A training goes on without the window, and is found again at the next start. Close the window?")

    def stop(self) -> None:
        """Trainings go on without the window, and are found again at the next start."""
        self._timer.stop()
        self._exports.stop()
        self._follower.stop()
        self.form.advanced.stop()
        for part in (self._facts, self.queue, self._mends, self.trainings):
            part.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.look_again()
        super().changeEvent(event)

    @property
    def chosen(self) -> Path | None:
        """The folder of the run that is shown."""
        return self.runs.chosen

    def _add_actions(self) -> None:
        act, doing = self.services.actions.of_page(PAGE), mark("Begin a training on these pictures")
        self.begin = act("start", self.start, "Train", doing, keys="Ctrl+Return", separated=True)
        waiting = mark("Begin this training when nothing else trains")
        self.wait = act("queue", self.add_to_queue, "Add to queue", waiting, keys="Ctrl+Shift+Return")
        self.earlier = act("queue-up", lambda: self.queue.move_chosen(-1), "Earlier", "Move it up in the queue")
        self.later = act("queue-down", lambda: self.queue.move_chosen(1), "Later", "Move it down in the queue")
        self.drop = act("queue-remove", self.queue.remove, "Remove", "Take it out of the queue")
        self.mend = act("mend", self.mend_run, "Train again", "Train again with the same options")
        self.pause = act("pause", self.pause_or_go_on, "Pause", "Wait after this step, or go on", keys="Ctrl+P")
        self.end = act("stop", self.stop_early, "Stop early", "Save, keep the best weights, and end", keys="Ctrl+.")
        self.resume = act("resume", self.go_on, "Go on", "Go on from the last checkpoint")
        self.branch = act("branch", self.branch_off, "Branch", "Fill in a new run that starts from these weights")
        self.export = act("export", self.make_model, "Make a model", "Export the run and open it")
        following = mark("Open the model of the moment again and again while it trains, for the Picture page")
        self.live = act("live", self.follow, "Live sliders", following, checkable=True)
        command = mark("The command that does the same in a terminal")
        self.copy = act("copy", self.copy_command, "Copy command", command)
        FigureExport(self.services, PAGE, "curves", mark("Export figure of the curves…"), self._figure, self)
        self.folder = act("folder", self.show_folder, "Show folder", "Open the folder of the run")

    def _figure(self) -> Make | None:
        return None if self.chosen is None else functools.partial(content.curves, self.chosen)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(FORM_WIDTH)
        form = QVBoxLayout(left)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.GAP_SMALL)
        form.addWidget(label("Train on your own pictures", "title"))
        form.addWidget(self.form, 1)
        form.addLayout(row(ActionButton(self.begin, primary=True), ActionButton(self.wait), None))
        form.addLayout(row(ActionButton(self.copy, role="quiet"), self.command_line))
        self.queue.add_buttons(self.earlier, self.later, self.drop)
        form.addWidget(self.queue)
        form.addWidget(label("Runs", "heading"))
        form.addWidget(self.runs)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        whole.setSpacing(theme.GAP_LARGE)
        whole.addWidget(left)
        whole.addWidget(self.pane, 1)

    def _connect(self) -> None:
        self.form.changed.connect(self.look_again)
        self.runs.currentItemChanged.connect(lambda *_: self.look_again())
        self.runs.itemSelectionChanged.connect(self.look_again)
        self.queue.started.connect(self._on_begun)
        self.queue.failed.connect(self.services.warned)
        self.queue.list.currentItemChanged.connect(lambda *_: self.look_again())
        self.trainings.changed.connect(self.look_again)
        self._mends.again.connect(self._begin)
        self._mends.resume.connect(self._resume)
        self._mends.moved.connect(self._on_moved)
        self._mends.failed.connect(self.services.warned)
        self._exports.done.connect(self._open_model)
        self._exports.failed.connect(self.services.warned)
        self._exports.failed.connect(lambda *_: self.look_again())
        self._follower.made.connect(lambda folder: self.services.open_paths([folder]))
        self._follower.failed.connect(self.services.warned)

    @Slot()
    def start(self) -> None:
        """Begins the training that the form describes."""
        plan = self.form.plan()
        if plan is not None and not launch.missing():
            self._begin(plan)

    @Slot()
    def add_to_queue(self) -> None:
        """Has the training that the form describes wait for its turn."""
        plan = self.form.plan()
        if plan is not None and not launch.missing():
            self.queue.add(plan)
            self.look_again()

    @Slot()
    def mend_run(self) -> None:
        """Does what helps against the failure of the run that is shown."""
        run, problem = self.chosen, self._problem()
        if run is not None and problem is not None:
            self._mends.mend(run, problem)

    @Slot()
    def go_on(self) -> None:
        """Goes on with a run that was stopped, or interrupted."""
        if self.chosen is not None:
            self._resume(self.chosen, ())

    @Slot()
    def pause_or_go_on(self) -> None:
        """Asks the run to wait, or to go on."""
        status = self._status()
        if status is not None:
            self._ask("resume" if status.state == "paused" else "pause")

    @Slot()
    def stop_early(self) -> None:
        """Asks the run to save and leave."""
        self._ask("stop")

    @Slot()
    def branch_off(self) -> None:
        """Fills in a run that starts from the weights of the one that is shown."""
        if self.chosen is None:
            return
        self.form.more.setChecked(True)
        start_from = str(self.chosen)

        def fill_in() -> None:
            self.form.advanced.set_value("--start-from", start_from)

        if self.form.advanced.table.rowCount():
            fill_in()
        else:
            self.form.advanced.listed.connect(fill_in, Qt.ConnectionType.SingleShotConnection)

    @Slot()
    def make_model(self) -> None:
        """Exports the run; its model joins the list and is opened."""
        run = self.chosen
        if run is None or run in self._exports:
            return
        try:
            self._exports.start(run)
        except TrainingError as error:
            self.services.warned.emit(told(error))
        self.look_again()

    @Slot()
    def follow(self) -> None:
        """Follows the run that is shown with live sliders, or ends that."""
        self._follower.follow(None if self._follower.run == self.chosen else self.chosen)
        self.look_again()

    @Slot()
    def copy_command(self) -> None:
        """Puts the command that does what Train does on the clipboard."""
        plan = self.form.plan()
        if plan is not None:
            QGuiApplication.clipboard().setText(launch.typed(launch.train_command(plan)))
            self.services.told.emit(tr("The command is on the clipboard."))

    @Slot()
    def show_folder(self) -> None:
        """Shows the run in the system's file manager."""
        if self.chosen is not None:
            file_manager.show(self.chosen)

    def list_runs(self, wanted: Path | None = None) -> None:
        """Lists the runs, the newest first, and chooses one."""
        self.runs.fill(self.trainings.begun, wanted, self.form.elsewhere)

    @Slot()
    def look_again(self) -> None:
        """Shows how far everything is."""
        run, status, missing = self.chosen, self._status(), launch.missing()
        plan = self.form.plan()
        alive = self.trainings.runs(run) or (status is not None and status.alive)
        problem = self._problem()
        for action in (self.begin, self.wait):
            action.setEnabled(plan is not None and not missing)
        for action in (self.earlier, self.later, self.drop):
            action.setEnabled(bool(self.queue.chosen))
        self._offer_mend(run, problem)
        self.copy.setEnabled(plan is not None)
        self.pause.setEnabled(alive and status is not None and status.state in ("training", "paused"))
        self.pause.setText(tr("Go on") if status is not None and status.state == "paused" else tr("Pause"))
        self.end.setEnabled(alive and status is not None and status.state in ("training", "paused"))
        has_checkpoint = run is not None and (run / contract.CHECKPOINT_FILE).is_file()
        has_weights = run is not None and (run / contract.WEIGHTS_FILE).is_file()
        unfinished = status is None or status.state != "done"
        self.resume.setEnabled(has_checkpoint and not alive and unfinished and not missing)
        self.branch.setEnabled(has_weights)
        self.export.setEnabled(has_weights and run not in self._exports and not missing)
        self.folder.setEnabled(run is not None and run.is_dir())
        self.live.setEnabled(run is not None and (alive or run == self._follower.run) and not missing)
        self.live.setChecked(run is not None and run == self._follower.run)
        self.command_line.setText(words.command(plan, missing))
        self.pane.show_run(run, self._state(run, status, problem), self.runs.marked)

    def _state(self, run: Path | None, status: Status | None, problem: Problem | None) -> str:
        if run is None:
            return ""
        if run in self._exports:
            return tr("Making a model of {name}…", name=run.name)
        if problem is not None:
            return words.problem(problem)
        return words.state(status, launch.last_lines(launch.log_file(run)))

    def _problem(self) -> Problem | None:
        return self.trainings.problem(self.chosen, self._status())

    def _offer_mend(self, run: Path | None, problem: Problem | None) -> None:
        self.mend.setEnabled(run is not None and problem is not None and self._mends.can(run, problem))
        if problem is not None:
            deed, tip = words.MENDS[problem.kind]
            self.mend.setText(tr(deed))
            self.mend.setToolTip(tr(tip))

    @Slot(object)
    def _begin(self, plan: Plan) -> None:
        self._try(plan.out, lambda: self.trainings.start(plan))

    @Slot(object, object)
    def _resume(self, run: Path, options: tuple[str, ...]) -> None:
        self._try(run, lambda: self.trainings.resume(run, *options))

    def _try(self, run: Path, begin: Callable[[], int]) -> None:
        try:
            begin()
        except TrainingError as error:
            self.services.warned.emit(told(error))
            return
        self._on_begun(run)

    @Slot(object)
    def _on_begun(self, run: Path) -> None:
        self.list_runs(run)
        self._timer.start()
        self.look_again()

    @Slot(object)
    def _on_moved(self, folder: Path) -> None:
        self.services.settings.set_text(places.ELSEWHERE, str(folder))
        self._keep_runs_in(str(folder))

    def _keep_runs_in(self, folder: str) -> None:
        self.form.elsewhere = self.trainings.elsewhere = Path(folder) if folder else None

    def _ask(self, request: contract.Request) -> None:
        if self.chosen is not None:
            try:
                contract.ask(self.chosen, request)
            except OSError as error:
                why = error.strerror or error
                sentence = tr("{path} cannot be written ({strerror}).", path=self.chosen, strerror=why)
                self.services.warned.emit(sentence)

    def _status(self) -> Status | None:
        return None if self.chosen is None else contract.read_status(self.chosen)

    @Slot(object)
    def _open_model(self, folder: Path) -> None:
        self.services.open_paths([folder])
        self.services.told.emit(tr("The model {name} is open.", name=folder.name))
        self.look_again()
