"""A row of small pictures to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.i18n import bind

SIDE = 48


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
        self.setIconSize(QSize(SIDE, SIDE))
        self.setGridSize(QSize(SIDE + 6, SIDE + 6))
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setAutoFillBackground(False)
        self.setFixedHeight(SIDE + 6 + 16)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def set_pictures(self, images: Iterable[QImage], names: Iterable[str]) -> None:
        """Other pictures, with their accessible names."""
        self.clear()
        for image, name in zip(images, names):
            item = QListWidgetItem(icon(image, SIDE), "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            item.setToolTip(name)
            self.addItem(item)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())


def icon(image: QImage, side: int) -> QIcon:
    """A picture as an icon that is `side` pixels long also where the picture is smaller; sharp at 200 %."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return QIcon(QPixmap.fromImage(image.scaled(2 * side, 2 * side, keep, smooth)))
