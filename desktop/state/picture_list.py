"""The pictures to pick from, with small pictures of them that are made away from the window."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from desktop import failures
from desktop.engine import pictures
from desktop.qt_images import to_qimage
from desktop.widgets import plain
from desktop.worker import Worker

THUMBNAIL_SIDE = 128  # pixels: sharp at 200 %
MOST_THUMBNAILS = 1000  # that are kept in memory: 48 MiB
MOST_WANTED = 100  # that wait to be read: what was scrolled past long ago is asked for again when it is seen
PATH_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class PictureList(QAbstractListModel):
    """One row for each picture; its thumbnail is read when it comes into sight, the newest wish first.

    Attributes:
        paths: The pictures, in the order shown.
        psnr_db: What was measured of their reconstructions by the present model.

    Signals:
        changed(): Other pictures.
        arranged(): The same in another order.
    """

    changed = Signal()
    arranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """No pictures."""
        super().__init__(parent)
        self.paths: list[Path] = []
        self.psnr_db: dict[Path, float] = {}
        self._rows: dict[Path, int] = {}
        self._thumbnails: dict[Path, QImage] = {}
        self._problems: dict[Path, str] = {}
        self._wanted: list[Path] = []
        self._reading = False
        self._worker = Worker(self)

    def show_pictures(self, paths: Sequence[Path]) -> None:
        """Other pictures."""
        self.beginResetModel()
        self._order(paths)
        self._thumbnails, self._problems, self._wanted, self.psnr_db = {}, {}, [], {}
        self.endResetModel()
        self.changed.emit()

    def arrange(self, paths: Sequence[Path]) -> None:
        """The same pictures in another order; others are taken for news that come too late."""
        if len(paths) == len(self.paths) and all(path in self._rows for path in paths):
            self.beginResetModel()
            self._order(paths)
            self.endResetModel()
            self.arranged.emit()

    def row_of(self, path: Path) -> int:
        """Where a picture is; -1 where it is none of them."""
        return self._rows.get(path, -1)

    def _order(self, paths: Sequence[Path]) -> None:
        self.paths = list(paths)
        self._rows = {path: row for row, path in enumerate(self.paths)}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many pictures there are."""
        return 0 if parent.isValid() else len(self.paths)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, thumbnail, the sentence on what is wrong with it, and the path."""
        path = self.paths[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(self._problems.get(path, str(path)))
        if role == PATH_ROLE:
            return path
        if role == Qt.ItemDataRole.DecorationRole:
            self._want(path)
            return self._thumbnails.get(path)
        return None

    def problem(self, row: int) -> str | None:
        """What is wrong with a picture, once that is known."""
        return self._problems.get(self.paths[row])

    def stop(self) -> None:
        """Ends the thread."""
        self._worker.stop()

    def _want(self, path: Path) -> None:
        if path in self._thumbnails or path in self._problems or path in self._wanted[-1:]:
            return
        self._wanted = [*self._wanted[-MOST_WANTED:], path]
        self._read_next()

    def _read_next(self) -> None:
        while self._wanted and not self._reading:
            path = self._wanted.pop()
            if path not in self._thumbnails and path not in self._problems:
                self._reading = True
                read = functools.partial(_thumbnail, path)
                show, fail = functools.partial(self._on_thumbnail, path), functools.partial(self._on_problem, path)
                self._worker.submit(read, show, fail)

    def _on_thumbnail(self, path: Path, image: QImage) -> None:
        if len(self._thumbnails) >= MOST_THUMBNAILS:
            self._thumbnails.pop(next(iter(self._thumbnails)))
        self._thumbnails[path] = image
        self._show(path)

    def _on_problem(self, path: Path, error: Exception) -> None:
        self._problems[path] = failures.sentence(error)
        self._show(path)

    def _show(self, path: Path) -> None:
        self._reading = False
        if path in self._rows:
            index = self.index(self._rows[path])
            self.dataChanged.emit(index, index)
        self._read_next()


def _thumbnail(path: Path) -> QImage:
    """On the worker's thread."""
    return to_qimage(pictures.thumbnail(path, THUMBNAIL_SIDE))
