"""Pictures moved to another folder, with a journal by which that is undone. Nothing is deleted or written over."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import filelock

from desktop.engine.disk.file_writer import write_file
from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import InspectionError
from desktop.engine.folder.file_move import move_file
from desktop.engine.folder.index import data_folder

LARGEST_JOURNAL = 64 << 20
JOURNAL, LOCK = "moves.json", "moves.lock"
LOCK_S = 30.0
LONGEST_PATH = 4096  # bytes


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
    with _locked(root):
        journal = _read(root)
        plan, taken = [], set[Path]()
        for path in paths:
            inside = path.relative_to(folder) if path.is_relative_to(folder) else Path(path.name)
            plan.append((path, _free(target / inside, taken)))
            taken.add(plan[-1][1])
        _write([*journal, [[str(source), str(place)] for source, place in plan]], root)
        return _carry_out(plan)


def undo(root: Path | None = None) -> Moved:
    """Takes back the last move of which something is there, and strikes what went back off the journal.

    What cannot go back stays in it: its name may be taken, or its disk may not be connected.

    Raises:
        InspectionError: There is nothing to undo, or the journal is broken or cannot be written.
    """
    with _locked(root):
        journal = _read(root)
        if not journal:
            raise InspectionError("there is no move to undo.")
        number = next((each for each in reversed(range(len(journal))) if _is_there(journal[each])), len(journal) - 1)
        plan = [(Path(place), Path(source)) for source, place in reversed(journal[number])]
        waiting = [(place, source) for place, source in plan if not (_exists(source) and not _exists(place))]
        moved = _carry_out(waiting)
        stay = {place for place, _ in moved.failed}
        left = [[str(source), str(place)] for place, source in reversed(plan) if place in stay]
        _write([*journal[:number], *([left] if left else []), *journal[number + 1 :]], root)
    return moved


def _carry_out(plan: list[tuple[Path, Path]]) -> Moved:
    done, failed = [], []
    for source, place in plan:
        try:
            move_file(source, place)
        except FileExistsError:
            failed.append((source, f"{place} is taken"))
        except FileNotFoundError:
            failed.append((source, "it is not there, or its disk is not connected"))
        except OSError as error:
            failed.append((source, error.strerror or str(error)))
        else:
            done.append((source, place))
    return Moved(tuple(done), tuple(failed))


def _is_there(batch: list[list[str]]) -> bool:
    """Whether one of its files at least can be gone after."""
    return any(_exists(Path(place)) for _, place in batch)


def _exists(path: Path) -> bool:
    """Whether there is something, a link to nowhere too."""
    return os.path.lexists(path)


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
        if not os.path.lexists(path):
            return []
        journal = json.loads(read_bounded(path, LARGEST_JOURNAL))
        if not isinstance(journal, list) or not all(_is_batch(batch) for batch in journal):
            raise ValueError("it is no list of moves")
    except OSError as error:
        raise InspectionError(
            "{path} cannot be read ({strerror}).", path=path, strerror=error.strerror or error
        ) from error
    except (ValueError, RecursionError) as error:
        raise InspectionError("{path} is broken; move it away to go on.", path=path) from error
    checked: list[list[list[str]]] = journal
    return checked


def _is_batch(batch: object) -> bool:
    """Whether it is a list of pairs of paths from the root, such as a file can have."""
    return isinstance(batch, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(_is_path(each) for each in pair) for pair in batch
    )


def _is_path(text: object) -> bool:
    if not isinstance(text, str) or "\0" in text or not Path(text).is_absolute():
        return False
    try:
        name = os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return len(name) <= LONGEST_PATH


def _write(journal: list[list[list[str]]], root: Path | None) -> None:
    write_file((root or data_folder()) / JOURNAL, json.dumps(journal, indent=1).encode())


@contextlib.contextmanager
def _locked(root: Path | None) -> Iterator[None]:
    """While no other program moves files: of two that read and write the journal, one would lose its moves.

    Raises:
        InspectionError: Another program takes too long, or the folder cannot be written to.
    """
    path = (root or data_folder()) / LOCK
    lock = filelock.FileLock(path, timeout=LOCK_S)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout as error:
        raise InspectionError("another program is moving pictures; wait for it, or close it.") from error
    except OSError as error:
        raise InspectionError(
            "{target} cannot be written ({strerror}).", target=path, strerror=error.strerror or error
        ) from error
    try:
        yield
    finally:
        lock.release()
