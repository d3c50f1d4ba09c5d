"""Dataclasses from JSON, strictly."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.bundle import json as bundle_json
from export.bundle.json import FieldError, from_json, parse


@dataclasses.dataclass(frozen=True)
class Inner:
    """One field of every kind."""

    kind: Literal["a", "b"]
    shape: tuple[int, ...]
    pair: tuple[int, str]
    named: dict[str, float]
    maybe: int | None


GOOD: dict[str, Any] = {"kind": "a", "shape": [1, 2], "pair": [1, "x"], "named": {"x": 1}, "maybe": None}


def test_every_kind_of_field_is_read() -> None:
    """A whole number may stand for a float; nothing else is taken for something that it is not."""
    assert from_json(Inner, GOOD, "info") == Inner("a", (1, 2), (1, "x"), {"x": 1.0}, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "c"}, "info.kind is 'c'; it must be one of a, b"),
        ({"shape": [1, "2"]}, r"info.shape\[1\] must be a int"),
        ({"shape": [True]}, r"info.shape\[0\] must be a int"),
        ({"pair": [1]}, "info.pair must have 2 entries"),
        ({"named": {"x": 1e400}}, "info.named.x must be a float"),
        ({"named": {"x": 10**400}}, "info.named.x must be a float"),
        ({"maybe": "x"}, "info.maybe has the wrong type"),
        ({"more": 1}, "the field info.more is not known"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], said: str) -> None:
    """With the way to the field."""
    with pytest.raises(FieldError, match=said):
        from_json(Inner, GOOD | change, "info")


def test_a_missing_field_is_named() -> None:
    """There are no silent defaults."""
    with pytest.raises(FieldError, match=r"the field info\.maybe is missing"):
        from_json(Inner, {name: value for name, value in GOOD.items() if name != "maybe"}, "info")


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        b'{"a": NaN}',
        b"[" * 5_000,
        b"[" * 40 + b"]" * 40,
        b'"\\u001b[2J"',
        b'{"\\ud800": 1}',
        b"\xff",
    ],
)
def test_text_that_could_do_harm_is_refused(text: bytes) -> None:
    """What is no JSON, no number, nested without end, or would steer a terminal."""
    with pytest.raises(ValueError, match=r"."):
        parse(text)


@given(st.recursive(st.integers() | st.booleans() | st.none() | st.just("text\n"), st.lists, max_leaves=20))
def test_plain_json_comes_back(value: Any) -> None:
    """Whatever its shape, down to the deepest level that is read."""
    assert parse(bundle_json.json.dumps(value).encode()) == value
