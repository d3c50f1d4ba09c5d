"""The list of pictures of a folder or of shards, by name, with their labels. Nothing is decoded here."""

from __future__ import annotations

import io
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from trainer.data import remote
from trainer.data.formats import EXTRA, readable_with_extra, suffixes
from trainer.data.labels import LABELS_FILE, read_labels
from trainer.errors import DataError
from trainer.machine.files import open_regular

SPLIT_FOLDERS = ("train", "test")


@dataclass(frozen=True)
class Tile:
    """A square of a picture at its own resolution."""

    number: int
    """Which one: row by row from 0."""
    side: int
    """Height and width in pixels."""


@dataclass(frozen=True)
class Item:
    """One picture file, or one member of a shard; or a square of it."""

    name: str
    """For people, unique in its listing: the way from the folder, or the shard's name and the member's."""
    key: str
    """What decides whether it is held out: the way within the folder, or within the shard."""
    path: Path
    """The file to read."""
    offset: int | None = None
    """Where in the file the picture begins; None where it is the file."""
    bytes: int = 0
    """How long the picture is, where it is a part of the file."""
    tile: Tile | None = None
    """The square that is meant; None for the whole picture."""

    def open(self) -> BinaryIO:
        """The picture's bytes, open for reading; to be closed.

        Raises:
            OSError: The file is gone, or is no regular file.
        """
        if self.offset is None:
            return open_regular(self.path)
        return io.BytesIO(remote.read_range(self.path, self.offset, self.bytes))


@dataclass(frozen=True)
class Listing:
    """The pictures of one place, in a fixed order."""

    items: Sequence[Item]
    source: str
    """What they are, for people."""
    labels: Sequence[dict[str, str]]
    """For each item its value of each factor known of it."""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """What could not be used, and why."""
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    """Endings of files that are no pictures by their names, and how many there are of each."""


def list_folder(root: Path) -> Listing:
    """Every picture file below a folder, by its name's ending; what is hidden is left out, and links are followed.

    Labels come from files `labels.csv` beside the pictures, and from folders where each holds one class.

    Raises:
        DataError: There is no such folder, it cannot be read, it holds no pictures, or a `labels.csv` cannot be used.
    """
    if not _is_folder(root):
        if root.exists():
            raise DataError("{path} is a file; --data takes the folder that it is in, or .tar shards.", path=root)
        raise DataError("There is no folder {path}; --data takes a folder of pictures, or .tar shards.", path=root)
    found = _Found(root)
    for folder, names in _folders(root, found):
        for name in names:
            found.add(Path(folder, name))
    if not found.items:
        reason: str = found.others
        if found.skipped:
            reason = f" ({found.skipped[0][0]}: {found.skipped[0][1]})"
        endings = ", ".join(sorted(suffixes()))
        raise DataError(
            "{path} holds no pictures ({endings}){reason}; choose another folder with --data.",
            path=root,
            endings=endings,
            reason=reason,
        )
    labels = class_labels([item.key for item in found.items])
    listing = Listing(found.items, f"pictures in {root.resolve().name}", labels, found.skipped, found.by_ending())
    for table in found.tables:
        known = {item.path.relative_to(table.parent).as_posix(): labels[row] for row, item in enumerate(found.items)
                 if item.path.is_relative_to(table.parent)}  # fmt: skip
        for reason in read_labels(table, known):
            listing.skipped.append((table.relative_to(root).as_posix(), reason))
    return listing


