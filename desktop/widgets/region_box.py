"""The brush with which a region of the picture is marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSlider, QWidget

from desktop import theme
from desktop.i18n import bind
from desktop.widgets.labels import ActionButton, label

LARGEST_RADIUS = 8  # cells
SOFT = 1.5  # cells


class RegionBox(QWidget):
    """Buttons for the region's actions, and the brush's size and edge.

    Signals:
        brush_changed(radius, softness): In cells.
    """

    brush_changed = Signal(float, float)

    def __init__(self, actions: Sequence[QAction]) -> None:
        """A button for each action."""
        super().__init__()
        self._size, self._soft = QSlider(Qt.Orientation.Horizontal), QCheckBox()
        self._size.setRange(1, 2 * LARGEST_RADIUS)
        self._size.setValue(2)
        self._soft.setChecked(True)
        bind(self._soft, self._soft.setText, "Soft edge")
        bind(self._size, self._size.setAccessibleName, "Brush size")
        bind(self._size, self._size.setToolTip, "Brush size")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP_SMALL)
        for action in actions:
            button = ActionButton(action)
            button.setProperty("role", "small")
            buttons.addWidget(button, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP_SMALL)
        grid.addLayout(buttons, 0, 0, 1, 3)
        grid.addWidget(label("Brush", "number"), 1, 0)
        grid.addWidget(self._size, 1, 1)
        grid.addWidget(self._soft, 1, 2)
        self._size.valueChanged.connect(self._tell)
        self._soft.toggled.connect(self._tell)

    @property
    def brush(self) -> tuple[float, float]:
        """Radius and softness, in cells."""
        return self._size.value() / 2, SOFT if self._soft.isChecked() else 0.0

    def _tell(self) -> None:
        self.brush_changed.emit(*self.brush)
