"""The application in one theme or the other, as the system or the user has it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop.theme import sizes
from desktop.theme.colours import DARK, LIGHT, Colours, palette
from desktop.theme.style import style_sheet

Choice = Literal["light", "dark"]
UNTHICKENED = ("zh", "ja", "ko")  # languages whose characters are not thickened
CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")  # else Japanese forms are taken
PLAIN = "plain-weight"  # property of the application: its language is one of those


class Theme(QObject):
    """Dresses the application, and follows the system between light and dark unless one was chosen."""

    def __init__(self, application: QApplication, choice: Choice | None = None, parent: QObject | None = None) -> None:
        """Applies the theme at once; `choice` None follows the system."""
        super().__init__(parent or application)
        self._application, self._choice = application, choice
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(choice)

    @property
    def choice(self) -> Choice | None:
        """The theme that was chosen; None follows the system."""
        return self._choice

    def choose(self, choice: Choice | None) -> None:
        """Another theme from now on; None follows the system."""
        self._choice = choice
        hints = self._application.styleHints()
        if choice is None:
            hints.unsetColorScheme()
        else:  # for the title bar and native dialogs, where the platform can
            hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
        self._follow(hints.colorScheme())

    @Slot(Qt.ColorScheme)
    def _follow(self, scheme: Qt.ColorScheme) -> None:
        dark = scheme == Qt.ColorScheme.Dark if self._choice is None else self._choice == "dark"
        self._dress(DARK if dark else LIGHT)

    def speak(self, language: str) -> None:
        """The weight of what stands out, and the forms of characters, suit a language from now on, such as `zh_CN`."""
        is_plain = language.startswith(UNTHICKENED)
        if is_plain != bool(self._application.property(PLAIN)):
            self._application.setProperty(PLAIN, is_plain)
            font = self._application.font()
            own = [family for family in font.families() if family not in CHINESE]
            font.setFamilies([*own, *CHINESE] if is_plain else own)
            self._application.setFont(font)
            self.choose(self._choice)

    def _dress(self, colours: Colours) -> None:
        weight = sizes.REGULAR if self._application.property(PLAIN) else sizes.BOLD
        self._application.setPalette(palette(colours))
        self._application.setStyleSheet(style_sheet(colours, weight))


def strong(font: QFont) -> QFont:
    """The font of what stands out in its surroundings; regular in languages whose characters are not thickened."""
    application, result = QApplication.instance(), QFont(font)
    result.setBold(application is None or not application.property(PLAIN))
    return result
