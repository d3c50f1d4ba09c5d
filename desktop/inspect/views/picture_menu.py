"""The menu of the right button on the pictures of every view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop import file_manager
from desktop.i18n import tr


class PictureMenu(QObject):
    """Made anew each time; deleted when it closes."""

    def __init__(
        self, actions: Callable[[], Sequence[Sequence[QAction]]], path: Callable[[], Path | None], parent: QWidget
    ) -> None:
        """`actions` are what can be done with the selected pictures now, between lines; `path` is the current one's."""
        super().__init__(parent)
        self._actions, self._path, self._parent = actions, path, parent

    @Slot(QPoint)
    def open(self, place: QPoint) -> None:
        """Shows it at a place of the screen, where there is a current picture."""
        if self._path() is not None:
            self.menu().popup(place)

    def menu(self) -> QMenu:
        """What the bar under the pictures offers, and where the file is."""
        menu = QMenu(self._parent)
        menu.aboutToHide.connect(menu.deleteLater)
        for group in self._actions():
            menu.addActions(group)
            menu.addSeparator()
        path = self._path()
        if path is not None:
            menu.addAction(tr("Show in folder")).triggered.connect(lambda: file_manager.show(path))
            copy = menu.addAction(tr("Copy path"))
            copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(str(path)))
        return menu
