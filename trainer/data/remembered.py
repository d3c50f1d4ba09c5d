"""Results about files that need not be computed again while a file stays as it is.

A small SQLite file in the cache folder. It holds nothing that could not be worked out anew: where it cannot be read or
written, that is what happens.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from trainer.data import remote
from trainer.data.cache import cache_folder
from trainer.data.patience import Late, in_order, limit_of
from trainer.machine.files import open_regular

INDEX_FILE = "files.sqlite"
# The file's place, its size in bytes, and when it was changed, in ns. A place that cannot be printed is kept as bytes.
_Stamp = tuple[str | bytes, int, int]
_TABLE = (
    "CREATE TABLE IF NOT EXISTS files"
    " (path TEXT, kind TEXT, bytes INTEGER, changed_ns INTEGER, value TEXT, PRIMARY KEY (path, kind))"
)


def remembered(
    paths: Sequence[Path], kind: str, work_out: Callable[[Path], str], progress: Callable[[int, int], None]
) -> list[str | None]:
    """A text for each file: worked out on several threads, or remembered from a file of the same size and time.

    Args:
        paths: Files.
        kind: What the text is; another kind is remembered beside it.
        work_out: Gives the text; it must follow from the file's content. May raise OSError.
        progress: Told how many files are done, and of how many.

    Returns:
        The texts in order; None for a file that is gone, may not be read or takes too long.
    """
    stamps = [_stamp(path) for path in paths]
    with _index() as index:
        older = _known(index, kind)
        texts = [older.get(stamp) if stamp else None for stamp in stamps]
        missing = [position for position, text in enumerate(texts) if text is None and stamps[position]]

        def work(position: int) -> str | None:
            with contextlib.suppress(OSError):
                return work_out(paths[position])
            return None

        patience = {position: limit_of(stamp[1]) for position, stamp in enumerate(stamps) if stamp}
        for done, (position, text) in enumerate(zip(missing, in_order(work, missing, patience.__getitem__)), start=1):
            texts[position] = None if isinstance(text, Late) else text
            progress(done, len(missing))
        _keep(index, kind, [(stamps[position], texts[position]) for position in missing])
    return texts


def remembered_in_turn(
    paths: Sequence[Path], kind: str, work_out: Callable[[Path], str], progress: Callable[[int, int], None]
) -> Iterator[str | None]:
    """The same as `remembered`, for few files with long texts: one after the other, so that no two are held at once."""
    stamps = [_stamp(path) for path in paths]
    with _index() as index:
        there = [stamp is not None and _holds(index, kind, stamp) for stamp in stamps]
        missing = [position for position, stamp in enumerate(stamps) if stamp and not there[position]]

        def work(position: int) -> str | None:
            with contextlib.suppress(OSError):
                return work_out(paths[position])
            return None

        patience = {position: limit_of(stamp[1]) for position, stamp in enumerate(stamps) if stamp}
        found, done = in_order(work, missing, patience.__getitem__), 0
        for position, stamp in enumerate(stamps):
            if stamp is None:
                yield None
                continue
            if there[position]:
                text = _one(index, kind, stamp)
                yield work(position) if text is None else text
                continue
            fresh = next(found)
            done += 1
            progress(done, len(missing))
            text = None if isinstance(fresh, Late) else fresh
            _keep(index, kind, [(stamp, text)])
            yield text


def known(paths: Sequence[Path], kind: str) -> list[str | None]:
    """What is remembered of files that are as they were, in order; None for the others. No file is read."""
    with _index() as index:
        texts = _known(index, kind)
    stamps = map(_stamp, paths)
    return [texts.get(stamp) if stamp else None for stamp in stamps]


def content_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal; of one in a store, of its address, length and version there."""
    address = remote.address_of(path)
    if address is not None:  # it would be fetched for this alone
        return hashlib.sha256(repr((address, *remote.version(address))).encode()).hexdigest()
    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(path: Path) -> _Stamp | None:
    try:
        address = remote.address_of(path)
        if address is not None:
            return address, *remote.version(address)
        status = path.stat()
        place = str(path.resolve())
        return place if place.isprintable() else os.fsencode(place), status.st_size, status.st_mtime_ns
    except OSError:
        return None


@contextlib.contextmanager
def _index() -> Iterator[sqlite3.Connection | None]:
    """The index, or None where there can be none."""
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(cache_folder() / INDEX_FILE, timeout=60)
        connection.execute(_TABLE)
    except (sqlite3.Error, OSError):
        yield None
        return
    with contextlib.closing(connection):
        yield connection


def _known(index: sqlite3.Connection | None, kind: str) -> dict[_Stamp, str]:
    if index is None:
        return {}
    try:
        rows = index.execute("SELECT path, bytes, changed_ns, value FROM files WHERE kind = ?", (kind,))
        return {(path, size, changed): value for path, size, changed, value in rows}
    except sqlite3.Error:
        return {}


_ONE = " FROM files WHERE path = ? AND kind = ? AND bytes = ? AND changed_ns = ?"


def _holds(index: sqlite3.Connection | None, kind: str, stamp: _Stamp) -> bool:
    return _row(index, "SELECT 1" + _ONE, kind, stamp) is not None


def _one(index: sqlite3.Connection | None, kind: str, stamp: _Stamp) -> str | None:
    row = _row(index, "SELECT value" + _ONE, kind, stamp)
    return None if row is None else str(row[0])


def _row(index: sqlite3.Connection | None, query: str, kind: str, stamp: _Stamp) -> tuple[object, ...] | None:
    if index is None:
        return None
    with contextlib.suppress(sqlite3.Error):
        row: tuple[object, ...] | None = index.execute(query, (stamp[0], kind, *stamp[1:])).fetchone()
        return row
    return None


def _keep(index: sqlite3.Connection | None, kind: str, found: list[tuple[_Stamp | None, str | None]]) -> None:
    rows = [(stamp[0], kind, *stamp[1:], text) for stamp, text in found if stamp and text is not None]
    if index is None or not rows:
        return
    with contextlib.suppress(sqlite3.Error), index:
        index.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", rows)