class _Found:
    """The content of a folder: pictures, tables of labels, and what cannot be used."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.items: list[Item] = []
        self.tables: list[Path] = []
        self.skipped: list[tuple[str, str]] = []
        self.passed_over: Counter[str] = Counter()

    def by_ending(self) -> list[tuple[str, str]]:
        """Counts of the files that were passed over, with each ending in the place of a name."""
        return [
            (f"*{ending}" if ending else "no ending", f"{_counted(count)} passed over by the ending{_cure(ending)}")
            for ending, count in self.passed_over.most_common()
        ]

    @property
    def others(self) -> str:
        """What there is in the place of pictures, after the list of endings that a picture may have; or nothing."""
        if not self.passed_over:
            return ""
        ending, count = self.passed_over.most_common(1)[0]
        most = _counted(count) + (f" {ending}" if ending else " without an ending")
        more = self.passed_over.total() - count
        return f", but {most}{f' and {more:,} more' if more else ''}{_cure(ending)}"

    def add(self, path: Path) -> None:
        """Takes a file that is a picture by its ending, or a table by its name."""
        is_picture = path.suffix.lower() in suffixes()
        if not is_picture and path.name != LABELS_FILE:
            self.passed_over[path.suffix.lower()] += 1
            return
        name = path.relative_to(self.root).as_posix()
        try:
            regular = stat.S_ISREG(path.stat().st_mode)
        except OSError as error:
            self.skipped.append((name, f"cannot be opened ({error.strerror or error})"))
            return
        if not regular:  # a pipe, a socket or a device, which could be waited for without end
            self.skipped.append((name, "is no regular file"))
        elif is_picture:
            self.items.append(Item(name, name, path))
        else:
            self.tables.append(path)

    def refused(self, error: OSError) -> None:
        """Takes a folder that cannot be read.

        Raises:
            DataError: It is the whole folder of pictures.
        """
        folder = Path(error.filename)
        if folder == self.root:
            raise _unreadable(self.root, error) from error
        name = folder.relative_to(self.root).as_posix()
        self.skipped.append((name, f"cannot be read ({error.strerror or error})"))


def _counted(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def _cure(ending: str) -> str:
    """How files of an ending can be read, where that is known."""
    return f"; {EXTRA} reads {ending}" if ending in readable_with_extra() else ""


def _folders(root: Path, found: _Found) -> Iterator[tuple[str, list[str]]]:
    """Every folder once with the names of its files, sorted; folders that links lead to come last."""
    waiting, seen = [root], set()
    while waiting:
        for folder, subfolders, names in os.walk(waiting.pop(0), onerror=found.refused):
            place = Path(folder)
            here = place.stat()
            if (here.st_dev, here.st_ino) in seen:  # a link led back to it
                subfolders[:] = []
                continue
            seen.add((here.st_dev, here.st_ino))
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            waiting += [place / name for name in subfolders if (place / name).is_symlink()]
            yield folder, sorted(name for name in names if not name.startswith("."))  # as ._IMG.jpg of a Mac


def _is_folder(path: Path) -> bool:
    """Whether there is a folder, to judge by what can be seen of it.

    Raises:
        DataError: A folder above it may not be looked into.
    """
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> DataError:
    reason = getattr(error, "strerror", None) or error
    return DataError("{path} cannot be read ({reason}); see who may read it.", path=path, reason=reason)


def class_labels(keys: Sequence[str]) -> list[dict[str, str]]:
    """`class` for each picture, or nothing where folders are no classes: see `class_names`."""
    names = class_names(keys)
    return [{} for _ in keys] if names is None else [{"class": name} for name in names]


def class_names(keys: Sequence[str]) -> Iterator[str] | None:
    """The class of each picture: the name of its folder, below `train` and `test` where there are both.

    Folders are classes where every picture lies in one, there are at least two, and they hold two pictures each on
    average. Elsewhere they only keep order, and nothing is known of any picture: None.
    """
    nested = set(SPLIT_FOLDERS) <= {key.partition("/")[0] for key in keys if "/" in key}

    def folder(key: str) -> str:
        top, slash, rest = key.partition("/")
        if nested and top in SPLIT_FOLDERS:
            top, slash, _ = rest.partition("/")
        return top if slash else ""

    found = set()
    for name in map(folder, keys):
        found.add(name)
        if not name or 2 * len(found) > len(keys):
            return None
    return map(folder, keys) if len(found) > 1 else None
