"""A grid of thumbnails, of which only those in sight are ever loaded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.i18n import bind
from desktop.widgets import plain
from desktop.widgets.hint import paint_hint

CELL, PICTURE, CAPTION = 112, 96, 18  # device-independent pixels
KEPT = 800  # thumbnails
MARK_ROLE, ROW_ROLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


class ThumbnailModel(QAbstractListModel):
    """Rows of an index in some order. Thumbnails are read when they are painted, and the newest are kept."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._rows: NDArray[np.int64] = np.empty(0, np.int64)
        self._captions: Sequence[str] | Callable[[int], str] = ()
        self._marked: NDArray[np.bool_] | None = None
        self._load: Callable[[int], bytes | None] = lambda _: None
        self._name: Callable[[int], str] = str
        self._kept: OrderedDict[int, QImage] = OrderedDict()

    @property
    def rows(self) -> NDArray[np.int64]:
        """The index's rows, in the order shown."""
        return self._rows

    def set_source(self, load: Callable[[int], bytes | None], name: Callable[[int], str]) -> None:
        """Where the thumbnails of rows come from, as JPEG, and their names."""
        self._load, self._name = load, name
        self._kept.clear()

    def show_rows(
        self,
        rows: NDArray[np.int64],
        captions: Callable[[int], str] | None = None,
        marked: NDArray[np.bool_] | None = None,
    ) -> None:
        """Shows other rows: a caption for each position (its name by default), and which ones are marked."""
        self.beginResetModel()
        self._rows, self._captions, self._marked = rows, captions or (), marked
        self.endResetModel()

    def set_marked(self, marked: NDArray[np.bool_]) -> None:
        """Marks others, and leaves the rest as it is."""
        self._marked = marked
        if len(self._rows):
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [MARK_ROLE])

    @Slot()
    def refresh(self) -> None:
        """There are thumbnails that there were not before."""
        if len(self._rows):
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: Index | None = None) -> int:
        """How many pictures there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Caption, thumbnail, name, mark or row of one picture."""
        if not index.isValid():
            return None
        position = index.row()
        row = int(self._rows[position])
        if role == Qt.ItemDataRole.DisplayRole:
            return self._captions(position) if callable(self._captions) else self._name(row).rsplit("/", 1)[-1]
        if role == Qt.ItemDataRole.DecorationRole:
            return self.thumbnail(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._name(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._name(row)
        if role == MARK_ROLE:
            return self._marked is not None and bool(self._marked[position])
        return row if role == ROW_ROLE else None

    def thumbnail(self, row: int) -> QImage:
        """The thumbnail of a row; an empty image where it has none."""
        if row not in self._kept:
            content = self._load(row)
            if content is None:
                return QImage()  # not yet, perhaps
            self._kept[row] = QImage.fromData(content)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(row)
        return self._kept[row]


class ThumbnailGrid(QListView):
    """The grid.

    Signals:
        current_changed(row): Another picture is current; -1 for none.
        selection_changed(): Others are selected.
    """

    current_changed = Signal(int)
    selection_changed = Signal()

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.pictures = ThumbnailModel()
        self._hint = ("", "")
        self.setModel(self.pictures)
        self.setItemDelegate(_Cell(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(CELL // 2)
        self.viewport().setAutoFillBackground(False)
        bind(self, self.setAccessibleName, "Pictures")
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    @property
    def selected_rows(self) -> NDArray[np.int64]:
        """The index's rows of the selected pictures, in the order shown."""
        positions = sorted(index.row() for index in self.selectionModel().selectedRows())
        return self.pictures.rows[np.array(positions, np.int64)]

    def select(self, rows: NDArray[np.int64]) -> None:
        """Selects the pictures of these rows, and no other."""
        places = np.flatnonzero(np.isin(self.pictures.rows, rows))
        chosen = QItemSelection()
        for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(places) else ():
            chosen.select(self.pictures.index(int(run[0])), self.pictures.index(int(run[-1])))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def set_hint(self, first: str, second: str) -> None:
        """Two lines for the time without pictures."""
        self._hint = (first, second)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pictures, or the hint."""
        super().paintEvent(event)
        if self.pictures.rowCount():
            return
        paint_hint(QPainter(self.viewport()), QRectF(self.viewport().rect()), self.palette(), self._hint)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(int(self.pictures.rows[current.row()]) if current.isValid() else -1)

    @Slot()
    def _on_selection(self) -> None:
        self.selection_changed.emit()


class _Cell(QStyledItemDelegate):
    """Thumbnail above caption; a marked one has an outline in the colour of a problem, a selected one a ground."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Alike for all."""
        return QSize(CELL, PICTURE + CAPTION + 3 * theme.GAP_SMALL // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one picture."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours = option.palette
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.highlight())
            painter.setOpacity(0.28)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 6, 6)
            painter.setOpacity(1)
        image: QImage = index.data(Qt.ItemDataRole.DecorationRole)
        place = QRect(rect.left() + (CELL - PICTURE) // 2, rect.top() + theme.GAP_SMALL, PICTURE, PICTURE)
        if image.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.alternateBase())
            painter.drawRoundedRect(place, 4, 4)
        else:
            size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            shown = QRect(0, 0, size.width(), size.height())
            shown.moveCenter(place.center())
            painter.drawImage(shown, image)
            if index.data(MARK_ROLE):
                painter.setPen(QPen(colours.brightText(), 2.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(shown.adjusted(-1, -1, 1, 1), 3, 3)
        font = painter.font()
        font.setPixelSize(theme.SMALL_TEXT)
        painter.setFont(font)
        painter.setPen(colours.placeholderText().color())
        line = QRect(rect.left() + 4, place.bottom() + 3, rect.width() - 8, CAPTION)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
