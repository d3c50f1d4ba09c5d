"""The window's languages. English stands in the source; every other language is a catalogue beside this file.

Constant texts are bound to whatever shows them, and follow the language by themselves; texts made from values are
made anew by whoever made them, in its `changeEvent` for `QEvent.Type.LanguageChange`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from desktop.i18n import catalogue
from desktop.languages import ENGLISH


def tr(source: str, /, **values: object) -> str:
    """The text in the language of the window, its `{names}` filled in; English where nothing else is installed."""
    text = QCoreApplication.translate(catalogue.CONTEXT, source)
    return text.format(**values) if values else text


def told(message: str) -> str:
    """A sentence of an error of the engine, which knows no languages, in the language of the window.

    The errors are raised in English, as f-strings; what was filled in is found again by their fixed words.
    """
    return catalogue.message(message, tr(ENGLISH))


def mark(source: str) -> str:
    """The source itself: a constant that is given to `tr` later is marked with this where it is written."""
    return source


def bind(owner: QObject, setter: Callable[[str], object], source: str, **values: object) -> None:
    """Calls `setter` with the text now, and again after every change of language as long as `owner` lives."""
    _Text(owner, setter, source, values).apply()


def retranslate(root: QObject) -> None:
    """Sets every text again that is bound to `root` or to anything within it."""
    for text in root.findChildren(_Text):
        text.apply()


class _Text(QObject):
    """One bound text; it dies with its owner."""

    def __init__(self, owner: QObject, setter: Callable[[str], object], source: str, values: dict[str, object]) -> None:
        super().__init__(owner)
        self._setter, self._source, self._values = setter, source, values

    def apply(self) -> None:
        self._setter(tr(self._source, **self._values))
