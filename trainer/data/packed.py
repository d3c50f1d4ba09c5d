"""What is known of millions of pictures in shards, in eight bytes a picture of memory and one for each label.

A place in a shard is two numbers. Names are needed once, to see what is held out, and later for a few pictures: they
lie in a temporary file (of `TMPDIR`) as soon as they take more than a few megabytes.
"""

from __future__ import annotations

import bisect
import itertools
import os
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from trainer.data.labels import UNKNOWN
from trainer.data.listing import Item

CLASS = "class"
BLOCK_BYTES = 512  # of a tar file, in which every member begins at a whole one
LARGEST_SHARD_BYTES = BLOCK_BYTES << 32  # 2 TiB
IN_MEMORY_BYTES = 4 << 20  # of names; more of them go to a file

Value = TypeVar("Value")
Place = tuple[str, int, int]
"""A picture's key within its shard, and its offset and length there in bytes."""


class _Lazy(Sequence[Value]):
    """A sequence whose values are made when they are asked for."""

    def one(self, index: int) -> Value:
        """The value at an index from 0 on."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Value: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Value]: ...
    def __getitem__(self, index: int | slice) -> Value | Sequence[Value]:
        if isinstance(index, slice):
            return Some(self, np.arange(len(self))[index])
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self.one(index % len(self))


class Some(_Lazy[Value], Generic[Value]):
    """Some values of a sequence, in an order of their own.

    Args:
        values: All of them.
        positions: Which are meant, int64 [N].
    """

    def __init__(self, values: Sequence[Value], positions: NDArray[np.int64]) -> None:
        self._values, self._positions = values, positions

    def __len__(self) -> int:
        return len(self._positions)

    def one(self, index: int) -> Value:
        return self._values[int(self._positions[index])]


class Keys(_Lazy[str]):
    """The keys of the pictures of each shard, written once and read again one by one or in order."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 (closed with this object)
        weakref.finalize(self, self._file.close)
        self._lock = threading.Lock()
        self.starts = [0]
        """How many pictures lie before each shard, and in all."""
        self._places: list[int] = []

    def __len__(self) -> int:
        return self.starts[-1]

    def add(self, keys: Sequence[str]) -> None:
        """Writes those of the next shard: where each one ends, and then all of them."""
        texts = [os.fsencode(key) for key in keys]
        self._places.append(self._file.seek(0, os.SEEK_END))
        self._file.write(np.cumsum([len(text) for text in texts], dtype=np.uint32).tobytes())
        self._file.write(b"".join(texts))
        self.starts.append(self.starts[-1] + len(keys))

    def place(self, index: int) -> tuple[int, int]:
        """The shard in which a picture lies, and which of its pictures it is."""
        shard = bisect.bisect_right(self.starts, index) - 1
        return shard, index - self.starts[shard]

    def one(self, index: int) -> str:
        shard, number = self.place(index)
        begin = self._places[shard]
        before = max(0, number - 1)
        ends = np.frombuffer(self._read(begin + 4 * before, 4 * (number + 1 - before)), np.uint32)
        start = int(ends[0]) if number else 0
        texts = begin + 4 * (self.starts[shard + 1] - self.starts[shard])
        return os.fsdecode(self._read(texts + start, int(ends[-1]) - start))

    def __iter__(self) -> Iterator[str]:
        for shard, begin in enumerate(self._places):
            count = self.starts[shard + 1] - self.starts[shard]
            ends = np.frombuffer(self._read(begin, 4 * count), np.uint32).tolist()
            texts = self._read(begin + 4 * count, ends[-1] if ends else 0)
            for start, end in zip([0, *ends], ends):
                yield os.fsdecode(texts[start:end])

    def _read(self, place: int, count: int) -> bytes:
        with self._lock:
            self._file.seek(place)
            return self._file.read(count)


