"""A row of small pictures to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.i18n import bind
from desktop.widgets import plain

SIDE, LOW_SIDE = 48, 32  # device-independent pixels; the second where there is little room
GAP, BAR = 6, 16  # between two pictures; what the scroll bar takes, its own gap included


class PictureStrip(QListWidget):
    """One line of thumbnails that scrolls sideways.

    Signals:
        chosen(index): One was clicked, or Enter was pressed on it.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        bind(self, self.setAccessibleName, "Training pictures")
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Static)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setViewportMargins(-GAP // 2, 0, 0, 0)  # its edge is that of everything else
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        self.set_low(False)

    def set_low(self, is_low: bool) -> None:
        """Smaller pictures without a scroll bar, where there is little room; the wheel and the keys still scroll."""
        side, policy = LOW_SIDE if is_low else SIDE, Qt.ScrollBarPolicy
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + GAP, side + GAP))
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOff if is_low else policy.ScrollBarAsNeeded)
        self.setFixedHeight(side + GAP + (0 if is_low else BAR))

    def set_pictures(self, images: Iterable[QImage], names: Iterable[str]) -> None:
        """Other pictures, with their accessible names."""
        self.clear()
        for image, name in zip(images, names):
            item = QListWidgetItem(icon(image, SIDE), "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            item.setToolTip(plain.tip(name))
            self.addItem(item)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())


def icon(image: QImage, side: int) -> QIcon:
    """A picture as an icon that is `side` pixels long also where the picture is smaller; sharp at 200 %."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QIcon(QPixmap.fromImage(image.scaled(2 * side, 2 * side, keep, smooth)))
