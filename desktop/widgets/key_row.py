"""The pictures of a morph, in the order in which it visits them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QDragMoveEvent, QDropEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QMenu

from desktop.i18n import bind, tr
from desktop.widgets import plain
from desktop.widgets.picture_strip import icon

SIDE, LOW_SIDE = 84, 56  # device-independent pixels; the second where there is little room
MARGIN, CAPTION, BAR = 16, 28, 18  # between two pictures; their names; the scroll bar
KEY_ROLE = Qt.ItemDataRole.UserRole


class KeyRow(QListWidget):
    """Thumbnails with names; dragged they change places, Delete removes one, Ctrl and an arrow moves it.

    Signals:
        reordered(keys): The user changed their order or removed one; the numbers given to `add`, in order.
        pointed_at(place): The user chose the one at this place.
    """

    reordered = Signal(object)
    pointed_at = Signal(int)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        bind(self, self.setAccessibleName, "Pictures of this morph")
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Snap)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._point)
        self.set_low(False)

    def set_low(self, is_low: bool) -> None:
        """Smaller pictures, where there is little room."""
        side = LOW_SIDE if is_low else SIDE
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + MARGIN, side + CAPTION))
        self.setViewportMargins(-MARGIN // 2, 0, 0, 0)  # its edge is that of everything else
        self.setFixedHeight(side + CAPTION + BAR)

    @property
    def keys(self) -> list[int]:
        """The numbers given to `add`, in the order shown."""
        return [int(self.item(place).data(KEY_ROLE)) for place in range(self.count())]

    def add(self, key: int, name: str, image: QImage) -> None:
        """One more at the end; no signal."""
        item = QListWidgetItem(icon(image, SIDE), name)
        item.setData(KEY_ROLE, key)
        item.setToolTip(plain.tip(name))
        self.addItem(item)

    def move_current(self, by: int) -> None:
        """The current one moves so many places."""
        place = self.currentRow()
        if place >= 0 and 0 <= place + by < self.count():
            self._move(place, place + by)

    def remove_current(self) -> None:
        """The current one goes."""
        if self.currentRow() >= 0:
            self.takeItem(self.currentRow())
            self.reordered.emit(self.keys)

    def menu(self, place: int) -> QMenu:
        """What can be done with the one at that place; it is deleted when it closes."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("Go to this picture")).triggered.connect(lambda: self.pointed_at.emit(place))
        for text, by in ((tr("Move left"), -1), (tr("Move right"), 1)):
            action = menu.addAction(text)
            action.setEnabled(0 <= place + by < self.count())
            action.triggered.connect(lambda _=False, by=by: self._move(place, place + by))
        menu.addSeparator()
        menu.addAction(tr("Remove from the morph")).triggered.connect(self.remove_current)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the one under the mouse; by the keyboard, of the present one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.itemAt(event.pos()) if by_mouse else self.currentItem()
        if item is not None:
            self.setCurrentItem(item)
            self.menu(self.row(item)).popup(event.globalPos())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """One of its own may go anywhere, also on another one, which the view by itself would refuse."""
        event.setAccepted(event.source() is self)

    def dropEvent(self, event: QDropEvent) -> None:
        """Puts the dragged one where it was dropped: before the one whose left half it was dropped on."""
        place = self.currentRow()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the view shall move nothing by itself
        event.accept()
        if event.source() is self and place >= 0:
            target = sum(
                self.visualItemRect(self.item(n)).center().x() < event.position().x() for n in range(self.count())
            )
            self._move(place, target - 1 if target > place else target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes, Ctrl with an arrow moves."""
        arrows = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_current()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and Qt.Key(event.key()) in arrows:
            self.move_current(arrows[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _move(self, place: int, target: int) -> None:
        if place != target:
            item = self.takeItem(place)
            self.insertItem(target, item)
            self.setCurrentRow(target)
            self.reordered.emit(self.keys)

    @Slot(QModelIndex)
    def _point(self, index: QModelIndex) -> None:
        self.pointed_at.emit(index.row())
