"""Dataclasses from JSON, strictly: nothing missing but what a dataclass has a default for, nothing unknown, nothing of
another type.

Standard library only.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from typing import Any, Literal

DEEPEST = 32  # levels of objects and lists within one another
SHOWN = 40  # characters of a wrong value that an error repeats


class FieldError(Exception):
    """A field of the JSON that is missing or of the wrong type."""


def parse(text: bytes) -> Any:
    """JSON from untrusted bytes: finite numbers, no endless nesting, and text that can be shown and written.

    Raises:
        ValueError: It is not JSON, or not UTF-8, or holds something else than that.
    """
    try:
        raw = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    waiting = [(raw, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
        if isinstance(value, str) and not _is_clean(value):
            raise ValueError(f"text with characters that cannot be shown: {value[:SHOWN]!r}")
        if isinstance(value, dict):
            waiting += [(key, depth + 1) for key in value]
            value = list(value.values())
        if isinstance(value, list):
            waiting += [(item, depth + 1) for item in value]
    return raw


def from_json(kind: Any, value: Any, where: str) -> Any:
    """Builds `kind` (a dataclass, tuple, dict, Literal, union or plain type) from parsed JSON, strictly.

    Raises:
        FieldError: A field is missing, unknown, or of another type.
    """
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return value
    if dataclasses.is_dataclass(kind):
        return _dataclass_from_json(typing.cast(type, kind), value, where)
    if origin is Literal:
        if value not in arguments:
            raise FieldError(f"{where} is {repr(value)[:SHOWN]}; it must be one of {', '.join(map(str, arguments))}")
        return value
    if origin is tuple:
        return _tuple_from_json(arguments, value, where)
    if origin is dict:
        if not isinstance(value, dict):
            raise FieldError(f"{where} must be an object")
        return {key: from_json(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if origin is types.UnionType:
        if type(value) not in arguments:
            raise FieldError(f"{where} has the wrong type")
        return value
    if kind is float and type(value) is int:
        value = float(value) if abs(value) < 1e300 else math.inf  # JSON knows integers that no float can hold
    if type(value) is not kind or (kind is float and not math.isfinite(value)):
        raise FieldError(f"{where} must be a {kind.__name__}")
    return value


def _dataclass_from_json(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise FieldError(f"{where} must be an object")
    hints = typing.get_type_hints(kind)
    prefix = f"{where}." if where else ""
    optional = {each.name for each in dataclasses.fields(kind) if each.default is not dataclasses.MISSING}
    for name in hints:
        if name not in value and name not in optional:
            raise FieldError(f"the field {prefix}{name} is missing")
    for name in value:
        if name not in hints:
            raise FieldError(f"the field {prefix}{name} is not known")
    return kind(**{name: from_json(hints[name], item, prefix + name) for name, item in value.items()})


def _tuple_from_json(arguments: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise FieldError(f"{where} must be a list")
    if arguments[-1] is Ellipsis:
        arguments = (arguments[0],) * len(value)
    if len(value) != len(arguments):
        raise FieldError(f"{where} must have {len(arguments)} entries")
    return tuple(from_json(kind, item, f"{where}[{i}]") for i, (kind, item) in enumerate(zip(arguments, value)))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _is_clean(text: str) -> bool:
    """Whether text has neither control characters, with which a terminal can be steered, nor halves of characters."""
    return all(character.isprintable() or character in "\n\t" for character in text)
