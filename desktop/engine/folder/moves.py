"""Pictures moved to another folder, with a journal that takes them back. Nothing is deleted or written over."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from desktop.engine.errors import InspectionError
from desktop.engine.file_writer import write_file
from desktop.engine.folder.index import data_folder

LARGEST_JOURNAL = 64 << 20
JOURNAL = "moves.json"


@dataclasses.dataclass(frozen=True)
class Moved:
    """What was done: pairs of where a file was and where it is, and files that stayed, with the reason."""

    done: tuple[tuple[Path, Path], ...]
    failed: tuple[tuple[Path, str], ...]


def move(paths: Iterable[Path], folder: Path, target: Path, root: Path | None = None) -> Moved:
    """Moves files of `folder` to the same sub-folders of `target`. The plan is in the journal before the first move.

    A name that is taken gets a number. A file that cannot be moved stays, and is named.

    Raises:
        InspectionError: The target lies within the folder's own pictures, or the journal cannot be written.
    """
    folder, target = folder.resolve(), target.resolve()
    if target == folder:
        raise InspectionError(
            "the pictures are in {folder} already; choose another folder to move them to.", folder=folder
        )
    plan, taken = [], set[Path]()
    for path in paths:
        inside = path.relative_to(folder) if path.is_relative_to(folder) else Path(path.name)
        plan.append((path, _free(target / inside, taken)))
        taken.add(plan[-1][1])
    journal = _read(root)
    _write([*journal, [[str(source), str(place)] for source, place in plan]], root)
    return _carry_out(plan)


def undo(root: Path | None = None) -> Moved:
    """Takes the last move back, and strikes it off the journal; what cannot go back stays in it.

    Raises:
        InspectionError: There is nothing to undo, or the journal is broken or cannot be written.
    """
    journal = _read(root)
    if not journal:
        raise InspectionError("there is no move to undo.")
    plan = [(Path(place), Path(source)) for source, place in reversed(journal[-1]) if Path(place).exists()]
    moved = _carry_out(plan)
    left = [[str(source), str(place)] for place, source in plan if place in {path for path, _ in moved.failed}]
    _write([*journal[:-1], *([left] if left else [])], root)
    return moved


def can_undo(root: Path | None = None) -> int:
    """How many files the last move took along; 0 where there is none to undo.

    Raises:
        InspectionError: The journal is broken.
    """
    journal = _read(root)
    return len(journal[-1]) if journal else 0


def _carry_out(plan: list[tuple[Path, Path]]) -> Moved:
    done, failed = [], []
    for source, place in plan:
        try:
            _move(source, place)
        except FileExistsError:
            failed.append((source, f"{place} is taken"))
        except OSError as error:
            failed.append((source, error.strerror or str(error)))
        else:
            done.append((source, place))
    return Moved(tuple(done), tuple(failed))


def _move(source: Path, place: Path) -> None:
    """Moves one file to a name that nobody else has, across disks too."""
    if not source.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.open("x").close()  # the name is ours from here on
    try:
        try:
            source.replace(place)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            shutil.copy2(source, place)
            if place.stat().st_size != source.stat().st_size:
                raise OSError(errno.EIO, "the copy is not whole") from error
            source.unlink()
    except OSError:
        if source.exists():
            place.unlink(missing_ok=True)  # our own empty or half copy
        raise


def _free(place: Path, taken: set[Path]) -> Path:
    """The place, or one with a number in its name where that is taken."""
    number, candidate = 1, place
    while candidate in taken or os.path.lexists(candidate):
        number += 1
        candidate = place.with_name(f"{place.stem} ({number}){place.suffix}")
    return candidate


def _read(root: Path | None) -> list[list[list[str]]]:
    path = (root or data_folder()) / JOURNAL
    try:
        if not path.exists():
            return []
        if path.stat().st_size > LARGEST_JOURNAL:
            raise InspectionError("{path} is too large to be read.", path=path)
        journal = json.loads(path.read_text(encoding="utf-8"))
        for batch in journal:
            for source, place in batch:
                if not (isinstance(source, str) and isinstance(place, str)):
                    raise TypeError
    except OSError as error:
        raise InspectionError(
            "{path} cannot be read ({strerror}).", path=path, strerror=error.strerror or error
        ) from error
    except (ValueError, TypeError) as error:
        raise InspectionError("{path} is broken; move it away to go on.", path=path) from error
    checked: list[list[list[str]]] = journal
    return checked


def _write(journal: list[list[list[str]]], root: Path | None) -> None:
    write_file((root or data_folder()) / JOURNAL, json.dumps(journal, indent=1).encode())
