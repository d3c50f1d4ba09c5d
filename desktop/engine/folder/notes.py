"""What the user said of a folder: where its good pictures are, and which pairs are no duplicates.

It is kept in the user's data folder as a list of what was said, the newest last, so that each can be undone; pictures
are named by their paths within the folder, whatever model looks at them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, get_args

from desktop.engine.disk.file_writer import write_file
from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import data_folder

LARGEST_FILE = 64 << 20  # bytes
VERSION = 1

Kind = Literal["good folder", "no duplicates"]


@dataclasses.dataclass(frozen=True)
class Remark:
    """One thing that was said.

    Attributes:
        kind: What.
        names: Of whom, by their paths within the folder: of `no duplicates` the pictures of which no two are; of
            `good folder` the one folder.
        others: Of `no duplicates`, pictures that none of `names` is a duplicate of either.
    """

    kind: Kind
    names: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Notes:
    """Everything that was said of a folder, the newest last."""

    remarks: tuple[Remark, ...] = ()

    def with_remark(self, kind: Kind, names: Iterable[str], others: Iterable[str] = ()) -> Notes:
        """The same with something more."""
        return Notes((*self.remarks, Remark(kind, tuple(names), tuple(others))))

    def without_last(self, kind: Kind) -> Notes:
        """The same without the last of a kind, where there is one."""
        places = [place for place, each in enumerate(self.remarks) if each.kind == kind]
        return Notes(tuple(each for place, each in enumerate(self.remarks) if place not in places[-1:]))

    @property
    def good(self) -> str:
        """The folder of good pictures, within the folder or from the root; empty where none was named."""
        return next((each.names[0] for each in reversed(self.remarks) if each.kind == "good folder" and each.names), "")

    @property
    def apart(self) -> set[tuple[str, str]]:
        """Pairs of pictures that are no duplicates, each in the order of its names."""
        pairs = set[tuple[str, str]]()
        for each in self.remarks:
            if each.kind == "no duplicates":
                pairs.update(itertools.combinations(sorted(each.names), 2))
                pairs.update((min(pair), max(pair)) for pair in itertools.product(each.names, each.others))
        return pairs


def notes_place(folder: Path, root: Path | None = None) -> Path:
    """Where the notes of a folder are; they need not exist."""
    key = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return (root or data_folder()) / "folders" / f"{key}.json"


def read_notes(folder: Path, root: Path | None = None) -> Notes:
    """What was said of a folder; nothing where there is no file.

    Raises:
        InspectionError: The file is broken, or cannot be read.
    """
    path = notes_place(folder, root)
    try:
        if not path.exists():
            return Notes()
        content = json.loads(read_bounded(path, LARGEST_FILE))
        if not isinstance(content, dict) or content.get("version") != VERSION:
            raise ValueError("it is of another version")
        return Notes(tuple(_remark(each) for each in content["remarks"]))
    except OSError as error:
        raise InspectionError(
            "{path} cannot be read ({strerror}).", path=path, strerror=error.strerror or error
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InspectionError("{path} is broken; move it away to go on.", path=path) from error


def write_notes(folder: Path, notes: Notes, root: Path | None = None) -> None:
    """Keeps what was said of a folder.

    Raises:
        InspectionError: The disk refused.
    """
    remarks = [dataclasses.asdict(each) for each in notes.remarks]
    content = {"version": VERSION, "folder": str(folder.resolve()), "remarks": remarks}
    write_file(notes_place(folder, root), json.dumps(content, indent=1).encode())


def _remark(content: Any) -> Remark:
    kind, names, others = content["kind"], content["names"], content["others"]
    texts = isinstance(names, list) and isinstance(others, list) and all(isinstance(e, str) for e in (*names, *others))
    if kind not in get_args(Kind) or not texts:
        raise ValueError("it holds something else than remarks")
    return Remark(kind, tuple(names), tuple(others))
