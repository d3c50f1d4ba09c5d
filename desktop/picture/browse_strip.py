"""A row of small pictures to pick from."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QImage, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.i18n import bind
from desktop.state.picture_list import PictureList

SIDE, GAP = 56, 6


class BrowseStrip(QListView):
    """One cell for each picture; the current one is the one that is shown.

    Signals:
        picked(row): The user wants to see that picture.
        menu_asked(row, place): The right button or the menu key asks what can be done with one; `place` on the screen.
    """

    picked = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, model: PictureList) -> None:
        """As many as the model has."""
        super().__init__()
        self._pictures = model
        self.setModel(model)
        self.setItemDelegate(_Thumbnail(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFixedHeight(SIDE + 2 * GAP + 10)
        self.viewport().setAutoFillBackground(False)
        bind(self, self.setAccessibleName, "Pictures to pick from")
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_row(self, row: int) -> None:
        """Marks the picture that is shown; no signal."""
        if 0 <= row < self._pictures.rowCount() and row != self.currentIndex().row():
            blocked = self.blockSignals(True)
            self.setCurrentIndex(self._pictures.index(row))
            self.blockSignals(blocked)
            self.scrollTo(self._pictures.index(row))

    def step(self, by: int) -> None:
        """Picks a neighbour of the current picture."""
        row = self.currentIndex().row() + by
        if 0 <= row < self._pictures.rowCount():
            self.setCurrentIndex(self._pictures.index(row))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button picks; the right one asks for the menu, and changes nothing."""
        if event.button() == Qt.MouseButton.RightButton:
            event.accept()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the picture under the mouse; by the keyboard, of the present one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            place = event.globalPos() if by_mouse else self.mapToGlobal(self.visualRect(index).center())
            self.menu_asked.emit(index.row(), place)

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid() and not self.signalsBlocked():
            self.picked.emit(index.row())


class _Thumbnail(QStyledItemDelegate):
    """The middle of a picture in a square; a broken one as a crossed one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(SIDE + GAP, SIDE + GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, state, colours = option.rect, option.state, option.palette
        cell = QRectF(rect.left() + GAP / 2, rect.top() + GAP / 2, SIDE, SIDE)
        outline = QPainterPath()
        outline.addRoundedRect(cell, theme.RADIUS / 2, theme.RADIUS / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillPath(outline, colours.alternateBase())
        model, image = index.model(), index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(image, QImage):
            side = min(image.width(), image.height())
            source = QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
            painter.setClipPath(outline)
            painter.drawImage(cell, image, source)
            painter.setClipping(False)
        elif isinstance(model, PictureList) and model.problem(index.row()) is not None:
            painter.setPen(QPen(colours.brightText(), 2))
            inner = cell.adjusted(20, 20, -20, -20)
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())
        if state & QStyle.StateFlag.State_Selected:
            painter.strokePath(outline, QPen(colours.highlight(), 2.5))
        painter.restore()
