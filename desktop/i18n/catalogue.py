"""The catalogues of translations, and the language that the application speaks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from desktop.languages import ENGLISH, LANGUAGES

CONTEXT = "convae"
FOLDER = Path(__file__).parent


def source_file(language: str) -> Path:
    """The Qt Linguist file of a language; that of English holds the forms of counted texts alone."""
    return FOLDER / f"convae_{language}.ts"


def compiled_file(language: str) -> Path:
    """The compiled catalogue that the program loads; `python -m desktop.i18n.compile` makes it from the source."""
    return FOLDER / f"convae_{language}.qm"


class Languages(QObject):
    """The application's language, switched at run time: Qt tells every widget with a `LanguageChange` event."""

    def __init__(
        self, application: QCoreApplication, language: str | None = None, parent: QObject | None = None
    ) -> None:
        """Installs a language; None follows the system."""
        super().__init__(parent or application)
        self._application = application
        self.choose(language)

    @property
    def choice(self) -> str | None:
        """The language that was chosen; None follows the system."""
        return self._choice

    @property
    def current(self) -> str:
        """The language that is spoken now."""
        return self._current

    def choose(self, language: str | None) -> None:
        """Speaks another language from now on; None follows the system."""
        self._choice = language if language in LANGUAGES else None
        self._current = system_language() if language not in LANGUAGES else str(language)
        QLocale.setDefault(QLocale(self._current if self._current != ENGLISH else "en_GB"))
        installed = self._application.findChildren(QTranslator)
        if installed and all(translator.objectName() == self._current for translator in installed):
            return  # by another window; a change of language, which it is not, makes every widget say its texts anew
        for translator in installed:  # an application speaks one language
            self._application.removeTranslator(translator)
            translator.deleteLater()
        if self._current != ENGLISH:  # Qt's own dialogs
            self._install(f"qtbase_{self._current}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        for language in dict.fromkeys((ENGLISH, self._current)):  # counted texts have English's own forms beneath
            self._install(compiled_file(language).name, str(FOLDER))

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self._application)
        translator.setObjectName(self._current)
        if translator.load(name, folder):
            self._application.installTranslator(translator)
        else:
            translator.deleteLater()


def system_language() -> str:
    """The first of the system's languages that there is a catalogue for; English where there is none."""
    for tag in QLocale.system().uiLanguages():
        language = tag.split("-")[0]
        if language == ENGLISH:
            return ENGLISH
        for known in LANGUAGES:
            if known.split("_")[0] == language and not {"Hant", "TW", "HK", "MO"} & set(tag.split("-")):
                return known
    return ENGLISH
