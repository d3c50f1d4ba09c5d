"""What can be done with the picture that is shown, and with those of the strip: the menus of the right button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop import file_manager
from desktop.engine.scene import file_of
from desktop.i18n import tr
from desktop.state.services import Services

SHOWN = (
    ("picture.copy", "picture.save", "picture.refine"),
    ("compare.split", "compare.side", "compare.difference", "compare.blink"),
    ("compare.fit", "compare.pixels", "compare.whole"),
)
"""Actions of the picture's menu, between lines."""


class ContextMenus(QObject):
    """Makes each menu anew; it is deleted when it closes."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """`parent` is the widget over which the menus open."""
        super().__init__(parent)
        self._services, self._parent = services, parent

    @Slot(QPoint)
    def open_of_picture(self, place: QPoint) -> None:
        """Shows the menu of the picture that is shown, at a place of the screen."""
        self.of_picture().popup(place)

    @Slot(int, QPoint)
    def open_of_row(self, row: int, place: QPoint) -> None:
        """Shows the menu of one picture of the strip."""
        self.of_row(row).popup(place)

    def of_picture(self) -> QMenu:
        """What the menus of the window offer for the picture, and where its file is."""
        menu = self._menu()
        for names in SHOWN:
            menu.addActions([self._services.actions[name] for name in names])
            menu.addSeparator()
        file = file_of(self._services.session.picture)
        if file is not None:
            self._add_file(menu, file)
        return menu

    def of_row(self, row: int) -> QMenu:
        """Opens it, or says where its file is."""
        menu, path = self._menu(), self._services.pictures.paths[row]
        menu.addAction(tr("Open this picture")).triggered.connect(lambda: self._services.open(picture=path))
        self._add_file(menu, path)
        return menu

    def _add_file(self, menu: QMenu, path: Path) -> None:
        menu.addAction(tr("Show in folder")).triggered.connect(lambda: file_manager.show(path))
        copy = menu.addAction(tr("Copy path"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(str(path)))

    def _menu(self) -> QMenu:
        menu = QMenu(self._parent)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu
