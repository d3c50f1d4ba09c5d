"""The snapshots: as many as wanted, named, in any order, and mixed by dragging one on another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QMenu

from desktop.i18n import bind, tr
from desktop.widgets import plain
from desktop.widgets.picture_strip import icon

SIDE, LOW_SIDE = 56, 40  # device-independent pixels; the second where there is little room
MARGIN, CAPTION, BAR = 10, 22, 12
EDGE = 0.25  # of a picture's width at either side: what is dropped there goes between
NAME_ROLE = Qt.ItemDataRole.UserRole


class SnapshotStrip(QListWidget):
    """Small pictures with their names.

    A click goes to one, F2 renames it, Delete removes it, Ctrl and an arrow moves it, and M mixes it with the next.
    Dropped between two others it goes there, dropped on another it is mixed with that.

    Signals:
        recalled(name): The user wants that snapshot.
        replaced(name): The present picture is to be in its place.
        renamed(name, other), removed(name): As it says; a name is never empty, nor that of another one.
        reordered(names): The user changed their order.
        mixed(first, second): The user wants what lies between the two.
    """

    recalled = Signal(str)
    replaced = Signal(str)
    renamed = Signal(str, str)
    removed = Signal(str)
    reordered = Signal(object)
    mixed = Signal(str, str)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        bind(self, self.setAccessibleName, "Snapshots")
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Snap)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._recall)
        self.activated.connect(self._recall)
        self.itemChanged.connect(self._take_name)
        self.set_low(False)

    @property
    def names(self) -> list[str]:
        """Of the snapshots, in the order shown."""
        return [str(self.item(place).data(NAME_ROLE)) for place in range(self.count())]

    def set_low(self, is_low: bool) -> None:
        """Smaller pictures, where there is little room."""
        side = LOW_SIDE if is_low else SIDE
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + MARGIN, side + CAPTION))
        self.setFixedHeight(side + CAPTION + BAR)

    def set_snapshot(self, name: str, image: QImage) -> None:
        """What a snapshot looks like; one that is not there yet comes last. No signal."""
        with QSignalBlocker(self):
            if name not in self.names:
                item = QListWidgetItem(name)
                item.setData(NAME_ROLE, name)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                item.setToolTip(plain.tip(name))
                self.addItem(item)
            self.item(self.names.index(name)).setIcon(icon(image, SIDE))

    def forget(self, names: Sequence[str]) -> None:
        """Keeps only these; no signal."""
        with QSignalBlocker(self):
            for place in reversed(range(self.count())):
                if self.item(place).data(NAME_ROLE) not in names:
                    self.takeItem(place)

    def menu(self, name: str) -> QMenu:
        """What can be done with one; it is deleted when it closes."""
        menu, names = QMenu(self), self.names
        menu.aboutToHide.connect(menu.deleteLater)
        item = self.item(names.index(name))
        menu.addAction(tr("Go to this snapshot")).triggered.connect(lambda: self.recalled.emit(name))
        menu.addAction(tr("Replace it with the current picture")).triggered.connect(lambda: self.replaced.emit(name))
        menu.addAction(tr("Rename")).triggered.connect(lambda: self.editItem(item))
        others = menu.addMenu(tr("Mix with"))
        others.setEnabled(len(names) > 1)
        for other in names:
            if other != name:
                action = others.addAction(other.replace("&", "&&"))
                action.triggered.connect(lambda _=False, other=other: self.mixed.emit(name, other))
        menu.addSeparator()
        menu.addAction(tr("Remove snapshot")).triggered.connect(lambda: self._remove(name))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the one under the mouse; by the keyboard, of the present one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.itemAt(event.pos()) if by_mouse else self.currentItem()
        if item is not None:
            place = event.globalPos() if by_mouse else self.mapToGlobal(self.visualItemRect(item).center())
            self.menu(str(item.data(NAME_ROLE))).popup(place)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One of its own may go anywhere."""
        event.setAccepted(event.source() is self)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Also on another one, which the view by itself would refuse."""
        event.setAccepted(event.source() is self)

    def dropEvent(self, event: QDropEvent) -> None:
        """On the middle of another one both are mixed; elsewhere the dragged one goes there."""
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the view shall move nothing by itself
        event.accept()
        if event.source() is self and self.currentRow() >= 0:
            self.drop_current(event.position().toPoint())

    def drop_current(self, place: QPoint) -> None:
        """The present one is let go at that place of the viewport."""
        row, target = self.currentRow(), self.itemAt(place)
        if target is not None and self.row(target) != row:
            rect = self.visualItemRect(target)
            share = (place.x() - rect.left()) / max(1, rect.width())
            if EDGE < share < 1 - EDGE:
                self.mixed.emit(self.names[row], str(target.data(NAME_ROLE)))
                return
        before = sum(self.visualItemRect(self.item(n)).center().x() < place.x() for n in range(self.count()))
        self._move(row, before - 1 if before > row else before)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button asks for the menu, and goes nowhere."""
        if event.button() == Qt.MouseButton.RightButton:
            event.accept()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes, Ctrl with an arrow moves, M mixes with the next one."""
        arrows, place = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}, self.currentRow()
        if place >= 0 and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(self.names[place])
        elif place >= 0 and event.key() == Qt.Key.Key_M and self.count() > 1:
            self.mixed.emit(self.names[place], self.names[(place + 1) % self.count()])
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and Qt.Key(event.key()) in arrows:
            self._move(place, place + arrows[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _move(self, place: int, target: int) -> None:
        if place != target and 0 <= place < self.count() and 0 <= target < self.count():
            self.insertItem(target, self.takeItem(place))
            self.setCurrentRow(target)
            self.reordered.emit(self.names)

    def _remove(self, name: str) -> None:
        self.takeItem(self.names.index(name))
        self.removed.emit(name)

    @Slot(QModelIndex)
    def _recall(self, index: QModelIndex) -> None:
        self.recalled.emit(str(index.data(NAME_ROLE)))

    @Slot(QListWidgetItem)
    def _take_name(self, item: QListWidgetItem) -> None:
        """A name that was typed; an empty one, or that of another snapshot, is not taken."""
        before, name = str(item.data(NAME_ROLE)), item.text().strip()
        if name == before:
            return
        with QSignalBlocker(self):
            if not name or name in self.names:
                item.setText(before)
                return
            item.setData(NAME_ROLE, name)
            item.setText(name)
            item.setToolTip(plain.tip(name))
        self.renamed.emit(before, name)
