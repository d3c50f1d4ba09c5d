"""Protocol Buffers' wire format without their definitions: enough to look into an untrusted file, and to write one.

The format is that of https://protobuf.dev/programming-guides/encoding. Standard library only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from export.bundle.store import BundleError

LARGEST_FIELDS = 1_000_000  # of one file: a second of reading; the widest of our networks has a few thousand

Value = int | memoryview


@dataclass
class Wire:
    """Reads messages of one file, and refuses it where it is broken or has too many fields."""

    where: str
    """What errors call the file."""
    expected: str
    """What it should be, such as `a readable ONNX file`."""
    fields_seen: int = 0

    def integers(self, value: Value) -> list[int]:
        """A repeated integer, packed or not."""
        if isinstance(value, int):
            return [signed(value)]
        numbers, place = list[int](), 0
        while place < len(value):
            number, place = self._varint(value, place)
            numbers.append(signed(number))
            self._count()
        return numbers

    def values(self, view: memoryview, wanted: int) -> list[Value]:
        """All values of one field of a message."""
        return [value for number, value in self.fields(view) if number == wanted]

    def fields(self, view: memoryview) -> Iterator[tuple[int, Value]]:
        """The fields of a message: their number, and an integer or bytes."""
        place, end = 0, len(view)
        while place < end:
            self._count()
            key, place = self._varint(view, place)
            number, wire = key >> 3, key & 7
            if wire == 0:
                value, place = self._varint(view, place)
                yield number, value
                continue
            if wire not in (1, 2, 5):
                self.refuse(f"is not {self.expected}")
            length = {1: 8, 5: 4}.get(wire, 0)
            if wire == 2:
                length, place = self._varint(view, place)
            if length > end - place:
                self.refuse(f"ends too early, and is not {self.expected}")
            yield number, view[place : place + length]
            place += length

    def _varint(self, view: memoryview, place: int) -> tuple[int, int]:
        """An integer of up to 64 bits in groups of 7, and where it ends."""
        value = 0
        for shift in range(0, 70, 7):
            if place >= len(view):
                break
            byte = view[place]
            place += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value & (1 << 64) - 1, place
        return self.refuse(f"is not {self.expected}")

    def _count(self) -> None:
        self.fields_seen += 1
        if self.fields_seen > LARGEST_FIELDS:
            self.refuse(f"has more than {LARGEST_FIELDS:,} fields")

    def message(self, value: Value) -> memoryview:
        """A value that must be bytes."""
        if isinstance(value, int):
            self.refuse(f"is not {self.expected}")
        return value

    def text(self, value: Value) -> str:
        """A value that must be text."""
        return str(self.message(value), "utf-8", "replace")

    def refuse(self, why: str) -> NoReturn:
        """Ends the reading.

        Raises:
            BundleError: Always; `why` follows the file's name.
        """
        raise BundleError("{where} {why}.", where=self.where, why=why)


def signed(value: int) -> int:
    """The integer that was written as 64-bit two's complement."""
    return value - (1 << 64) if value >> 63 else value


def packed(fields: Iterable[tuple[int, int | float | bytes]]) -> bytes:
    """A message of fields: the number of each, and an integer, a number of 32 bits, or bytes."""
    result = bytearray()
    for number, value in fields:
        if isinstance(value, int):
            result += _varint(number << 3) + _varint(value & (1 << 64) - 1)
        elif isinstance(value, float):
            result += _varint(number << 3 | 5) + struct.pack("<f", value)
        else:
            result += _varint(number << 3 | 2) + _varint(len(value)) + value
    return bytes(result)


def _varint(value: int) -> bytes:
    """An integer in groups of 7 bits, the lowest first."""
    groups = bytearray()
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    groups.append(value)
    return bytes(groups)
