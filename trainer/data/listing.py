"""What pictures there are, by name, with their labels: of a folder or of shards. Nothing is decoded here."""

from __future__ import annotations

import io
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from trainer.data.labels import LABELS_FILE, read_labels
from trainer.data.reading import SUFFIXES
from trainer.errors import DataError

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

    def open(self) -> Path | io.BytesIO:
        """What `read_picture` takes.

        Raises:
            OSError: The file is gone.
        """
        if self.offset is None:
            return self.path
        with self.path.open("rb") as file:
            file.seek(self.offset)
            return io.BytesIO(file.read(self.bytes))


@dataclass(frozen=True)
class Listing:
    """The pictures of one place, in a fixed order."""

    items: list[Item]
    source: str
    """What they are, for people."""
    labels: list[dict[str, str]]
    """For each item its value of each factor known of it."""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """What could not be used, and why."""


def list_folder(root: Path) -> Listing:
    """Every picture file below a folder, by its name's ending; hidden folders are left out.

    Labels come from files `labels.csv` beside the pictures, and from folders where each holds one class.

    Raises:
        DataError: There is no such folder, it holds no pictures, or a `labels.csv` cannot be used.
    """
    if not root.is_dir():
        raise DataError(f"There is no folder {root}; --data takes a folder of pictures, or .tar shards.")
    items, tables = [], []
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix.lower() in SUFFIXES:
                relative = path.relative_to(root).as_posix()
                items.append(Item(relative, relative, path))
            elif name == LABELS_FILE:
                tables.append(path)
    if not items:
        raise DataError(f"{root} holds no pictures ({', '.join(sorted(SUFFIXES))}); choose another folder with --data.")
    labels = class_labels([item.key for item in items])
    listing = Listing(items, f"pictures in {root.resolve().name}", labels)
    for table in tables:
        known = {item.path.relative_to(table.parent).as_posix(): labels[row] for row, item in enumerate(items)
                 if item.path.is_relative_to(table.parent)}  # fmt: skip
        for reason in read_labels(table, known):
            listing.skipped.append((table.relative_to(root).as_posix(), reason))
    return listing


def class_labels(keys: list[str]) -> list[dict[str, str]]:
    """`class` for each picture: the name of its folder, below `train` and `test` where there are both.

    Folders are classes where every picture lies in one, there are at least two, and they hold two pictures each on
    average. Elsewhere they only keep order, and nothing is known of any picture.
    """
    parts = [key.split("/") for key in keys]
    if set(SPLIT_FOLDERS) <= {part[0] for part in parts if len(part) > 1}:
        parts = [part[1:] if part[0] in SPLIT_FOLDERS else part for part in parts]
    classes = Counter(part[0] if len(part) > 1 else "" for part in parts)
    if "" in classes or len(classes) < 2 or 2 * len(classes) > len(keys):
        return [{} for _ in keys]
    return [{"class": part[0]} for part in parts]
