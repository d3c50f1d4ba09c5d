"""The window's languages. English stands in the source; translations are Qt Linguist files (`.ts`) beside this file.

Constant texts are bound to whatever shows them, and follow the language by themselves; texts made from values are
made anew by whoever made them, in its `changeEvent` for `QEvent.Type.LanguageChange`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from desktop.i18n import catalogue
from export.bundle.sentence import sentence_of


def tr(source: str, /, **values: object) -> str:
    """The text in the language of the window, its `{names}` filled in; English where nothing else is installed.

    Args:
        source: The English text.
        values: What the `{names}` are filled in with, as `str.format` does it. A whole number called `n` is a count,
            which decides between singular and plural: the catalogues, the English one too, have the forms of such
            texts.
    """
    count = values.get("n", -1)
    text = QCoreApplication.translate(catalogue.CONTEXT, source, None, count if isinstance(count, int) else -1)
    return text.format(**values) if values else text


def told(text: object) -> str:
    """A sentence of the engine, which knows no languages, in the language of the window.

    Args:
        text: An error or a `Sentence`, which are translated by their template, and so are sentences among their
            values; or a constant text; or anything else, which stays as it is.
    """
    sentence = sentence_of(text)
    if sentence is None:
        return tr(str(text)) if text else ""
    values = {name: told(value) if sentence_of(value) else value for name, value in sentence.values.items()}
    return tr(sentence.template, **values)


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
