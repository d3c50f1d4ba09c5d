"""What to train on and what for: the left-hand side of the Training page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.folder.facts import SIDE, Facts
from desktop.i18n import bind, mark, tr
from desktop.qt_images import to_qimage
from desktop.training import words
from desktop.training.advanced import Advanced
from desktop.training.launch import GOALS, LONGEST_MINUTES, Plan, free_name, runs_folder
from desktop.training.preview import Preview
from desktop.widgets.fields import inset
from desktop.widgets.folder_field import FolderField
from desktop.widgets.labels import label

GRID_COLUMNS, GRID_ROWS = 5, 2  # what is as wide as the form
CHARACTERS = "characters"
FIRST_TRY_MINUTES = 3


class TrainingForm(QWidget):
    """Folder, goal, time and name, with what is known of the folder.

    Signals:
        changed(): Something else is filled in.
        folder_chosen(folder): Another folder is to be looked at; None for none.
        looked_at(count): The folder that was chosen has so many pictures.
    """

    changed = Signal()
    folder_chosen = Signal(object)
    looked_at = Signal(int)

    def __init__(self) -> None:
        """Nothing is filled in but the goal and ten minutes."""
        super().__init__()
        self.data = FolderField(mark("Folder of pictures to train on"), mark("Drop a folder here"))
        self.built_in, self.goal, self.minutes, self.name = QCheckBox(), QComboBox(), QSpinBox(), QLineEdit()
        self.facts, self.advice, self.grid = label("", "plain"), label("", "muted"), QLabel()
        self.pace, self._side = label("", "plain"), 0
        self._preview: Preview | None = None
        self.model, self.more, self.advanced = QCheckBox(), QCheckBox(), Advanced()
        self.elsewhere: Path | None = None  # where new runs go, if not to the user's data folder
        bind(self.built_in, self.built_in.setText, "Built-in characters")
        bind(self.built_in, self.built_in.setToolTip, "Drawn faces with labels: no pictures are needed")
        bind(self.model, self.model.setText, "Make a model at the end")
        bind(self.model, self.model.setToolTip, "Export the run as soon as it is done, and open its sliders")
        self.model.setChecked(True)
        bind(self.more, self.more.setText, "Advanced")
        bind(self.more, self.more.setToolTip, "Every option of the trainer")
        for field, name in ((self.goal, mark("Goal")), (self.minutes, mark("Minutes")), (self.name, mark("Name"))):
            bind(field, field.setAccessibleName, name)
        bind(self.minutes, self.minutes.setToolTip, "The training ends after so many minutes, preparing included")
        bind(self.minutes, self.minutes.setSpecialValueText, "no limit")
        self.minutes.setRange(0, LONGEST_MINUTES)
        inset(self.minutes)
        self.minutes.setValue(10)
        self.advanced.hide()
        for text in (self.facts, self.advice, self.pace):
            text.setWordWrap(True)
        self._say_goals()
        self._lay_out()
        self._connect()

    def plan(self) -> Plan | None:
        """What is filled in; None where there is nothing to train on."""
        data = None if self.built_in.isChecked() else self.data.path
        if data is None and not self.built_in.isChecked():
            return None
        wanted = self.name.text().strip() or (CHARACTERS if data is None else data.name)
        goal, more = GOALS[self.goal.currentIndex()], self.advanced.arguments
        out = free_name(self.elsewhere or runs_folder(), wanted)
        return Plan(data, out, goal, self.minutes.value(), more, self.model.isChecked())

    def fill_in_first_try(self) -> None:
        """The built-in characters, for sliders, in a few minutes."""
        self.built_in.setChecked(True)
        self.goal.setCurrentIndex(GOALS.index("sliders"))
        self.minutes.setValue(FIRST_TRY_MINUTES)
        self.model.setChecked(True)

    def show_facts(self, found: Facts | None, problem: str = "") -> None:
        """What was found in the folder, or why nothing was."""
        self.facts.setText("\n".join(words.facts(found)) if found else problem)
        self.advice.setText(words.advice(found) if found else "")
        for text in (self.facts, self.advice):
            text.setVisible(bool(text.text()))
        self.grid.setVisible(found is not None and bool(found.grid))
        if found is not None and found.grid:
            self.grid.setPixmap(_mosaic(found))
        self._side = min(found.width, found.height) if found else 0
        if found is not None:
            self.looked_at.emit(found.count)

    @Slot(object)
    def show_preview(self, found: Preview | None) -> None:
        """What would be trained and how long that takes, as the trainer measured it; None while that is not known."""
        self._preview = found
        self.pace.setText("" if found is None else words.pace(found, self._side))
        self.pace.setVisible(found is not None)

    def changeEvent(self, event: QEvent) -> None:
        """Names the goals in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_goals()
            self.show_preview(self._preview)

    def _say_goals(self) -> None:
        chosen = max(0, self.goal.currentIndex())
        self.goal.blockSignals(True)
        self.goal.clear()
        for name in GOALS:
            self.goal.addItem(words.goal(name))
            self.goal.setItemData(self.goal.count() - 1, tr(words.GOALS[name][1]), Qt.ItemDataRole.ToolTipRole)
        self.goal.setCurrentIndex(chosen)
        self.goal.blockSignals(False)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP_SMALL)
        grid.setVerticalSpacing(theme.GAP_SMALL)
        grid.setColumnStretch(1, 1)
        lines = (
            (mark("Pictures"), self.data),
            ("", self.built_in),
            (mark("Goal"), self.goal),
            (mark("Minutes"), self.minutes),
            (mark("Name"), self.name),
            ("", self.model),
        )
        for place, (name, field) in enumerate(lines):
            grid.addWidget(label(name, "heading"), place, 0)
            grid.addWidget(field, place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(grid)
        for widget in (self.facts, self.grid, self.advice, self.pace, self.more):
            column.addWidget(widget)
        column.addWidget(self.advanced, 1)
        column.addStretch(0)
        for widget in (self.facts, self.advice, self.grid, self.pace):
            widget.hide()

    def _connect(self) -> None:
        self.data.changed.connect(self._choose)
        self.built_in.toggled.connect(self._choose)
        for signal in (self.goal.currentIndexChanged, self.minutes.valueChanged, self.name.textChanged):
            signal.connect(lambda *_: self.changed.emit())
        self.advanced.changed.connect(self.changed)
        self.more.toggled.connect(self._show_more)

    @Slot()
    def _choose(self) -> None:
        self.data.setEnabled(not self.built_in.isChecked())
        path = None if self.built_in.isChecked() else self.data.path
        self.name.setPlaceholderText(CHARACTERS if path is None else Path(path).name)
        self.folder_chosen.emit(path)
        self.changed.emit()

    @Slot(bool)
    def _show_more(self, shown: bool) -> None:
        self.advanced.setVisible(shown)
        if shown:
            self.advanced.load()


def _mosaic(found: Facts) -> QPixmap:
    """Some of the pictures, beside and below one another."""
    shown = found.grid[: GRID_COLUMNS * GRID_ROWS]
    rows = -(-len(shown) // GRID_COLUMNS)
    canvas = np.full((rows * SIDE, GRID_COLUMNS * SIDE, 3), 128, np.uint8)
    for place, pixels in enumerate(shown):
        top, left = place // GRID_COLUMNS * SIDE, place % GRID_COLUMNS * SIDE
        canvas[top : top + SIDE, left : left + SIDE] = pixels
    used = min(len(shown), GRID_COLUMNS) * SIDE
    return QPixmap.fromImage(to_qimage(np.ascontiguousarray(canvas[:, :used])))
