"""The controls of the anomalies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QSlider, QWidget

from desktop.engine.anomaly.detector import Origin
from desktop.i18n import bind, mark, tr
from desktop.inspect.tools.layout import caption, column
from desktop.widgets.folder_field import FolderField
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row

RATE_STEPS, SMALLEST_RATE, LARGEST_RATE = 200, 0.001, 0.5
FIRST_RATE = 0.05


class AnomalyTools(QWidget):
    """The good folder, the score, and the false-alarm rate.

    Signals:
        changed(): Another score or rate; neither asks for new scores.
        chosen(): The user chose another score or another rate; a slider that is dragged, once it is let go.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(self, actions: Sequence[ActionButton]) -> None:
        """`actions`: to find anomalies, to export, to move, and to undo a move."""
        super().__init__()
        self.good = FolderField(
            mark("Folder of good pictures"), mark("A folder of good pictures, within this one or elsewhere")
        )
        self.score, self.rate = QComboBox(), QSlider(Qt.Orientation.Horizontal)
        bind(self.score, self.score.setAccessibleName, "Score")
        bind(self.score, self.score.setPlaceholderText, "Score")
        bind(self.rate, self.rate.setAccessibleName, "False alarms")
        bind(self.rate, self.rate.setToolTip, "The share of good pictures that are taken for anomalies")
        self.rate.setRange(0, RATE_STEPS)
        self.rate.setMaximumWidth(150)
        self.score.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.score.setMinimumWidth(130)
        self.rate.setValue(_to_step(FIRST_RATE))
        self.said = label("", "number")
        find, *rest = actions
        for each in rest:
            each.setProperty("role", "small")
        rows = column(self)
        rows.addLayout(row(caption(mark("Good pictures")), self.good, find))
        rows.addLayout(row(self.score, caption(mark("False alarms")), self.rate, None))
        rows.addLayout(row(self.said, None, *rest))
        self.score.currentIndexChanged.connect(self.changed)
        self.rate.valueChanged.connect(self._follow_rate)
        self.score.activated.connect(self.chosen)
        self.rate.sliderReleased.connect(self.chosen)
        self.set_scores([])

    @property
    def false_alarm_rate(self) -> float:
        """In (0, 1)."""
        share = self.rate.value() / RATE_STEPS
        return float(SMALLEST_RATE * (LARGEST_RATE / SMALLEST_RATE) ** share)

    @property
    def chosen_score(self) -> str:
        """The score's name; empty without scores."""
        return self.score.currentData() or ""

    def set_scores(self, scores: Sequence[tuple[str, str, str]]) -> None:
        """Name, title and tip of each score, the combination first; the chosen one stays if it can."""
        before, self._scores = self.chosen_score, list(scores)
        with QSignalBlocker(self.score):
            self.score.clear()
            for name, title, tip in scores:
                self.score.addItem(tr(title), name)
                self.score.setItemData(self.score.count() - 1, tr(tip), Qt.ItemDataRole.ToolTipRole)
            self.score.setCurrentIndex(max(0, self.score.findData(before)) if scores else -1)
        for widget in (self.score, self.rate):
            widget.setEnabled(bool(scores))

    def show_detector(self, origin: Origin) -> None:
        """The good folder, the score and the rate of a detector."""
        self.good.set_path(Path(origin.good))
        with QSignalBlocker(self.score), QSignalBlocker(self.rate):
            self.score.setCurrentIndex(max(0, self.score.findData(origin.score)))
            self.rate.setValue(_to_step(origin.false_alarm_rate))

    @Slot()
    def _follow_rate(self) -> None:
        self.changed.emit()
        if not self.rate.isSliderDown():  # the keyboard and the wheel never let go of it
            self.chosen.emit()

    def retranslate(self) -> None:
        """The same scores in another language."""
        self.set_scores(self._scores)

    def suggest_good(self, folder: Path) -> None:
        """Fills in the folder of good pictures, where nothing is typed that is there."""
        if self.good.path is None or not self.good.path.is_dir():
            self.good.set_path(folder)


def _to_step(rate: float) -> int:
    return round(math.log(rate / SMALLEST_RATE) / math.log(LARGEST_RATE / SMALLEST_RATE) * RATE_STEPS)
