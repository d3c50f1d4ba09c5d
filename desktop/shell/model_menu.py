"""What can be done with a model of the list: the menu of its right button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop import file_manager
from desktop.engine.library import ModelEntry
from desktop.i18n import mark, tr
from desktop.state.services import Services


class ModelMenu(QObject):
    """Makes the menu anew each time; nothing changes until something of it is chosen."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        """`parent` is the widget over which the menu opens."""
        super().__init__(parent)
        self._services, self._parent = services, parent

    @Slot(int, QPoint)
    def open(self, row: int, place: QPoint) -> None:
        """Shows the menu of one model at a place of the screen."""
        self.menu(self._services.models[row]).popup(place)

    def menu(self, entry: ModelEntry) -> QMenu:
        """The menu of one model; it is deleted when it closes."""
        menu = QMenu(self._parent)
        menu.aboutToHide.connect(menu.deleteLater)
        is_present = self._services.session.model is not None and self._services.session.model.folder == entry.folder
        deeds: tuple[tuple[str, Callable[[], object], bool], ...] = (
            (mark("Use this model"), lambda: self._services.open(entry), entry.problem is None and not is_present),
            (mark("Show in folder"), lambda: file_manager.show(entry.folder), True),
            (mark("Copy path"), lambda: QGuiApplication.clipboard().setText(str(entry.folder)), True),
            (mark("Remove from the list"), lambda: self._remove(entry), entry.origin == "opened" and not is_present),
        )
        for text, deed, is_possible in deeds:
            action = menu.addAction(tr(text))
            action.setEnabled(is_possible)
            action.triggered.connect(lambda _=False, deed=deed: deed())
        return menu

    def _remove(self, entry: ModelEntry) -> None:
        """From this window's list alone; its files stay."""
        self._services.models = [other for other in self._services.models if other is not entry]
        self._services.models_changed.emit()
