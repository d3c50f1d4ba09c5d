"""The Help menu: the list of shortcuts, what this program is, and the way back to the first day; and Preferences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.pages import PAGES
from desktop.picture import explore_words
from desktop.shell.appearance import Appearance
from desktop.shell.shortcut_list import ShortcutList
from desktop.state.actions import EVERYWHERE
from desktop.state.services import Services
from desktop.widgets import question

if TYPE_CHECKING:
    from desktop.lessons.window import LessonsWindow
    from desktop.shell.preferences import Preferences


class HelpActions(QObject):
    """Adds the actions, and shows what each of them asks for.

    Attributes:
        is_forgetting: Whether nothing is to be remembered of this start.
        lessons: The window of the lessons, once it was opened.
    """

    def __init__(self, services: Services, make_pages: Callable[[], object], window: QWidget) -> None:
        """`make_pages` makes every page, so that the shortcuts of all are known."""
        super().__init__(window)
        self._services, self._make_pages, self._window = services, make_pages, window
        self.is_forgetting = False
        self.lessons: LessonsWindow | None = None
        add, shortcuts = services.actions.add, self.show_shortcuts
        add("help.shortcuts", "help", "Shortcuts", shortcuts, keys="F1", tip="What the keyboard can do")
        add(
            "help.lessons",
            "help",
            "Lessons",
            self.show_lessons,
            tip="Ten short experiments that show how networks learn",
        )
        add(
            "help.forget",
            "help",
            "Forget everything…",
            self._ask_to_forget,
            tip="Settings, recent pictures and the last session are as on the first day",
            separated=True,
            last=True,
        )
        add("help.about", "help", "About ConvAE", self.show_about, separated=True, last=True)

    @Slot()
    def show_shortcuts(self) -> None:
        """Shows the list of every shortcut of every page."""
        self._make_pages()
        ShortcutList(self.shortcuts(), self._window).exec()

    def shortcuts(self) -> list[tuple[str, str, str]]:
        """Heading, text and keys of every shortcut: of the whole window, of each page, and of a slider."""
        titles = {EVERYWHERE: tr("Everywhere"), **{spec.name: tr(spec.title) for spec in PAGES}}
        listed = [(titles[page], text, keys) for page, text, keys in self._services.actions.shortcuts()]
        return [*listed, *explore_words.slider_keys()]

    @Slot()
    def show_lessons(self) -> None:
        """Opens the lessons beside the window; imported only now."""
        from desktop.lessons.window import LessonsWindow

        self.stop()
        self.lessons = LessonsWindow(self._window)
        self.lessons.show()

    def stop(self) -> None:
        """Closes the lessons, with what they train."""
        if self.lessons is not None:
            self.lessons.reject()

    @Slot()
    def show_about(self) -> None:
        """Says what this program is."""
        from desktop.shell.about import About  # a window opens without it

        About(self._window.windowIcon(), self._window).exec()

    @Slot()
    def _ask_to_forget(self) -> None:
        text = tr("Forget settings, recent pictures and the last session?")
        if question.agrees(self._window, text, tr("Forget settings")):
            self._services.settings.clear()
            self.is_forgetting = True
            self._services.told.emit(tr("Everything is forgotten; the next start is like the first."))


class PreferencesAction(QObject):
    """Adds Preferences to the Edit menu, and opens them."""

    def __init__(self, services: Services, appearance: Appearance, window: QWidget) -> None:
        """Nothing is open."""
        super().__init__(window)
        self._services, self._appearance, self._window = services, appearance, window
        self.dialog: Preferences | None = None
        services.actions.add(
            "edit.preferences", "edit", "Preferences…", self.open, keys="Ctrl+,", separated=True, last=True
        )

    def open(self) -> None:
        """Above the window, which goes on."""
        from desktop.shell.preferences import Preferences

        self.stop()
        self.dialog = Preferences(self._services, self._appearance, self._window)
        self.dialog.open()

    def stop(self) -> None:
        """Closes them."""
        if self.dialog is not None:
            self.dialog.reject()
