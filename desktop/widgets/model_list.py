"""The models to choose from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.i18n import bind
from desktop.widgets import plain

FACTS_ROLE, BROKEN_ROLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
LINE_HEIGHT = 18


@dataclasses.dataclass(frozen=True)
class ModelLine:
    """What the list says of one model, as the user reads it.

    Attributes:
        name: Its name.
        facts: The line under the name.
        tip: What is said when it is pointed at.
        is_broken: Whether it cannot be used; the facts say so.
    """

    name: str
    facts: str
    tip: str
    is_broken: bool = False


class ModelList(QListWidget):
    """One entry of two lines for each model.

    Signals:
        chosen(row): The user chose a model.
        menu_asked(row, place): The right button or the menu key asks what can be done with one; `place` on the screen.
        pointed_at(row, place): The mouse rests on one; `place` beside it on the screen. -1: it has left.
    """

    chosen = Signal(int)
    menu_asked = Signal(int, QPoint)
    pointed_at = Signal(int, QPoint)

    def __init__(self) -> None:
        """An empty list."""
        super().__init__()
        self.setItemDelegate(_TwoLines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        bind(self, self.setAccessibleName, "Models")
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)  # for the line that is pointed at
        self.itemSelectionChanged.connect(self._on_selection)

    def set_models(self, models: Iterable[ModelLine], current: int) -> None:
        """Other models, and which one is chosen (-1: none); no signal."""
        with QSignalBlocker(self):
            self.clear()
            for model in models:
                item = QListWidgetItem(model.name)
                item.setData(FACTS_ROLE, model.facts)
                item.setData(BROKEN_ROLE, model.is_broken)
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, f"{model.facts}. {model.tip}")
                item.setToolTip(plain.tip(model.tip))
                self.addItem(item)
            self.setCurrentRow(current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button chooses; the right one asks for the menu, and changes nothing."""
        if event.button() == Qt.MouseButton.RightButton:
            event.accept()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the line under the mouse; by the keyboard, of the present one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.itemAt(event.pos()) if by_mouse else self.currentItem()
        if item is not None:
            place = event.globalPos() if by_mouse else self.mapToGlobal(self.visualItemRect(item).center())
            self.menu_asked.emit(self.row(item), place)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tells on which one the mouse rests, instead of a line of text."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self.itemAt(event.pos())
            if item is not None:
                rect = self.visualItemRect(item)
                self.pointed_at.emit(self.row(item), self.viewport().mapToGlobal(rect.topRight() + QPoint(12, 0)))
            return True
        if event.type() in (QEvent.Type.Leave, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self.pointed_at.emit(-1, QPoint())
        return super().viewportEvent(event)

    @Slot()
    def _on_selection(self) -> None:
        """The current row alone will not do: Qt makes the first row current when the list gets the focus."""
        if self.selectedItems():
            self.chosen.emit(self.currentRow())


class _TwoLines(QStyledItemDelegate):
    """Name above facts; a broken model's facts in the colour of a problem."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for two lines."""
        return QSize(0, 2 * LINE_HEIGHT + theme.GAP_SMALL * 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws one model."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colours.alternateBase())
            painter.drawRoundedRect(rect, 6, 6)
            painter.setBrush(colours.highlight())
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + 10, 3, rect.height() - 20), 1.5, 1.5)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colours.window())
            painter.drawRoundedRect(rect, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.highlight(), 1))
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        line = QRect(rect.left() + 12, rect.top() + theme.GAP_SMALL, rect.width() - 16, LINE_HEIGHT)
        below = colours.brightText() if index.data(BROKEN_ROLE) else colours.placeholderText()
        texts = ((index.data(), colours.text(), True), (index.data(FACTS_ROLE), below, False))
        for text, brush, bold in texts:
            font = theme.strong(option.font) if bold else option.font
            font.setPixelSize(theme.TEXT if bold else theme.SMALL_TEXT)
            painter.setFont(font)
            painter.setPen(brush.color())
            cut = Qt.TextElideMode.ElideMiddle if bold else Qt.TextElideMode.ElideRight
            painter.drawText(line, painter.fontMetrics().elidedText(text, cut, line.width()))
            line.translate(0, LINE_HEIGHT)
        painter.restore()
