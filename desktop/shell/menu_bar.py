"""The menu bar: every menu with the actions that have been added so far."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow, QMenu

from desktop import i18n
from desktop.i18n import tr
from desktop.state.actions import MENUS, Actions


class MenuBar:
    """Fills the window's menus; a page that is made later adds to them."""

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        """Empty menus."""
        self._window, self._actions = window, actions
        self._menus: dict[str, QMenu] = {}

    def fill(self) -> None:
        """Every menu anew, with the actions that the pages made so far have added."""
        for menu, title in MENUS.items():
            if menu not in self._menus:
                self._menus[menu] = self._window.menuBar().addMenu(tr(title))
                i18n.bind(self._menus[menu], self._menus[menu].setTitle, title)
            shown = self._menus[menu]
            for action in shown.actions():  # `clear` would have Python take them for deleted
                shown.removeAction(action)
            shown.addActions(self._actions.of_menu(menu))
            self._window.addActions(self._actions.of_menu(menu))  # shortcuts work with the menu bar hidden too
