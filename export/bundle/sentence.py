"""Sentences for the user that keep their template and values, so that a window can say them in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Sentence(str):
    """A sentence in English that remembers what it was made of. It is a `str`, and reads like one everywhere.

    Attributes:
        template: The English text with `{fields}`, as `str.format` takes them; the key of its translations.
        values: What the fields are filled with. A value may be a sentence, or an error with one, and is then translated
            too.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Fills in the values; a template without any is taken as it is, braces and all."""
        self = super().__new__(cls, template.format(**values) if values else template)
        self.template, self.values = template, values
        return self

    def __str__(self) -> Self:
        """The sentence itself: `str(error)` must not lose what it was made of."""
        return self

    def clause(self) -> Self:
        """The sentence without its full stop, to stand within another."""
        return type(self)(self.template.rstrip("."), **self.values)


class SentenceError(Exception):
    """An expected failure. `str(error)` is its `Sentence`, for the user."""

    def __init__(self, template: str, /, **values: object) -> None:
        """The arguments are those of `Sentence`."""
        self.sentence = template if isinstance(template, Sentence) else Sentence(template, **values)
        super().__init__(self.sentence)

    def __str__(self) -> Sentence:
        """The sentence in English."""
        return self.sentence


def sentence_of(value: object) -> Sentence | None:
    """The sentence that a value is or carries, if any."""
    if isinstance(value, SentenceError):
        return value.sentence
    return value if isinstance(value, Sentence) else None
