"""Which picture of a file is shown that holds several: frames of an animation, or pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QSpinBox, QWidget

from desktop import theme
from desktop.i18n import bind, tr
from desktop.widgets.fields import inset
from desktop.widgets.labels import label


class FrameChooser(QWidget):
    """Picture [2] of 5, and a slider beside it; hidden where there is one picture alone.

    Signals:
        chosen(number): Another picture of the file is wanted; numbers count from 0.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        """One picture alone."""
        super().__init__()
        self.number, self.count, self.slider = QSpinBox(), label("", "muted"), QSlider(Qt.Orientation.Horizontal)
        inset(self.number)
        self.number.setKeyboardTracking(False)  # typing 12 asks for 12 alone
        self.slider.setTracking(False)  # dragging asks for the one that it is let go at
        for control in (self.number, self.slider):
            bind(control, control.setAccessibleName, "Which picture of the file is shown")
            bind(control, control.setToolTip, "Which picture of the file is shown")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_SMALL)
        for part in (label("Picture", "muted"), self.number, self.count):
            row.addWidget(part)
        row.addWidget(self.slider, 1)
        self.number.valueChanged.connect(self._choose)
        self.slider.valueChanged.connect(self._choose)
        self.slider.sliderMoved.connect(self._follow)
        self.show_place(0, 1)

    def show_place(self, number: int, count: int) -> None:
        """Shows that picture `number` of `count` is shown, which asks for nothing."""
        self._set(number + 1, count)
        self.count.setText(tr("of {count}", count=f"{count:,}"))
        self.setVisible(count > 1)

    def changeEvent(self, event: QEvent) -> None:
        """Says the count again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.count.setText(tr("of {count}", count=f"{self.number.maximum():,}"))
        super().changeEvent(event)

    def _set(self, value: int, count: int) -> None:
        for part in (self.number, self.slider):
            part.blockSignals(True)
            part.setRange(1, count)
            part.setValue(value)
            part.blockSignals(False)

    @Slot(int)
    def _choose(self, value: int) -> None:
        self._set(value, self.number.maximum())
        self.chosen.emit(value - 1)

    @Slot(int)
    def _follow(self, value: int) -> None:
        """The number follows a slider that is being dragged."""
        self.number.blockSignals(True)
        self.number.setValue(value)
        self.number.blockSignals(False)
