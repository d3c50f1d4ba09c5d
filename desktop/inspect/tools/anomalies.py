"""The controls of the anomalies."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QSlider, QWidget

from desktop.engine.anomaly.detector import Origin
from desktop.i18n import bind, mark, tr
from desktop.inspect.tools.layout import caption, column
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row

RATE_STEPS, SMALLEST_RATE, LARGEST_RATE = 200, 0.001, 0.5
FIRST_RATE = 0.05


class AnomalyTools(QWidget):
    """The score, the false-alarm rate, and what the detector would find.

    Signals:
        changed(): Another score or rate; neither asks for new scores.
        chosen(): The user chose another score or another rate; a slider that is dragged, once it is let go.
        asked(): The anomalies are to be found.
        counted(count): So many are shown as anomalous.
    """

    changed = Signal()
    chosen = Signal()
    asked = Signal()
    counted = Signal(int)

    def __init__(self) -> None:
        """No scores yet."""
        super().__init__()
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
        self.said, self.trust = label("", "plain"), label("", "number")
        self.trust.setWordWrap(True)  # it says why the scores are to be believed
        self.share = label("", "number")
        self._first = row(self.score, caption(mark("False alarms")), self.rate, self.share, None)
        rows = column(self)
        rows.addLayout(self._first)
        rows.addWidget(self.said)
        rows.addWidget(self.trust)
        self.score.currentIndexChanged.connect(self.changed)
        self.rate.valueChanged.connect(self._follow_rate)
        self.score.activated.connect(self.chosen)
        self.rate.sliderReleased.connect(self.chosen)
        self._show_share()
        self.set_scores([])

    def put_actions(self, actions: Sequence[ActionButton]) -> None:
        """Buttons for what can be done with the anomalies."""
        for each in actions:
            each.setProperty("role", "small")
            self._first.addWidget(each)

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
        """The score and the rate of a detector."""
        with QSignalBlocker(self.score), QSignalBlocker(self.rate):
            self.score.setCurrentIndex(max(0, self.score.findData(origin.score)))
            self.rate.setValue(_to_step(origin.false_alarm_rate))
        self._show_share()

    def _show_share(self) -> None:
        self.share.setText(f"{self.false_alarm_rate:.1%}")

    @Slot()
    def _follow_rate(self) -> None:
        self._show_share()
        self.changed.emit()
        if not self.rate.isSliderDown():  # the keyboard and the wheel never let go of it
            self.chosen.emit()

    def retranslate(self) -> None:
        """The same scores in another language."""
        self.set_scores(self._scores)


def _to_step(rate: float) -> int:
    return round(math.log(rate / SMALLEST_RATE) / math.log(LARGEST_RATE / SMALLEST_RATE) * RATE_STEPS)
