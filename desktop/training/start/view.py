"""Where a training begins: goals as cards, the built-in characters as a first try, and the newest runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import mark, tr
from desktop.training import launch, words
from desktop.training.launch import GOALS
from desktop.training.start.card import Card
from desktop.widgets.labels import label
from trainer.run import contract

COLUMNS = 3
WIDEST = 1080
MOST_RUNS = 6


class StartView(QScrollArea):
    """Cards for what there is to begin with.

    Signals:
        goal_chosen(place): The goal at that place of `GOALS` is meant.
        run_chosen(run): That run is to be shown.
    """

    goal_chosen = Signal(int)
    run_chosen = Signal(object)

    def __init__(self, characters: QAction) -> None:
        """No runs yet; the action begins a first try with the built-in characters."""
        super().__init__()
        self.goals = [Card(checkable=True) for _ in GOALS]
        self.runs = [Card() for _ in range(MOST_RUNS)]
        self.characters, self._characters = Card(), characters
        self._shown: Sequence[Path] = ()
        self._recent = label("Newest runs", "heading")
        self._fill()
        self._lay_out()
        self.show_runs(())
        characters.changed.connect(self._follow)
        self._follow()

    @Slot(int)
    def choose_goal(self, place: int) -> None:
        """Shows which goal is meant."""
        self.goals[place].setChecked(True)

    def show_runs(self, runs: Sequence[Path]) -> None:
        """The newest of the runs, each with how far it is."""
        self._shown = runs[:MOST_RUNS]
        self._recent.setVisible(bool(self._shown))
        for place, card in enumerate(self.runs):
            card.setVisible(place < len(self._shown))
            if place < len(self._shown):
                run = self._shown[place]
                status = contract.read_status(run)
                log = launch.last_lines(launch.log_file(run))
                failed = status is not None and status.state == "failed"
                card.show_texts(run.name, words.failed(status) if failed and status else words.state(status, log))
            else:
                card.show_texts(tr("Run"), "")

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_recent"):
            self.show_runs(self._shown)

    def _fill(self) -> None:
        group = QButtonGroup(self)
        for place, (name, card) in enumerate(zip(GOALS, self.goals)):
            card.bind_texts(*words.GOALS[name])
            card.clicked.connect(lambda _=False, place=place: self.goal_chosen.emit(place))
            group.addButton(card)
        for place, card in enumerate(self.runs):
            card.clicked.connect(lambda _=False, place=place: self.run_chosen.emit(self._shown[place]))
        self.characters.bind_texts(
            mark("Try it with the built-in characters"),
            mark("No pictures are needed: drawn faces with labels, trained for three minutes; then their sliders open"),
        )
        self.characters.clicked.connect(self._characters.trigger)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(label("What is the model for?", "heading"))
        column.addLayout(_grid(self.goals))
        column.addWidget(label("A first try", "heading"))
        column.addLayout(_grid([self.characters]))
        column.addWidget(self._recent)
        column.addLayout(_grid(self.runs))
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @Slot()
    def _follow(self) -> None:
        self.characters.setEnabled(self._characters.isEnabled())


def _grid(cards: Sequence[QWidget]) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(theme.GAP)
    for place, card in enumerate(cards):
        grid.addWidget(card, place // COLUMNS, place % COLUMNS)
    for column in range(COLUMNS):
        grid.setColumnStretch(column, 1)
    return grid