class ShardItems(_Lazy[Item]):
    """The pictures of several shards in order, of which each takes eight bytes."""

    def __init__(self, of: int) -> None:
        """`of` is how many shards were asked for: a single one is not named with its pictures."""
        self.keys = Keys()
        self.paths: list[Path] = []
        self._of = of
        self._blocks: list[NDArray[np.uint32]] = []
        self._sizes: list[NDArray[np.uint32]] = []

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, path: Path, pictures: Sequence[Place]) -> None:
        """Takes the pictures of the next shard; offsets are whole blocks and under 2 TiB, lengths under 4 GiB."""
        self.keys.add([key for key, _, _ in pictures])
        self.paths.append(path)
        self._blocks.append(np.array([offset // BLOCK_BYTES for _, offset, _ in pictures], np.uint32))
        self._sizes.append(np.array([size for _, _, size in pictures], np.uint32))

    def one(self, index: int) -> Item:
        shard, number = self.keys.place(index)
        key, path = self.keys[index], self.paths[shard]
        name = key if self._of == 1 else f"{path.name}/{key}"
        return Item(name, key, path, int(self._blocks[shard][number]) * BLOCK_BYTES, int(self._sizes[shard][number]))


class Coded(_Lazy[str]):
    """The values of one factor, a number for each picture and a text for each value."""

    def __init__(self, values: Sequence[str], codes: NDArray[np.unsignedinteger]) -> None:
        self._values, self.codes = values, codes

    def __len__(self) -> int:
        return len(self.codes)

    def one(self, index: int) -> str:
        return self._values[int(self.codes[index])]

    def __iter__(self) -> Iterator[str]:
        return (self._values[code] for code in self.codes)

    def or_else(self, other: Coded) -> Coded:
        """The same, with the other's values where none is known."""
        values = {value: number for number, value in enumerate(self._values)}
        numbers = [values.setdefault(value, len(values)) for value in other._values]
        small = np.min_scalar_type(len(values))
        codes = np.where(self.codes > 0, self.codes, np.array(numbers, small)[other.codes]).astype(small)
        return Coded(list(values), codes)

    def of_rows(self, places: NDArray[np.int64], count: int) -> Coded:
        """The values by row: of pictures that share a row the first known one.

        Args:
            places: For each picture its row, or -1 where it has none.
            count: How many rows there are.
        """
        known = np.flatnonzero((places >= 0) & (self.codes > 0))[::-1]
        codes = np.zeros(count, self.codes.dtype)
        codes[places[known]] = self.codes[known]  # of those for one row the last counts, which is the first picture
        return Coded(self._values, codes)


class _Column:
    """The values of one factor while pictures are listed."""

    def __init__(self) -> None:
        self._numbers = {UNKNOWN: 0}
        self._parts: list[NDArray[np.unsignedinteger]] = []
        self.count = 0

    def add(self, start: int, values: Sequence[str]) -> None:
        """Takes values from a picture on; those before it that were not told of are not known."""
        numbers = [self._numbers.setdefault(value, len(self._numbers)) for value in values]
        small = np.min_scalar_type(len(self._numbers))
        self._parts += [np.zeros(start - self.count, np.uint8), np.array(numbers, small)]
        self.count = start + len(values)

    def coded(self, count: int) -> Coded:
        """The values of so many pictures."""
        self.add(count, [])
        first = next((int(part[0]) for part in self._parts if len(part)), 0)
        if all(np.all(part == first) for part in self._parts):
            return Coded(list(self._numbers), np.broadcast_to(np.min_scalar_type(first).type(first), count))
        codes = np.empty(count, np.min_scalar_type(len(self._numbers)))
        np.concatenate(self._parts, out=codes, casting="same_kind")
        return Coded(list(self._numbers), codes)


class PackedLabels(_Lazy[dict[str, str]]):
    """What is known of each picture, as numbers; the names of its factors keep their order."""

    def __init__(self, columns: Mapping[str, Coded], shapes: Coded, names: Mapping[str, tuple[str, ...]]) -> None:
        self.columns = columns
        self._shapes, self._names = shapes, names

    def __len__(self) -> int:
        return len(self._shapes)

    def one(self, index: int) -> dict[str, str]:
        return {name: self.columns[name][index] for name in self._names[self._shapes[index]]}

    @property
    def alike(self) -> bool:
        """Whether the same factors are known of every picture, so that their order is the same for all."""
        return bool(np.all(self._shapes.codes == self._shapes.codes[:1]))

    def with_classes(self, names: Iterator[str]) -> PackedLabels:
        """The same with the class of each picture, where none is known of it yet, before everything else."""
        folders = _Column()
        while some := list(itertools.islice(names, 1 << 16)):
            folders.add(folders.count, some)
        found = folders.coded(len(self))
        shapes = {shape: (CLASS, *(name for name in own if name != CLASS)) for shape, own in self._names.items()}
        own = self.columns.get(CLASS)
        if own is not None:
            found = own.or_else(found)
        return PackedLabels({**self.columns, CLASS: found}, self._shapes, shapes)


class LabelPacker:
    """Takes what is known of pictures, shard by shard, and packs it."""

    def __init__(self) -> None:
        self._columns: dict[str, _Column] = {}
        self._shapes = _Column()
        self._names: dict[str, tuple[str, ...]] = {UNKNOWN: ()}
        self._count = 0

    def add(self, labels: Sequence[Mapping[str, str]]) -> None:
        """Takes those of the next pictures."""
        shapes = [tuple(known) for known in labels]
        self._names |= {repr(shape) if shape else UNKNOWN: shape for shape in shapes}
        self._shapes.add(self._count, [repr(shape) if shape else UNKNOWN for shape in shapes])
        for name in dict.fromkeys(name for shape in dict.fromkeys(shapes) for name in shape):
            column = self._columns.setdefault(name, _Column())
            column.add(self._count, [known.get(name, UNKNOWN) for known in labels])
        self._count += len(labels)

    def packed(self) -> PackedLabels:
        """All of them."""
        columns = {name: column.coded(self._count) for name, column in self._columns.items()}
        return PackedLabels(columns, self._shapes.coded(self._count), self._names)
