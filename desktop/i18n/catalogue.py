"""The catalogues: which languages there are, and how Qt and the engine's sentences get them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from desktop.languages import ENGLISH, LANGUAGES

CONTEXT = "convae"
LONGEST_MESSAGE = 4000  # characters; nothing longer is looked up among the patterns


class Catalogue(QTranslator):
    """Serves Qt the texts of one language."""

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        """Reads the catalogue of `LANGUAGES`."""
        super().__init__(parent)
        self._language = language
        self._texts = texts(language)

    def isEmpty(self) -> bool:
        """There is something in it."""
        return False

    def translate(self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        """The text for a source of ours; None for everything else, which other translators have."""
        if context != CONTEXT:
            return None
        return self._language if source == ENGLISH else self._texts.get(source)  # so that a text can ask who speaks


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
        for translator in self._application.findChildren(QTranslator):  # an application speaks one language
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._choice = language if language in LANGUAGES else None
        self._current = system_language() if language not in LANGUAGES else str(language)
        QLocale.setDefault(QLocale(self._current if self._current != ENGLISH else "en_GB"))
        if self._current == ENGLISH:
            return
        qts_own = QTranslator(self._application)
        if qts_own.load(f"qtbase_{self._current}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._application.installTranslator(qts_own)
        self._application.installTranslator(Catalogue(self._current, self._application))


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


@functools.cache
def texts(language: str) -> Mapping[str, str]:
    """English source to translation. Messages of the engine have `{}` for values, and their translations `{0}`, ..."""
    if language == ENGLISH:
        return {}
    content = json.loads((Path(__file__).parent / f"{language}.json").read_text(encoding="utf-8"))
    return {str(source): str(text) for source, text in content.items()}


def message(text: str, language: str) -> str:
    """An engine's sentence in a language: the fixed words are looked up, and what stands between them is kept.

    What stands between may be a sentence of its own, such as the reason within an error, and is translated too.
    """
    if language == ENGLISH or not text or len(text) > LONGEST_MESSAGE:
        return text
    known = texts(language)
    if text in known:
        return known[text]
    for pattern, translation in _patterns(language):
        found = pattern.fullmatch(text)
        if found:
            return translation.format(*(message(group, language) for group in found.groups()))
    return text


@functools.cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those with the most fixed words come first, so that a sentence is never taken for a vaguer one."""
    with_places = [(source, text) for source, text in texts(language).items() if "{}" in source]
    with_places.sort(key=lambda pair: -len(pair[0].replace("{}", "")))
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, source.split("{}"))), re.DOTALL), text) for source, text in with_places
    )
