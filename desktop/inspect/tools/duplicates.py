"""The controls of the duplicates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSlider, QWidget

from desktop.i18n import bind, mark
from desktop.inspect.tools.layout import caption, column
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row

LIMIT_STEPS, LARGEST_LIMIT = 100, 0.5  # of the distance, as a share of the typical one
FIRST_LIMIT = 0.1


class DuplicateTools(QWidget):
    """How near two pictures must be, and what is done with the groups.

    Signals:
        changed(): Another limit.
        changed_groups(count): Other groups are shown, so many.
    """

    changed = Signal()
    changed_groups = Signal(int)

    def __init__(self) -> None:
        """At a tenth of the typical distance."""
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, LIMIT_STEPS)
        self.slider.setMaximumWidth(220)
        self.slider.setMinimumWidth(100)
        self.slider.setValue(round(FIRST_LIMIT / LARGEST_LIMIT * LIMIT_STEPS))
        bind(self.slider, self.slider.setAccessibleName, "Largest distance of duplicates")
        tip = mark("As a share of the distance between two pictures picked at random")
        bind(self.slider, self.slider.setToolTip, tip)
        self.said = label("", "number")
        self._row = row(caption(mark("Largest distance")), self.slider, self.said, None)
        column(self).addLayout(self._row)
        self.slider.valueChanged.connect(self.changed)

    def put_actions(self, actions: Sequence[ActionButton]) -> None:
        """Buttons for what can be done with the groups."""
        for each in actions:
            self._row.addWidget(each)

    @property
    def limit(self) -> float:
        """As a share of the typical distance."""
        return self.slider.value() / LIMIT_STEPS * LARGEST_LIMIT

    @Slot()
    def allow_more(self) -> None:
        """Twice the distance."""
        self.slider.setValue(max(2, 2 * self.slider.value()))
