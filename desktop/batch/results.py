"""What came of each picture of a batch: a table, the worst first, from which a picture is opened."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from desktop import file_manager
from desktop.i18n import bind, mark, tr
from desktop.widgets import plain

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (mark("Picture"), mark("PSNR"), mark("SSIM"), mark("Size"))
SORT_ROLE, PATH_ROLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclasses.dataclass(frozen=True)
class Result:
    """One picture.

    Attributes:
        path: Its file.
        name: Its path below the source.
        psnr_db, ssim: None where they were not measured.
        size: Width and height in pixels, as the model saw it; None as before.
        problem: Why nothing came of it, in one sentence; empty where something did.
    """

    path: Path
    name: str
    psnr_db: float | None = None
    ssim: float | None = None
    size: tuple[int, int] | None = None
    problem: str = ""


class ResultModel(QAbstractTableModel):
    """A row for each picture, in the order in which they were done."""

    def __init__(self) -> None:
        """No results."""
        super().__init__()
        self.results: list[Result] = []

    def show_results(self, results: Iterable[Result]) -> None:
        """Others in place of all."""
        self.beginResetModel()
        self.results = list(results)
        self.endResetModel()

    def add(self, result: Result) -> None:
        """One more."""
        self.beginInsertRows(QModelIndex(), len(self.results), len(self.results))
        self.results.append(result)
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many results there are."""
        return 0 if parent.isValid() else len(self.results)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, PSNR, SSIM and size."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the columns are called, and at which side, as what stands under them."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, what it is sorted by, and the file."""
        result, column = self.results[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(result, column)
        if role == SORT_ROLE:
            return _key(result, column)
        if role == PATH_ROLE:
            return result.path
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(result.problem or result.name)
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return RIGHT
        return None


class ResultTable(QTableView):
    """Sorted by a click on a column; a double click or Enter opens the picture.

    Signals:
        opened(path): The user wants to see that picture.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        """Empty; the worst PSNR first."""
        super().__init__()
        self.results = ResultModel()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.results)
        self._sorted.setSortRole(SORT_ROLE)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        bind(self, self.setAccessibleName, "Results")
        bind(self, self.setToolTip, "Double-click a picture to open it")
        self.activated.connect(self._open)  # double click, or Enter
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    @property
    def names(self) -> list[str]:
        """In the order shown."""
        return [str(self._sorted.index(row, 0).data()) for row in range(self._sorted.rowCount())]

    def open_row(self, row: int) -> None:
        """Opens the picture of a row, as shown."""
        self._open(self._sorted.index(row, 0))

    def menu(self, row: int) -> QMenu:
        """What can be done with the picture of a row, as shown; it is deleted when it closes."""
        menu, index = QMenu(self), self._sorted.index(row, 0)
        path: Path = index.data(PATH_ROLE)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("Open this picture")).triggered.connect(lambda: self.opened.emit(path))
        menu.addAction(tr("Show in folder")).triggered.connect(lambda: file_manager.show(path))
        copy = menu.addAction(tr("Copy path"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(str(path)))
        return menu

    def _show_menu(self, place: QPoint) -> None:
        row = self.indexAt(place).row() if self.indexAt(place).isValid() else self.currentIndex().row()
        if row >= 0:
            self.menu(row).popup(self.viewport().mapToGlobal(place))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(PATH_ROLE))


def _text(result: Result, column: int) -> str:
    if column == 0:
        return result.name
    if result.problem:
        return tr("failed") if column == 1 else ""
    if column == 1:
        return "" if result.psnr_db is None else f"{result.psnr_db:.2f} dB"
    if column == 2:
        return "" if result.ssim is None else f"{result.ssim:.4f}"
    return "" if result.size is None else f"{result.size[0]} × {result.size[1]}"


def _key(result: Result, column: int) -> object:
    """What failed comes before the worst."""
    if column == 0:
        return result.name
    if column == 3:
        return 0 if result.size is None else result.size[0] * result.size[1]
    value = result.psnr_db if column == 1 else result.ssim
    return -1e9 if result.problem else 1e9 if value is None else value
