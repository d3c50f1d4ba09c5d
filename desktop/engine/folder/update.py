"""Brings an index up to date with its folder. Stopped half-way, it goes on where it was."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Collection, Iterator, Mapping

import numpy as np

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.encoding import Encoded, Encoder, PictureRow, encode_here
from desktop.engine.folder.index import Index, Line
from desktop.engine.picture_files import list_pictures
from desktop.engine.watch import Progress, Stopped, never, silent


@dataclasses.dataclass(frozen=True)
class Update:
    """What an update did.

    Attributes:
        added, changed: How many pictures were encoded, for the first time or anew.
        removed, unchanged: How many files are gone, and how many are as they were.
        broken: Files that could not be read, and why; folders that could not be listed too.
        stopped: Whether it was stopped before the end.
        kept: How many files were not found and are kept all the same, as a folder could not be listed.
        several: How many of the files encoded hold several pictures, of which the first was taken.
        passed_over: What else is in the folder, as a clause; empty where there is nothing else.
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    broken: tuple[tuple[str, str], ...]
    stopped: bool
    kept: int = 0
    passed_over: str = ""
    several: int = 0


def update(
    index: Index,
    model: Autoencoder,
    progress: Progress = silent,
    stopped: Stopped = never,
    encoder: Encoder | None = None,
) -> Update:
    """Encodes what is new or changed, and forgets what is gone. Each batch is on the disk before the next begins.

    Nothing is forgotten where a folder cannot be listed, as its pictures may be there all the same.

    Args:
        index: The index.
        model: Its model.
        progress: Told how many are encoded, and of how many.
        stopped: Asked between batches.
        encoder: What encodes; this machine by default.

    Raises:
        InspectionError: The index cannot be written, or every picture is gone since the folder is another than before:
            its disk may not be there.
        ModelError: The model does not run.
    """
    listing = list_pictures(index.folder, without_masks=True)
    found = {each.path.as_posix(): (each.size_bytes, each.changed_ns) for each in listing.pictures}
    known = index.known()
    gone = known.keys() - found.keys()
    if known and len(gone) == len(known):
        _require_same_folder(index, len(known))
    if listing.is_whole:
        index.forget([known[name][0] for name in gone])
        index.note_identity()
    kept = {} if listing.is_whole else {name: known[name] for name in gone}
    todo = _outdated(found, known, {*found, *kept})
    done = added = changed = several = 0
    encode = encoder or encode_here(index.folder, index.size, model)
    for batch in encode(todo, stopped):
        _store(index, batch)
        done += len(batch)
        several += sum(each.is_several for each in batch)
        readable = [each.file.name in known for each in batch if each.code is not None]
        added, changed = added + readable.count(False), changed + readable.count(True)
        progress(done, len(todo))
    problems = [(path.as_posix(), f"{index.folder / path}: {reason}.") for path, reason in listing.problems]
    broken = (*index.problems(), *problems)
    return Update(
        added,
        changed,
        len(gone) - len(kept),
        len(found) - len(todo),
        broken,
        done < len(todo),
        len(kept),
        listing.passed_over_words,
        several,
    )


def _require_same_folder(index: Index, count: int) -> None:
    """Raises `InspectionError` where the folder, which has none of its `count` pictures any more, is another one."""
    if index.is_elsewhere():
        raise InspectionError(
            "no indexed picture ({count:,} in all) is in {folder} any more, which is not the "
            "folder that it was: its disk may not be connected. The index was left as it is; "
            "to begin anew, delete {place}.",
            count=count,
            folder=index.folder,
            place=index.place,
        )


def _outdated(
    found: Mapping[str, tuple[int, int]], known: Mapping[str, tuple[int, int, int]], staying: Collection[str]
) -> list[PictureRow]:
    """The files that are new or changed, each with its own row, or one that none of the files that stay has."""
    free = _free_rows({row for name, (row, *_) in known.items() if name in staying})
    return [
        PictureRow(name, *facts, known[name][0] if name in known else next(free))
        for name, facts in found.items()
        if known.get(name, ())[1:] != facts
    ]


def _free_rows(taken: set[int]) -> Iterator[int]:
    return (row for row in itertools.count() if row not in taken)


def _store(index: Index, batch: list[Encoded]) -> None:
    """Writes a batch: codes first, so that what the database has is always there."""
    good = [(each, each.code) for each in batch if each.code is not None]
    if good:
        index.write_codes([each.file.row for each, _ in good], np.stack([code for _, code in good]))
    lines = [_line(each) for each in batch]
    index.write_lines(lines, [(each.file.row, each.thumbnail) for each, _ in good])


def _line(each: Encoded) -> Line:
    file = each.file
    scores = (None, None, None) if each.code is None else each.scores
    return (file.row, file.name, file.bytes, file.changed_ns, *scores, each.problem or None)
