"""All sliders of a model, most important first, with Reset all and Random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import tr
from desktop.widgets.axis_slider import AxisSlider
from desktop.widgets.labels import button, label

COLUMNS = 1


class SliderPanel(QWidget):
    """Sliders under one another, in a scroll area.

    Signals:
        moved(coordinates): The user moved or reset sliders; float64 `[K]` in units of spread.
        random_asked(): The user pressed Random.
    """

    moved = Signal(object)
    random_asked = Signal()

    def __init__(self) -> None:
        """An empty, disabled panel."""
        super().__init__()
        self.sliders: list[AxisSlider] = []
        self._note = label("", "muted")
        self.reset_button = button("Reset all", "Every slider back to its start")
        self.random_button = button("Random", "A random code from where the training pictures lie")
        head = QHBoxLayout()
        head.setSpacing(theme.GAP_SMALL)
        head.setContentsMargins(0, 0, theme.SCROLL_BAR, 0)
        head.addWidget(label("Principal axes", "heading"))
        head.addWidget(self._note, 1)
        head.addWidget(self.reset_button)
        head.addWidget(self.random_button)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.reset_button.clicked.connect(self._reset_all)
        self.random_button.clicked.connect(self.random_asked)
        self.set_axes([], [], [])

    def set_axes(self, low: Sequence[float], high: Sequence[float], effect: Sequence[float]) -> None:
        """A slider for each axis: its ends in units of spread, and its effect in 8-bit levels."""
        self.sliders = [AxisSlider(number, *axis) for number, axis in enumerate(zip(low, high, effect), start=1)]
        inside = QWidget()
        inside.setAutoFillBackground(False)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP_LARGE)
        grid.setVerticalSpacing(0)
        for index, slider in enumerate(self.sliders):
            grid.addWidget(slider, index // COLUMNS, index % COLUMNS)
            slider.moved.connect(self._on_moved)
        for index in range(COLUMNS):
            grid.setColumnStretch(index, 1)
        grid.setRowStretch(len(self.sliders) // COLUMNS + 1, 1)
        self._scroll.setWidget(inside)
        self.set_usable(bool(self.sliders))

    def set_usable(self, usable: bool, note: str = "") -> None:
        """Lets the sliders move, or says in one line why they cannot."""
        self._note.setText(tr("Drag to steer; double-click one to reset it.") if usable else note)
        for widget in (self._scroll, self.reset_button, self.random_button):
            widget.setEnabled(usable)

    def set_start(self, start: Iterable[float]) -> None:
        """Where each slider stands now and goes back to; no signal."""
        for slider, value in zip(self.sliders, start):
            slider.set_start(float(value))

    def move_to(self, coordinates: Iterable[float]) -> None:
        """Moves every slider, with one signal for all."""
        for slider, value in zip(self.sliders, coordinates):
            slider.set_value(float(value))
        self._on_moved()

    @Slot()
    def _reset_all(self) -> None:
        self.move_to([slider.start for slider in self.sliders])

    @Slot()
    def _on_moved(self) -> None:
        self.moved.emit(np.array([slider.value for slider in self.sliders]))
