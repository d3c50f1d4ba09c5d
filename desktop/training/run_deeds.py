"""What can be done with the run that is chosen: steered, gone on with, branched, mended, exported, and followed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop import file_manager
from desktop.engine.errors import TrainingError
from desktop.figures import content
from desktop.figures.export import FigureExport, Make
from desktop.i18n import mark, told, tr
from desktop.state.services import Services
from desktop.training import launch, words
from desktop.training.export.model_deeds import ModelDeeds
from desktop.training.follower import Follower
from desktop.training.launch import Plan
from desktop.training.mends import Mends, has_checkpoint
from desktop.training.problem import Problem
from desktop.training.trainings import Trainings
from trainer.run import contract
from trainer.run.contract import Status


class RunDeeds(QObject):
    """The actions of a run, enabled as its state allows.

    Signals:
        changed(): The state of the run may be another one.
        begun(run): A training began, or goes on.
        branched(run): A new run is to start from the weights of this one.
    """

    changed = Signal()
    begun = Signal(object)
    branched = Signal(object)

    def __init__(
        self,
        services: Services,
        page: str,
        chosen: Callable[[], Path | None],
        trainings: Trainings,
        parent: QWidget,
    ) -> None:
        """Adds the actions to those of the page; `chosen` is the run that is meant."""
        super().__init__(parent)
        self._services, self._page, self._chosen, self._trainings = services, page, chosen, trainings
        self._window, self.notes = parent, ""
        self.mends, self.follower = Mends(parent), Follower(self)
        self._add_actions()
        trainings.changed.connect(self.changed)
        self.mends.again.connect(self.begin)
        self.mends.resume.connect(self._resume)
        self.mends.failed.connect(services.warned)
        self.model.changed.connect(self.changed)
        self.follower.made.connect(lambda folder: services.open_paths([folder]))
        self.follower.failed.connect(services.warned)

    def _add_actions(self) -> None:
        act = self._services.actions.of_page(self._page)
        self.mend = act("mend", self.mend_run, "Train again", "Train again with the same options")
        self.pause = act("pause", self.pause_or_go_on, "Pause", "Wait after this step, or resume", keys="Ctrl+P")
        self.end = act("stop", self.stop_early, "Stop early", "Save, keep the best weights, and end", keys="Ctrl+.")
        self.resume = act("resume", self.go_on, "Resume", "Resume from the last checkpoint")
        self.branch = act("branch", self.branch_off, "Branch", "Fill in a new run that starts from these weights")
        self.model = ModelDeeds(self._services, self._page, self._chosen, self._trainings, self._window)
        following = mark("Open the best weights so far on the Picture page, each time that they were written")
        self.live = act("live", self.follow, "Live sliders", following, checkable=True)
        figure = mark("Export figure of the curves…")
        FigureExport(self._services, self._page, "curves", figure, self._figure, self._window)
        self.folder = act("folder", self.show_folder, "Show folder", "Open the folder of the run")

    def update(self) -> str:
        """Enables what can be done now, and says how far the run is."""
        run, status, missing = self._chosen(), self._status(), launch.missing()
        problem = self._trainings.problem(run, status)
        alive = self._trainings.runs(run) or (status is not None and status.alive)
        steered = alive and status is not None and status.state in ("training", "paused")
        for action in (self.pause, self.end):
            action.setEnabled(steered)
        self.pause.setText(tr("Resume") if status is not None and status.state == "paused" else tr("Pause"))
        has_weights = run is not None and (run / contract.WEIGHTS_FILE).is_file()
        unfinished = status is None or status.state != "done"
        goes_on = run is not None and has_checkpoint(run) and not alive and unfinished
        self.resume.setEnabled(goes_on and not missing)
        self.branch.setEnabled(has_weights)
        self.model.update(run, bool(missing))
        self.folder.setEnabled(run is not None and run.is_dir())
        followed = run is not None and run == self.follower.run
        self.live.setEnabled(run is not None and (alive or followed) and not missing)
        self.live.setChecked(followed)
        self._offer_mend(run, problem)
        self.notes = "" if problem is not None else words.notes(status)
        return self._state(run, status, problem)

    def begin(self, plan: Plan) -> None:
        """Begins a training."""
        self._try(plan.out, lambda: self._trainings.start(plan))

    def stop(self) -> None:
        """The window closes."""
        for part in (self.model, self.follower, self.mends):
            part.stop()

    @Slot()
    def mend_run(self) -> None:
        """Does what helps against the failure of the run."""
        run = self._chosen()
        problem = self._trainings.problem(run, self._status())
        if run is not None and problem is not None:
            self.mends.mend(run, problem)

    @Slot()
    def go_on(self) -> None:
        """Goes on with a run that was stopped, or interrupted."""
        run = self._chosen()
        if run is not None:
            self._resume(run, ())

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
        """Asks for a run that starts from the weights of this one."""
        run = self._chosen()
        if run is not None:
            self.branched.emit(run)

    @Slot()
    def follow(self) -> None:
        """Follows the run with live sliders, or ends that."""
        run = self._chosen()
        self.follower.follow(None if self.follower.run == run else run)
        self.changed.emit()

    @Slot()
    def show_folder(self) -> None:
        """Shows the run in the system's file manager."""
        run = self._chosen()
        if run is not None:
            file_manager.show(run)

    def _figure(self) -> Make | None:
        run = self._chosen()
        return None if run is None else functools.partial(content.curves, run)

    def _state(self, run: Path | None, status: Status | None, problem: Problem | None) -> str:
        if run is None:
            return ""
        if run in self.model.exports:
            return tr("Making a model of {name}…", name=run.name)
        if problem is not None:
            return words.problem(problem)
        return words.state(status, launch.last_lines(launch.log_file(run)))

    def _status(self) -> Status | None:
        run = self._chosen()
        return None if run is None else contract.read_status(run)

    def _offer_mend(self, run: Path | None, problem: Problem | None) -> None:
        self.mend.setEnabled(run is not None and problem is not None and self.mends.can(run, problem))
        if problem is not None:
            deed, tip = words.MENDS[problem.kind]
            self.mend.setText(tr(deed))
            self.mend.setToolTip(tr(tip))

    @Slot(object, object)
    def _resume(self, run: Path, options: tuple[str, ...]) -> None:
        self._try(run, lambda: self._trainings.resume(run, *options))

    def _try(self, run: Path, begin: Callable[[], int]) -> None:
        try:
            begin()
        except TrainingError as error:
            self._services.warned.emit(told(error))
        else:
            self.begun.emit(run)

    def _ask(self, request: contract.Request) -> None:
        run = self._chosen()
        try:
            if run is not None:
                contract.ask(run, request)
        except OSError as error:
            why = error.strerror or error
            self._services.warned.emit(tr("{path} cannot be written ({strerror}).", path=run, strerror=why))
