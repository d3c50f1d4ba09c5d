"""Protocol Buffers' wire format, read from files that nobody vouches for."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import helper

from export.bundle import BundleError
from export.bundle import wire as module
from export.bundle.wire import Value, Wire, packed, signed


def reader() -> Wire:
    """A fresh reader."""
    return Wire("a.onnx", "a readable ONNX file")


def test_the_fields_of_a_real_message_are_read() -> None:
    """As onnx writes them: a name, packed integers, and a negative number."""
    node = helper.make_attribute("axes", [3, -1, 300])
    view, wire = memoryview(node.SerializeToString()), reader()
    (name,) = wire.values(view, 1)
    assert wire.text(name) == "axes"
    numbers = [number for value in wire.values(view, 8) for number in wire.integers(value)]
    assert numbers == [3, -1, 300]


@given(st.integers(-(2**63), 2**63 - 1))
def test_signs_come_back(value: int) -> None:
    """From two's complement of 64 bits."""
    assert signed(value % 2**64) == value


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """By a `BundleError`, and never by another error."""
    fields: list[tuple[int, Value]] = []
    with contextlib.suppress(BundleError):
        fields += reader().fields(memoryview(content))
    assert all(isinstance(value, int) or len(value) <= len(content) for _, value in fields)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x0a\x05ab", "ends too early"),
        (b"\x0b", "is not a readable ONNX file"),
        (b"\x80", "is not a readable ONNX file"),
    ],
)
def test_a_broken_message_is_refused(content: bytes, said: str) -> None:
    """A length past the end, an unknown wire type, and a number without an end."""
    with pytest.raises(BundleError, match=said):
        list(reader().fields(memoryview(content)))


def test_there_is_a_limit_to_the_fields_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed integers count among them."""
    monkeypatch.setattr(module, "LARGEST_FIELDS", 3)
    with pytest.raises(BundleError, match="more than 3 fields"):
        list(reader().fields(memoryview(b"\x08\x01" * 4)))
    with pytest.raises(BundleError, match="more than 3 fields"):
        reader().integers(memoryview(b"\x01" * 4))


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(-(2**63), 2**63 - 1) | st.binary(max_size=300)), max_size=6))
def test_what_is_written_is_read_again(fields: list[tuple[int, int | bytes]]) -> None:
    """Integers of any sign, and bytes of any length, in their order."""
    read = [
        (number, signed(value) if isinstance(value, int) else bytes(value))
        for number, value in reader().fields(memoryview(packed(fields)))
    ]
    assert read == fields


def test_a_number_is_written_as_onnx_writes_it() -> None:
    """In 32 bits."""
    attribute = helper.make_attribute("alpha", 0.25)
    assert type(attribute).FromString(packed([(1, b"alpha"), (20, 1), (2, 0.25)])) == attribute
