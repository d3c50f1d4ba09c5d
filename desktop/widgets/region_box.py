"""The brush with which a region of the picture is marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.rows import row

LARGEST_RADIUS = 8  # cells
SOFT = 1.5  # cells


class RegionBox(QWidget):
    """Buttons for the region's actions, and while it is painted the brush's size and edge.

    Signals:
        brush_changed(radius, softness): In cells.
    """

    brush_changed = Signal(float, float)

    def __init__(self, paint: QAction, others: Sequence[QAction]) -> None:
        """A button for each action; the brush is shown while `paint` is checked."""
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
        for action in (paint, *others):
            buttons.addWidget(ActionButton(action, role="" if action.isCheckable() else "small"))
        buttons.addStretch(1)
        brush = QWidget()
        brush.setLayout(row(label("Brush", "number"), self._size, self._soft))
        brush.setVisible(paint.isChecked())
        paint.toggled.connect(brush.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(buttons)
        column.addWidget(brush)
        self._size.valueChanged.connect(self._tell)
        self._soft.toggled.connect(self._tell)

    @property
    def brush(self) -> tuple[float, float]:
        """Radius and softness, in cells."""
        return self._size.value() / 2, SOFT if self._soft.isChecked() else 0.0

    def _tell(self) -> None:
        self.brush_changed.emit(*self.brush)
