"""Groups of duplicates as a table: a line for each group, its pictures side by side, the best one marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop import theme
from desktop.i18n import bind, tr
from desktop.widgets import plain

CELL, PICTURE, LINE = 168, 112, 18  # device-independent pixels
BEST_ROLE, FACTS_ROLE, ROW_ROLE = (Qt.ItemDataRole.UserRole + number for number in range(3))

Index = QModelIndex | QPersistentModelIndex


class GroupsModel(QAbstractTableModel):
    """One group in each line: rows of the index, in the order of their paths."""

    def __init__(
        self, name: Callable[[int], str], facts: Callable[[int], str], thumbnail: Callable[[int], QImage]
    ) -> None:
        """Empty; `name`, `facts` and `thumbnail` are of a row."""
        super().__init__()
        self._name, self._facts, self._thumbnail = name, facts, thumbnail
        self._best: list[int] = []
        self._width = 0
        self.groups: list[list[int]] = []

    def show_groups(self, groups: Sequence[Sequence[int]], best: Sequence[int]) -> None:
        """Other groups, of rows, and the place of the best in each (-1 while it is not known)."""
        self.beginResetModel()
        self.groups, self._best = [list(group) for group in groups], list(best)
        self._width = max(map(len, groups), default=0)
        self.endResetModel()

    def set_best(self, best: Sequence[int]) -> None:
        """The best of each group, and what is known of each picture, are there."""
        self._best = list(best)
        if self.groups:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.groups) - 1, self._width - 1))

    def best_of(self, line: int) -> int:
        """The row of the best picture of a group; -1 while it is not known."""
        place = self._best[line]
        return self.groups[line][place] if place >= 0 else -1

    def rowCount(self, parent: Index | None = None) -> int:
        """How many groups there are."""
        return 0 if parent is not None and parent.isValid() else len(self.groups)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many pictures the largest group has."""
        return 0 if parent is not None and parent.isValid() else self._width

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is right of a group's last picture cannot be selected."""
        return super().flags(index) if self._row(index) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, thumbnail, facts, or whether it is the best of its group."""
        row = self._row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._name(row).rsplit("/", 1)[-1]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnail(row)
        if role == FACTS_ROLE:
            return self._facts(row)
        if role == BEST_ROLE:
            return self._best[index.row()] == index.column()
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            best = tr("best of its group") if self._best[index.row()] == index.column() else ""
            text = "\n".join(filter(None, (self._name(row), self._facts(row), best)))
            return plain.tip(text) if role == Qt.ItemDataRole.ToolTipRole else text.replace("\n", ", ")
        return row if role == ROW_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The number of each group."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Vertical:
            return None
        return f"{section + 1:,}"

    def _row(self, index: Index) -> int | None:
        if not index.isValid() or index.row() >= len(self.groups):
            return None
        group = self.groups[index.row()]
        return group[index.column()] if index.column() < len(group) else None


class GroupsTable(QTableView):
    """The table.

    Signals:
        current_changed(row): Another picture is current.
        selection_changed(): Others are selected.
        opened(row): The user wants to see a picture on its own.
    """

    current_changed = Signal(int)
    selection_changed = Signal()
    opened = Signal(int)

    def __init__(self, model: GroupsModel) -> None:
        """Empty."""
        super().__init__()
        self.groups = model
        self.setModel(model)
        self.setItemDelegate(_Cell(self))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.horizontalHeader().hide()
        self.horizontalHeader().setDefaultSectionSize(CELL)
        self.verticalHeader().setDefaultSectionSize(PICTURE + 2 * LINE + 2 * theme.GAP_SMALL)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setHighlightSections(False)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        bind(self, self.setAccessibleName, "Groups of duplicates")
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.doubleClicked.connect(self._on_double)

    @property
    def selected_rows(self) -> NDArray[np.int64]:
        """The index's rows of the selected pictures."""
        chosen = sorted((each.row(), each.column()) for each in self.selectionModel().selectedIndexes())
        return np.array([self.groups.groups[line][place] for line, place in chosen], np.int64)

    def selected_by_group(self) -> dict[int, list[int]]:
        """The selected rows of each group that has some, by its line."""
        found: dict[int, list[int]] = {}
        for each in self.selectionModel().selectedIndexes():
            found.setdefault(each.row(), []).append(self.groups.groups[each.row()][each.column()])
        return found

    def select(self, rows: NDArray[np.int64]) -> None:
        """Selects the pictures of these rows, and no other."""
        wanted, chosen = set(rows.tolist()), QItemSelection()
        for line, group in enumerate(self.groups.groups) if wanted else ():
            for place, row in enumerate(group):
                if row in wanted:
                    chosen.select(self.groups.index(line, place), self.groups.index(line, place))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = current.data(ROW_ROLE)
        if row is not None:
            self.current_changed.emit(row)

    @Slot()
    def _on_selection(self) -> None:
        self.selection_changed.emit()

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.opened.emit(row)


class _Cell(QStyledItemDelegate):
    """Thumbnail, name and facts; a ground for the selected, an outline and a word for the best."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Alike for all."""
        return QSize(CELL, PICTURE + 2 * LINE + 2 * theme.GAP_SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one picture."""
        rect: QRect = option.rect
        colours = option.palette
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(colours.mid(), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())  # between one group and the next
        if index.data(ROW_ROLE) is None:
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QApplication.palette().highlight())
            painter.setOpacity(0.28)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), 6, 6)
            painter.setOpacity(1)
        self._paint_picture(painter, rect, index)
        font = painter.font()
        font.setPixelSize(theme.SMALL_TEXT)
        painter.setFont(font)
        top = rect.top() + theme.GAP_SMALL + PICTURE + 2
        for number, text in enumerate((str(index.data()), str(index.data(FACTS_ROLE)))):
            line = QRect(rect.left() + 6, top + number * LINE, rect.width() - 12, LINE)
            painter.setPen((colours.text() if number == 0 else colours.placeholderText()).color())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()

    def _paint_picture(self, painter: QPainter, rect: QRect, index: Index) -> None:
        image: QImage = index.data(Qt.ItemDataRole.DecorationRole)
        place = QRect(rect.left() + (rect.width() - PICTURE) // 2, rect.top() + theme.GAP_SMALL, PICTURE, PICTURE)
        if image.isNull():
            return
        size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        shown = QRect(0, 0, size.width(), size.height())
        shown.moveCenter(place.center())
        painter.drawImage(shown, image)
        if not index.data(BEST_ROLE):
            return
        palette = QApplication.palette()
        painter.setPen(QPen(palette.highlight(), 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(shown.adjusted(-1, -1, 1, 1), 3, 3)
        text = tr("best")
        font = painter.font()
        font.setPixelSize(theme.SMALL_TEXT)
        painter.setFont(font)
        badge = QRect(0, 0, painter.fontMetrics().horizontalAdvance(text) + 12, LINE)
        badge.moveTopLeft(shown.topLeft())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.highlight())
        painter.drawRoundedRect(badge, 3, 3)
        painter.setPen(palette.highlightedText().color())
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
