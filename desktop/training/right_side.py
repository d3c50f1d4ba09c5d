"""The right side of the Training page: what there is to begin with, the run that is chosen, or the pictures."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import mark
from desktop.training import launch
from desktop.training.data_view import DataView
from desktop.training.form import TrainingForm
from desktop.training.preview import Previewer
from desktop.training.run_pane import RunPane
from desktop.training.start.view import StartView
from desktop.widgets.rows import row
from desktop.widgets.segments import Segments

MOST_AT_ONCE = 5_000  # pictures that are looked at without being asked: preparing more takes minutes
REST_MS = 1_000  # without another change of the form

Side = Literal["start", "run", "pictures"]


class RightSide(QWidget):
    """Three views, and a switch between them; the trainer is asked about the pictures when the form comes to rest."""

    def __init__(self, form: TrainingForm, pane: RunPane, look: QAction, characters: QAction) -> None:
        """The run is shown; one action asks the trainer about the pictures, the other trains on characters."""
        super().__init__()
        self._form, self._pane, self._look = form, pane, look
        self.previewer = Previewer(self)
        self.data, self.start = DataView(self.previewer, look), StartView(characters)
        self.switch = Segments(
            (
                ("start", mark("New"), mark("What to train for, a first try, and the newest runs")),
                ("run", mark("Run"), mark("The run that is chosen in the list")),
                ("pictures", mark("Pictures"), mark("What the network will see of the pictures")),
            )
        )
        self._stack, self._few = QStackedWidget(), False
        for side in (self.start, pane, self.data):
            self._stack.addWidget(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GAP_SMALL)
        whole.addLayout(row(self.switch, None))
        whole.addWidget(self._stack, 1)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask_if_few)
        self.switch.chosen.connect(self.show_side)
        form.folder_chosen.connect(self._on_chosen)
        form.looked_at.connect(self._on_looked_at)
        form.goal.currentIndexChanged.connect(self.start.choose_goal)
        self.start.goal_chosen.connect(form.goal.setCurrentIndex)
        self.start.choose_goal(form.goal.currentIndex())
        self.show_side("run")
        form.changed.connect(self._rest.start)
        form.changed.connect(self._forget)
        self.previewer.found.connect(form.show_preview)

    @Slot(str)
    def show_side(self, side: Side) -> None:
        """Shows what there is to begin with, the run, or the pictures."""
        self.switch.choose(side)
        self._stack.setCurrentWidget({"start": self.start, "run": self._pane, "pictures": self.data}[side])

    @Slot()
    def ask(self) -> None:
        """Asks the trainer about the pictures, however many they are."""
        plan = self._form.plan()
        if plan is not None and not launch.missing():
            self.show_side("pictures")
            self.data.wait()
            self.previewer.ask(plan)

    def stop(self) -> None:
        """The window closes."""
        self._rest.stop()
        self.previewer.cancel()

    @Slot()
    def _on_chosen(self) -> None:
        self._few = False
        self.previewer.cancel()
        self.data.clear()

    @Slot(int)
    def _on_looked_at(self, count: int) -> None:
        self._few = count <= MOST_AT_ONCE
        if self._few:
            self.show_side("pictures")
            self._rest.start()

    @Slot()
    def _forget(self) -> None:
        """What was measured was of another training."""
        self._form.show_preview(None)

    @Slot()
    def _ask_if_few(self) -> None:
        """Not while the run is looked at."""
        if self._few and self._stack.currentWidget() is self.data and self.isVisible():
            self.ask()
