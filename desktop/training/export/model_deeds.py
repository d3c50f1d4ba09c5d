"""A model of the run that is chosen: asked for, or made by itself when the training is done; proved, and opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.engine import library
from desktop.engine.errors import TrainingError
from desktop.engine.library import ModelEntry
from desktop.i18n import told, tr
from desktop.state.services import Services
from desktop.training.export.exports import Exports, Wanted
from desktop.training.export.made_model import MadeModel
from desktop.training.export.options import ExportOptions
from desktop.training.export.proof import ProofView
from desktop.training.plans import read_plan
from desktop.training.trainings import Trainings
from trainer.run import contract

LOOK_MS = 1000  # between two looks at trainings whose models are to be made
PICTURE_PAGE = "picture"


class ModelDeeds(QObject):
    """The action that makes a model, the fields beside it, and the proof below it.

    Signals:
        changed(): A model is being made, or has been.
    """

    changed = Signal()

    def __init__(
        self, services: Services, page: str, chosen: Callable[[], Path | None], trainings: Trainings, parent: QWidget
    ) -> None:
        """Adds the actions to those of the page; `chosen` is the run that is meant."""
        super().__init__(parent)
        self._services, self._chosen, self._trainings, self._window = services, chosen, trainings, parent
        self.exports, self.opener, self.options = Exports(self), MadeModel(services, self), ExportOptions()
        act = services.actions.of_page(page)
        self.export = act("export", self.make_model, "Make a model", "Export the run and open it")
        self.sliders = act("sliders", self.show_sliders, "Move its sliders", "Show the new model on the Picture page")
        self.proof = ProofView(self.sliders)
        self._made: dict[Path, ModelEntry] = {}
        self._awaited, self._by_itself = set[Path](), set[Path]()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.exports.done.connect(self._open)
        self.exports.failed.connect(services.warned)
        self.exports.failed.connect(self.changed)

    def await_end(self, run: Path) -> None:
        """Makes a model of a run as soon as it is done, where its plan asks for that; not of one that is stopped."""
        plan = read_plan(run)
        if plan is not None and plan.model:
            self._awaited.add(run)
            self._timer.start()

    def update(self, run: Path | None, missing: bool) -> None:
        """Enables what can be done with a run now, and shows the proof of its model."""
        has_weights = run is not None and (run / contract.WEIGHTS_FILE).is_file()
        self.export.setEnabled(has_weights and run not in self.exports and not missing)
        self.options.setVisible(has_weights)
        self.options.show_run(run)
        made = None if run is None else self._made.get(run)
        self.proof.show_model(made)
        self.sliders.setEnabled(made is not None and made.problem is None)

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()
        self.exports.stop()
        self.opener.stop()

    @Slot()
    def make_model(self) -> None:
        """Exports the run; its model joins the list and is opened."""
        run = self._chosen()
        if run is not None and run not in self.exports:
            self._start(run, self.options.wanted)

    @Slot()
    def show_sliders(self) -> None:
        """Shows the model of the run on the Picture page."""
        run = self._chosen()
        made = None if run is None else self._made.get(run)
        if made is not None:
            shown = self._services.session.model
            if shown is None or shown.folder != made.folder:
                self._services.open(made)
            self._services.page_asked.emit(PICTURE_PAGE)

    def _start(self, run: Path, wanted: Wanted) -> None:
        self._awaited.discard(run)
        try:
            self.exports.start(run, wanted)
        except TrainingError as error:
            self._services.warned.emit(told(error))
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        for run in list(self._awaited):
            if self._trainings.runs(run):
                continue
            self._awaited.discard(run)
            status = contract.read_status(run)
            if status is not None and status.state == "done" and (run / contract.WEIGHTS_FILE).is_file():
                self._by_itself.add(run)
                self._start(run, Wanted())
        if not self._awaited:
            self._timer.stop()

    @Slot(object, object)
    def _open(self, run: Path, place: Path) -> None:
        entry = library.open_entry(place)
        self._made[run] = entry
        self.opener.open(run, place)
        self._services.told.emit(tr("The model {name} is open.", name=entry.name))
        self.changed.emit()
        if run in self._by_itself and run == self._chosen() and self._window.isVisible():
            self.show_sliders()  # who waits for them pressed nothing but Train
        self._by_itself.discard(run)
