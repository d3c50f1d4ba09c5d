"""Theme and language of the window: chosen from the View menu, remembered, and switched at once."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from desktop.i18n import mark
from desktop.i18n.catalogue import Languages
from desktop.languages import LANGUAGES
from desktop.state.services import Services
from desktop.theme import Choice, Theme

THEMES: dict[Choice | None, str] = {
    None: mark("Theme of the system"),
    "light": mark("Light theme"),
    "dark": mark("Dark theme"),
}


class Appearance(QObject):
    """Owns the theme and the language, and the actions that choose them."""

    def __init__(self, services: Services, application: QApplication, parent: QObject) -> None:
        """Dresses the application as the settings say."""
        super().__init__(parent)
        self._services = services
        self.theme = Theme(application, services.settings.theme, self)
        self.languages = Languages(application, services.settings.language, self)
        self.theme.speak(self.languages.current)
        self._themes = {choice: self._theme_action(choice, text) for choice, text in THEMES.items()}
        self._languages = {code: self._language_action(code) for code in (None, *LANGUAGES)}
        self._check()

    def choose_theme(self, choice: Choice | None) -> None:
        """Another theme, for this start and the next ones."""
        self._services.settings.theme = choice
        self.theme.choose(choice)
        self._check()

    def choose_language(self, language: str | None) -> None:
        """Another language, for this start and the next ones."""
        self._services.settings.language = language
        self.languages.choose(language)
        self.theme.speak(self.languages.current)
        self._check()

    def _theme_action(self, choice: Choice | None, text: str) -> QAction:
        name = f"theme.{choice or 'system'}"
        action = self._services.actions.add(
            name, "view", text, lambda *_: self.choose_theme(choice), separated=choice is None, last=True
        )
        action.setCheckable(True)
        return action

    def _language_action(self, code: str | None) -> QAction:
        """A language is called what it calls itself."""
        text = mark("Language of the system") if code is None else LANGUAGES[code]
        action = self._services.actions.add(
            f"language.{code or 'system'}",
            "view",
            text,
            lambda *_: self.choose_language(code),
            separated=code is None,
            last=True,
        )
        action.setCheckable(True)
        return action

    def _check(self) -> None:
        for choice, action in self._themes.items():
            action.setChecked(choice == self.theme.choice)
        for code, action in self._languages.items():
            action.setChecked(code == self.languages.choice)
