"""The pages of the window, one of which is shown; each is made when it is first asked for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.page import Page
from desktop.pages import PAGES
from desktop.state.services import Services


class PageStack(QStackedWidget):
    """Makes pages, turns them, and lets the actions of the page that is shown work.

    Signals:
        made(): There is one more page, with its actions.
        turned(name): Another page is shown; it has not been told of it yet.
    """

    made = Signal()
    turned = Signal(str)

    def __init__(self, services: Services) -> None:
        """No page yet."""
        super().__init__()
        self._services = services
        self._pages: dict[str, Page] = {}

    @property
    def pages(self) -> list[Page]:
        """Those that were made so far."""
        return list(self._pages.values())

    @property
    def shown(self) -> Page:
        """The page that is shown; there is one once `turn_to` was called."""
        page = self.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def shown_name(self) -> str:
        """The name of the page that is shown."""
        return next(name for name, page in self._pages.items() if page is self.shown)

    def page(self, name: str) -> Page:
        """The page of that name in `PAGES`, made now unless it was made before.

        Raises:
            KeyError: There is no such page.
        """
        if name not in self._pages:
            spec = {spec.name: spec for spec in PAGES}[name]
            self._pages[name] = spec.make(self._services)
            self.addWidget(self._pages[name])
            self.made.emit()
        return self._pages[name]

    def is_shown(self, name: str) -> bool:
        """Whether the page of that name is shown; it is not made for the question."""
        return name in self._pages and self._pages[name] is self.shown

    def make_all(self) -> None:
        """Makes those that were not needed so far, for the actions that they add."""
        for spec in PAGES:
            self.page(spec.name)

    def turn_to(self, name: str) -> None:
        """Shows the page of that name; its actions work from now on, and those of no other page.

        Raises:
            KeyError: There is no such page.
        """
        page, before = self.page(name), self.currentWidget()
        if isinstance(before, Page) and before is not page:
            before.leave()
        self.setCurrentWidget(page)
        self.turned.emit(name)
        self._services.actions.show_page(name)
        for spec in PAGES:
            self._services.actions[f"page.{spec.name}"].setChecked(spec.name == name)
        page.setFocus()
        page.arrive()
