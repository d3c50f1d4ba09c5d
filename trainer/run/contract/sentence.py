"""Sentences of a run that keep their template and values, so that a window can say them in another language.

Standard library only. In JSON a sentence is `{"template": "{n} of {m}", "values": {"n": 1, "m": 2}}`, where a value is
a string, a number, or a sentence.
"""

from __future__ import annotations

import math
import re
import string
from collections.abc import Mapping
from typing import Any, TypeGuard

LONGEST, MOST_VALUES, DEEPEST = 4_000, 20, 16  # letters of a text, values of a sentence, sentences within one another
SPEC = re.compile(r",?(\.\d{1,2})?[defg]?")  # of a number: nothing that makes a text long


class Sentence(str):
    """A sentence in English that remembers what it was made of. It is a `str`, and reads like one everywhere.

    Attributes:
        template: The English text with `{fields}`, as `str.format` takes them.
        values: What the fields are filled with; a value may be a sentence.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Sentence:
        """Fills in the values; a template without any is taken as it is, braces and all."""
        self = super().__new__(cls, template.format(**values) if values else template)
        self.template, self.values = str.__str__(template), values
        return self

    def __str__(self) -> Sentence:
        """The sentence itself: `str(error)` must not lose what it was made of."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies keep what it was made of."""
        return _made, (self.template, dict(self.values))


def to_json(text: str) -> dict[str, Any]:
    """A sentence, or any other text, in plain JSON values."""
    if not isinstance(text, Sentence):
        return {"template": text, "values": {}}
    return {"template": text.template, "values": {name: _packed(value) for name, value in text.values.items()}}


def from_json(value: Any, depth: int = 0) -> Sentence:
    """The sentence that `to_json` gave.

    Raises:
        ValueError: It is something else: a template that is no text or asks for more than its values, a text that is
            too long, or sentences that are too deep in one another.
    """
    if not isinstance(value, dict) or depth > DEEPEST:
        raise ValueError("no sentence")
    template, values = value.get("template"), value.get("values")
    if not _is_text(template) or not isinstance(values, dict) or len(values) > MOST_VALUES:
        raise ValueError("no sentence")
    if values and not _is_plain(template, values):
        raise ValueError("a template that asks for more than its values")
    return Sentence(template, **{name: _unpacked(each, depth) for name, each in values.items()})


def joined(first: str, *others: str) -> Sentence:
    """Texts with commas between them."""
    said = first if isinstance(first, Sentence) else Sentence(first)
    return Sentence("{first}, {rest}", first=said, rest=joined(*others)) if others else said


def in_turn(first: str, *others: str) -> Sentence:
    """Texts with semicolons between them."""
    said = first if isinstance(first, Sentence) else Sentence(first)
    return Sentence("{first}; {rest}", first=said, rest=in_turn(*others)) if others else said


def _made(template: str, values: dict[str, object]) -> Sentence:
    return Sentence(template, **values)


def _packed(value: object) -> object:
    if isinstance(value, Sentence):
        return to_json(value)
    return value if isinstance(value, int | float | str) else str(value)


def _unpacked(value: object, depth: int) -> object:
    if isinstance(value, dict):
        return from_json(value, depth + 1)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number that is none")
    if isinstance(value, int | float) or _is_text(value):
        return value
    raise ValueError("a value of another kind")


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) <= LONGEST


def _is_plain(template: str, values: Mapping[str, object]) -> bool:
    """Whether a template has fields of these names alone, and formats them shortly: it is filled in by `str.format`."""
    for _, name, spec, conversion in string.Formatter().parse(template):
        if name is None:
            continue
        if name not in values or not name.isidentifier() or conversion not in (None, "r"):
            return False
        if not SPEC.fullmatch(spec or ""):
            return False
    return True
