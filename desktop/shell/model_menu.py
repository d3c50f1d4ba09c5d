"""What can be done with a model: the menu of its right button, the Model menu, its card and its page."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QObject, QPoint, QProcess, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop import failures, file_manager
from desktop.engine import library
from desktop.engine.library import ModelEntry
from desktop.i18n import mark, tr
from desktop.shell import model_copy, model_facts
from desktop.state.services import Services
from desktop.widgets import question
from desktop.widgets.facts_card import FactsCard
from desktop.worker import Worker

if TYPE_CHECKING:
    from desktop.shell.model_page import ModelPage

Deed = tuple[str, str, Callable[[ModelEntry], object], Callable[[ModelEntry], bool]]


class ModelMenu(QObject):
    """Makes the menus anew each time; nothing changes until something of them is chosen.

    Attributes:
        page: The page about a model, once one was opened.
    """

    def __init__(self, services: Services, parent: QWidget) -> None:
        """`parent` is the widget over which the menus open. Adds the actions for the present model."""
        super().__init__(parent)
        self._services, self._parent = services, parent
        self.page: ModelPage | None = None
        self.card = FactsCard(parent)
        self._copier = Worker(self)
        self._deeds: tuple[Deed, ...] = (
            (
                "use",
                mark("Use this model"),
                services.open,
                lambda each: each.problem is None and not self._is_used(each),
            ),
            ("about", mark("About this model…"), self.show_page, lambda _: True),
            ("folder", mark("Show in folder"), lambda each: file_manager.show(each.folder), lambda _: True),
            ("path", mark("Copy path"), _copy_path, lambda _: True),
            ("duplicate", mark("Duplicate"), self.duplicate, lambda each: each.problem is None),
            ("window", mark("Open in another window"), open_window, lambda each: each.problem is None),
            ("remove", mark("Remove…"), self.remove, self._can_be_removed),
        )
        for name, text, deed, _ in self._deeds[1:]:
            keys = "Ctrl+Shift+I" if name == "about" else ""
            slot = functools.partial(self._do_to_present, deed)
            services.actions.add(f"model.{name}", "model", text, slot, keys=keys, separated=name in ("about", "remove"))
        services.models_changed.connect(self._follow)
        services.session.model_changed.connect(self._follow)
        self._follow()

    def stop(self) -> None:
        """Ends the threads."""
        self._copier.stop()
        if self.page is not None:
            self.page.reject()

    @Slot(int, QPoint)
    def open(self, row: int, place: QPoint) -> None:
        """Shows the menu of one model at a place of the screen."""
        self.card.hide()
        self.menu(self._services.models[row]).popup(place)

    @Slot(int, QPoint)
    def point(self, row: int, place: QPoint) -> None:
        """Shows the card of one model at a place of the screen; -1 puts it away."""
        if row < 0:
            self.card.hide()
        else:
            entry = self._services.models[row]
            self.card.show_at(place, entry.name, model_facts.card(entry))

    def menu(self, entry: ModelEntry) -> QMenu:
        """The menu of one model; it is deleted when it closes."""
        menu = QMenu(self._parent)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions(self.deeds(entry, menu))
        return menu

    def deeds(self, entry: ModelEntry, parent: QObject) -> list[QAction]:
        """An action for each thing that can be done with a model."""
        actions = []
        for _, text, deed, is_possible in self._deeds:
            action = QAction(tr(text), parent)
            action.setEnabled(is_possible(entry))
            action.triggered.connect(lambda _=False, deed=deed: deed(entry))
            actions.append(action)
        return actions

    def show_page(self, entry: ModelEntry) -> None:
        """A page about it, beside the window; imported only now."""
        from desktop.shell.model_page import ModelPage

        self.card.hide()
        if self.page is not None:
            self.page.reject()
        deeds = [action for action in self.deeds(entry, self) if action.text() != tr("About this model…")]
        self.page = ModelPage(entry, self._services.session.asked, deeds, self._parent.window())
        self.page.show()

    def duplicate(self, entry: ModelEntry) -> None:
        """Copies it to the user's own models, and lists the copy."""
        self._copier.submit(functools.partial(model_copy.duplicate, entry), self._list, self._warn)

    def remove(self, entry: ModelEntry) -> None:
        """From the list; the user's own go to the system's trash, once that is agreed to."""
        if entry.origin == "yours":
            text = tr("Move the model {name} to the trash?", name=entry.name)
            if not question.agrees(self._parent.window(), text, tr("Move to trash")):
                return
            if not trash(entry.folder):
                self._services.warned.emit(
                    tr("{path} was not moved to the trash: the system has none there.", path=entry.folder)
                )
                return
        self._services.models = [other for other in self._services.models if other is not entry]
        self._services.models_changed.emit()

    def _list(self, place: object) -> None:
        entry = library.open_entry(place, "yours")  # type: ignore[arg-type]
        self._services.models = library.join(self._services.models, [entry])
        self._services.models_changed.emit()
        self._services.told.emit(tr("{name} is among your models now.", name=entry.name))

    def _warn(self, error: Exception) -> None:
        self._services.warned.emit(failures.sentence(error))

    def _is_used(self, entry: ModelEntry) -> bool:
        present = self._services.session.model
        return present is not None and present.folder == entry.folder

    def _can_be_removed(self, entry: ModelEntry) -> bool:
        return entry.origin != "shipped" and not self._is_used(entry)

    def _do_to_present(self, deed: Callable[[ModelEntry], object]) -> None:
        if self._services.session.model is not None:
            deed(self._services.session.model)

    @Slot()
    def _follow(self) -> None:
        present = self._services.session.model
        for name, _, _, is_possible in self._deeds[1:]:
            self._services.actions[f"model.{name}"].setEnabled(present is not None and is_possible(present))


def open_window(entry: ModelEntry) -> None:
    """Starts the program once more, with that model."""
    QProcess.startDetached(sys.executable, ["-m", "desktop", "--model", str(entry.folder)])


def trash(path: Path) -> bool:
    """Moves a file or a folder to the system's trash; whether that was possible."""
    return QFile(str(path)).moveToTrash()


def _copy_path(entry: ModelEntry) -> None:
    QGuiApplication.clipboard().setText(str(entry.folder))
