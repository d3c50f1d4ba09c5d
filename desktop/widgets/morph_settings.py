"""How a row of pictures becomes a film."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.film.morph import Easing, MorphPlan, Repeat, Way
from desktop.i18n import bind, mark, tr
from desktop.widgets.fields import inset
from desktop.widgets.labels import label

WAYS: tuple[tuple[Way, str], ...] = (("sphere", mark("Sphere")), ("line", mark("Line")))
EASINGS: tuple[tuple[Easing, str], ...] = (("smooth", mark("Smooth")), ("even", mark("Even")))
REPEATS: tuple[tuple[Repeat, str], ...] = (
    ("loop", mark("In a loop")),
    ("there and back", mark("Ping-pong")),
    ("once", mark("Once")),
)


class MorphSettings(QWidget):
    """Fields for a `MorphPlan` and the pace.

    Signals:
        changed(): Something else was chosen.
    """

    changed = Signal()

    def __init__(self) -> None:
        """The plan that is right for most."""
        super().__init__()
        self.way, self.easing, self.repeat = QComboBox(), QComboBox(), QComboBox()
        self.frames, self.per_second = QSpinBox(), QSpinBox()
        self.frames.setRange(1, 600)
        self.frames.setValue(24)
        self.per_second.setRange(1, 60)
        self.per_second.setValue(25)
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(0.1, 3600.0)
        self.seconds.setDecimals(1)
        self._legs = 0.0  # from one picture to the next, there and back
        inset(self.seconds)
        inset(self.frames)
        inset(self.per_second)
        fields = (
            (
                mark("Interpolation"),
                self.way,
                mark(
                    "A sphere keeps in-between pictures as ordinary as both ends; "
                    "a line passes nearer to the mean latent"
                ),
            ),
            (mark("Easing"), self.easing, mark("Smooth slows down at each picture")),
            (mark("Repeat"), self.repeat, mark("What follows the last picture")),
            (mark("Frames between pictures"), self.frames, mark("How many frames lie from one picture to the next")),
            (mark("Frames per second"), self.per_second, mark("How fast it plays")),
            (
                mark("Length in seconds"),
                self.seconds,
                mark("Length of the whole film; the frames between pictures follow"),
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for name, field, tip in fields:
            bind(field, field.setAccessibleName, name)
            bind(field, field.setToolTip, tip)
            field.setMinimumHeight(theme.FIELD_HEIGHT)
            column.addWidget(label(name, "number"))
            column.addWidget(field)
            column.addSpacing(theme.GAP_SMALL)
        column.addStretch(1)
        self._fill()
        for combo in (self.way, self.easing, self.repeat):
            combo.currentIndexChanged.connect(self.changed)
        for spin in (self.frames, self.per_second):
            spin.valueChanged.connect(self.changed)
        self.seconds.editingFinished.connect(self._set_length)
        self.seconds.setEnabled(False)

    def show_length(self, frames: int, pictures: int) -> None:
        """How many frames the film has, and how many pictures; no signal."""
        self._legs = frames / self.frames.value() if pictures >= 2 else 0.0
        self.seconds.setEnabled(pictures >= 2)
        with QSignalBlocker(self.seconds):
            self.seconds.setValue(frames / self.per_second.value())

    def _set_length(self) -> None:
        """As many frames from one picture to the next as come nearest to the length that was typed."""
        if self._legs:
            self.frames.setValue(max(1, round(self.seconds.value() * self.per_second.value() / self._legs)))

    @property
    def plan(self) -> MorphPlan:
        """What is chosen."""
        return MorphPlan(
            WAYS[self.way.currentIndex()][0],
            EASINGS[self.easing.currentIndex()][0],
            REPEATS[self.repeat.currentIndex()][0],
            self.frames.value(),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        choices: tuple[tuple[QComboBox, Sequence[tuple[str, str]]], ...] = (
            (self.way, WAYS),
            (self.easing, EASINGS),
            (self.repeat, REPEATS),
        )
        for combo, texts in choices:
            with QSignalBlocker(combo):
                chosen = max(0, combo.currentIndex())
                combo.clear()
                combo.addItems([tr(text) for _, text in texts])
                combo.setCurrentIndex(chosen)
