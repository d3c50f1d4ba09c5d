"""The layers of a model as an hourglass: a bar for each, as wide as what it gives is large."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.i18n import bind

WIDTH_ROLE, IS_LATENT_ROLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
HEIGHT = 24


class LayerGraph(QListWidget):
    """One line for each layer, its operator and its shape within a bar; the latent in the accent's colour."""

    def __init__(self) -> None:
        """No layers."""
        super().__init__()
        self.setItemDelegate(_Bar(self))
        self.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        bind(self, self.setAccessibleName, "Layers")

    def show_layers(self, layers: Sequence[tuple[str, Sequence[int], bool]]) -> None:
        """Name, shape, and whether it is the latent, of each layer from the picture to the picture."""
        self.clear()
        sizes = [math.log2(1 + math.prod(shape)) for _, shape, _ in layers]
        smallest, largest = min(sizes, default=0.0), max(sizes, default=1.0)
        for (name, shape, is_latent), size in zip(layers, sizes):
            item = QListWidgetItem(f"{name}   {' × '.join(map(str, shape))}")
            item.setData(WIDTH_ROLE, 0.34 + 0.66 * (size - smallest) / max(1e-9, largest - smallest))
            item.setData(IS_LATENT_ROLE, is_latent)
            self.addItem(item)


class _Bar(QStyledItemDelegate):
    """A bar in the middle with its text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, HEIGHT + 3)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, colours = QRectF(option.rect), option.palette
        is_latent = bool(index.data(IS_LATENT_ROLE))
        width = rect.width() * float(index.data(WIDTH_ROLE))
        bar = QRectF(rect.center().x() - width / 2, rect.top() + 1, width, HEIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colours.highlight() if is_latent else colours.alternateBase())
        is_current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(colours.highlight().color() if is_current else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS / 2, theme.RADIUS / 2)
        painter.setPen(colours.highlightedText().color() if is_latent else colours.text().color())
        painter.drawText(rect.adjusted(0, 1, 0, -2), Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()
