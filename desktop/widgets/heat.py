"""The colours of a difference, and the scale that says what they mean."""

from __future__ import annotations

import functools

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from desktop import theme
from desktop.engine.colour_ramps import DIFFERENCE
from desktop.i18n import bind, tr
from desktop.widgets.labels import label

LARGEST_POWER = 6
FIRST_POWER = 2  # four times: errors of a good model are a few levels
BAR_WIDTH, BAR_HEIGHT = 120, 10


@functools.cache
def table(amplification: int) -> tuple[int, ...]:
    """The colour of each level of difference, 0 to 255, as 0xAARRGGBB; `255 / amplification` and more is the last."""
    colours = DIFFERENCE.at(np.arange(256) * amplification / 255).round().astype(int).tolist()
    return tuple(0xFF000000 | red << 16 | green << 8 | blue for red, green, blue in colours)


class HeatScale(QWidget):
    """What the colours mean, and how much differences are amplified.

    Signals:
        changed(): Another amplification.
    """

    changed = Signal()

    def __init__(self) -> None:
        """Amplified four times."""
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, LARGEST_POWER)
        self.slider.setPageStep(1)
        self.slider.setValue(FIRST_POWER)
        self.slider.setFixedWidth(72)
        bind(self.slider, self.slider.setAccessibleName, "Amplification of the difference")
        bind(self.slider, self.slider.setToolTip, "How much differences are amplified")
        self._factor, self._last = label("", "number"), label("", "number")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_SMALL)
        for widget in (label("Difference", "number"), self.slider, self._factor, label("0", "number"), _Bar()):
            row.addWidget(widget)
        row.addWidget(self._last)
        row.addStretch(1)
        self.slider.valueChanged.connect(self._follow)
        self._say()

    @property
    def amplification(self) -> int:
        """How many times as large differences are shown: 1, 2, 4, ... 64."""
        return int(2 ** self.slider.value())

    @property
    def text(self) -> str:
        """What stands at the far end of the scale."""
        return self._last.text()

    def retranslate(self) -> None:
        """Says its numbers in another language."""
        self._say()

    @Slot()
    def _follow(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self._factor.setText(f"×{self.amplification}")
        last = 255 / self.amplification
        self._last.setText(tr("{levels} levels and more", levels=f"{last:.0f}" if last >= 10 else f"{last:.1f}"))


class _Bar(QWidget):
    """The colours from no difference to the largest one shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(BAR_WIDTH, BAR_HEIGHT)
        self._image = QImage(256, 1, QImage.Format.Format_RGB32)
        for level, colour in enumerate(DIFFERENCE.steps(256)):
            self._image.setPixelColor(level, 0, QColor(*colour))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
