"""Every action of the program: its name, place in the menus and shortcut, registered here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.i18n import bind, mark

Menu = Literal["file", "edit", "view", "model", "help"]
MENUS: dict[Menu, str] = {
    "file": mark("File"),
    "edit": mark("Edit"),
    "view": mark("View"),
    "model": mark("Model"),
    "help": mark("Help"),
}
EVERYWHERE = ""  # in place of a page's name
Keys = QKeySequence.StandardKey | str


class Act(Protocol):
    """Adds an action of one page to one menu."""

    def __call__(
        self,
        name: str,
        slot: Callable[[], object] | Callable[[bool], object],
        text: str,
        tip: str = "",
        *,
        keys: Keys = "",
        checkable: bool = False,
        separated: bool = False,
    ) -> QAction:
        """The arguments are those of `Actions.add`; the name is the part after the page's: `start` of `batch.start`."""


class Actions(QObject):
    """The actions by name, in the order in which they were added.

    An action belongs to the whole window, or to one page; a page's actions work while that page is shown, so two
    pages may use the same shortcut for what is alike on both.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """No actions yet."""
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._menus: dict[Menu, list[QAction]] = {menu: [] for menu in MENUS}
        self._ends: dict[Menu, list[QAction]] = {menu: [] for menu in MENUS}
        self._pages: dict[str, str] = {}
        self._groups: dict[str, QActionGroup] = {}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __contains__(self, name: str) -> bool:
        return name in self._actions

    def add(
        self,
        name: str,
        menu: Menu,
        text: str,
        slot: Callable[[], object] | Callable[[bool], object],
        *,
        keys: Keys = "",
        tip: str = "",
        page: str = EVERYWHERE,
        checkable: bool = False,
        separated: bool = False,
        last: bool = False,
    ) -> QAction:
        """A new action.

        Args:
            name: Unique, such as `picture.save`.
            menu: The menu that it is at the end of.
            text: What it is called, in English; translated by itself.
            slot: What it does; a checkable action gives it whether it is checked now.
            keys: Its shortcut.
            tip: A sentence on what it does, in English.
            page: The page to which it belongs; `EVERYWHERE` for the whole window.
            checkable: Whether it is a switch.
            separated: Whether a line stands above it in the menu.
            last: Whether it stays at the end of the menu, under what is added later.

        Raises:
            ValueError: The name is taken, or the shortcut is, on this page or everywhere.
        """
        if name in self._actions:
            raise ValueError(f"there are two actions of the name {name}")
        action = QAction(self)
        action.setObjectName(name)
        action.setCheckable(checkable)
        bind(action, action.setText, text)
        if tip:
            bind(action, action.setToolTip, tip)
            bind(action, action.setStatusTip, tip)
        self._claim(action, QKeySequence(keys), page)
        (action.toggled if checkable else action.triggered).connect(slot)
        place = (self._ends if last else self._menus)[menu]
        if separated:
            place.append(self._separator())
        place.append(action)
        self._actions[name], self._pages[name] = action, page
        self._group(page).addAction(action)
        return action

    def of_page(self, page: str, menu: Menu = "file") -> Act:
        """What adds the actions of one page, each in a line that says what it does."""

        def act(
            name: str,
            slot: Callable[[], object] | Callable[[bool], object],
            text: str,
            tip: str = "",
            *,
            keys: Keys = "",
            checkable: bool = False,
            separated: bool = False,
        ) -> QAction:
            more = {"checkable": checkable, "separated": separated}
            return self.add(f"{page}.{name}", menu, text, slot, keys=keys, tip=tip, page=page, **more)

        return act

    def add_menu(self, menu: Menu, submenu: QMenu) -> None:
        """A menu within a menu, at the end of it; its owner fills it."""
        self._menus[menu].append(submenu.menuAction())

    def of_menu(self, menu: Menu) -> Sequence[QAction]:
        """The actions of one menu, separators among them."""
        return [*self._menus[menu], *self._ends[menu]]

    def show_page(self, page: str) -> None:
        """Lets the actions of one page work, and those of no other."""
        for name, group in self._groups.items():
            group.setEnabled(name in (EVERYWHERE, page))
            group.setVisible(name in (EVERYWHERE, page))  # the menus show what can be done here

    def shortcuts(self) -> list[tuple[str, str, str]]:
        """Page, text and keys of every action that has a shortcut, page by page; text and keys as the user reads them.

        The page is its name, `EVERYWHERE` for the whole window, which comes first; within a page they go by menu.
        """
        native = QKeySequence.SequenceFormat.NativeText
        found = [
            (self._pages[action.objectName()], action.text().replace("&", ""), action.shortcut().toString(native))
            for menu in MENUS
            for action in self.of_menu(menu)
            if not action.shortcut().isEmpty()
        ]
        pages = list(self._groups)
        return sorted(found, key=lambda shortcut: (shortcut[0] != EVERYWHERE, pages.index(shortcut[0])))

    def _claim(self, action: QAction, keys: QKeySequence, page: str) -> None:
        """Gives the action its shortcut, which nothing may have that works at the same time."""
        for name, other in self._actions.items():
            alive_together = EVERYWHERE in (self._pages[name], page) or self._pages[name] == page
            if alive_together and not keys.isEmpty() and other.shortcut() == keys:
                raise ValueError(f"{keys.toString()} is the shortcut of {name} already")
        action.setShortcut(keys)

    def _group(self, page: str) -> QActionGroup:
        if page not in self._groups:
            group = QActionGroup(self)
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
            group.setEnabled(page == EVERYWHERE)
            group.setVisible(page == EVERYWHERE)
            self._groups[page] = group
        return self._groups[page]

    def _separator(self) -> QAction:
        line = QAction(self)
        line.setSeparator(True)
        return line
