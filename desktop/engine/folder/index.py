"""A folder's pictures as a model sees them: codes, scores and thumbnails, kept in the user's data folder.

    index.sqlite   one row for each picture file, and its thumbnail
    codes.f32      float32 codes, row after row, memory-mapped

A row's number is its place in both. Nothing here is ever all in memory but the row numbers and their scores.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

import numpy as np
import platformdirs
from numpy.typing import NDArray

from desktop.engine.errors import InspectionError
from desktop.engine.folder.maps import STORED
from desktop.engine.gaussian import Floats
from export.bundle import BundleInfo, SizeRule

FORMAT = "1"
GROWTH = 1024  # rows by which the file of codes grows
FULL = "the disk is full, or it failed"
BUSY_S = 10.0  # how long to wait for another program that writes the same index

Rows = NDArray[np.int64]
Line = tuple[int, str, int, int, float | None, float | None, float | None, str | None]
"""A picture file: its row, its path within the folder, bytes, time of change in ns, three scores, what is wrong."""

_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pictures (
    row INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, changed_ns INTEGER NOT NULL,
    error REAL, structure REAL, scales REAL, problem TEXT);
CREATE TABLE IF NOT EXISTS identity (row INTEGER PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS thumbnails (row INTEGER PRIMARY KEY, jpeg BLOB NOT NULL);
"""


def data_folder() -> Path:
    """Where everything that inspection keeps is; it need not exist."""
    return platformdirs.user_data_path("convae", appauthor=False) / "inspect"


def model_key(info: BundleInfo) -> str:
    """Sixteen hexadecimal digits that stand for the two graphs of a bundle, wherever it lies."""
    graphs = info.sha256["encoder.onnx"] + info.sha256["decoder.onnx"]
    return hashlib.sha256(graphs.encode()).hexdigest()[:16]


def picture_size(info: BundleInfo, side: int | None = None) -> SizeRule:
    """The one size at which all pictures of an index are encoded, so that their codes compare.

    A model of fixed size has its own. One of free size takes `side` x `side` pixels, or else the size trained at.

    Raises:
        InspectionError: The model does not take that size.
    """
    height, width = (info.size.height, info.size.width) if side is None else (side, side)
    if not info.size.accepts(height, width):
        rule = (
            f"{info.size.width} × {info.size.height} only"
            if info.size.kind == "fixed"
            else f"multiples of {info.size.multiple}"
        )
        raise InspectionError(
            "{name} does not take pictures of {width} × {height} pixels: it takes {rule}.",
            name=info.name,
            width=width,
            height=height,
            rule=rule,
        )
    return SizeRule("fixed", 1, height, width)


@dataclasses.dataclass(frozen=True, eq=False)
class Files:
    """Some picture files, and what tells whether they changed.

    Attributes:
        paths: Absolute, with `/` between folders: text `[N]`.
        bytes: int64 `[N]`.
        changed_ns: int64 `[N]`.
    """

    paths: NDArray[np.str_]
    bytes: Rows
    changed_ns: Rows


class Index:
    """One folder through one model at one size. A connection belongs to the thread that made it."""

    def __init__(self, folder: Path, info: BundleInfo, side: int | None = None, root: Path | None = None) -> None:
        """Opens the index, or makes an empty one.

        Args:
            folder: Whose pictures these are.
            info: The model.
            side: For a model of free size: encode at `side` x `side` pixels.
            root: Where indexes are kept; the user's data folder by default.

        Raises:
            InspectionError: There is no such folder, the size does not fit, or the index is broken or of another kind.
        """
        if not folder.is_dir():
            raise InspectionError("{source} is not a folder.", source=folder)
        self.folder = folder.resolve()
        self.size = picture_size(info, side)
        self.shape = latent_shape(info, self.size)
        self.about = {
            "format": FORMAT,
            "folder": _printable(str(self.folder)),
            "model": model_key(info),
            "size": f"{self.size.height}x{self.size.width}",
            "latent": "x".join(map(str, self.shape)),
        }
        told = [*self.about.values()]
        told[1] = str(self.folder)
        key = hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        self.place = (root or data_folder()) / "indexes" / key
        is_new = not self.place.exists()
        with self.told():
            self.place.mkdir(parents=True, exist_ok=True)
            self.database = sqlite3.connect(self.place / "index.sqlite", timeout=BUSY_S)
            try:
                self._prepare()
            except BaseException:
                self.database.close()
                if is_new:
                    shutil.rmtree(self.place, ignore_errors=True)
                raise

    def close(self) -> None:
        """Lets go of the files."""
        self.database.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, under: Path | None = None) -> Rows:
        """The rows of readable pictures in the order of their paths; `under` a sub-folder alone.

        Raises:
            InspectionError: The index is broken, or `under` is not within the folder.
        """
        with self.told():
            found = self.database.execute(
                "SELECT row, path FROM pictures WHERE problem IS NULL ORDER BY path"
            ).fetchall()
        if under is not None and under.resolve() != self.folder:
            inside = self._inside(under)
            if inside is None:
                raise InspectionError("{under} is not within {folder}.", under=under, folder=self.folder)
            found = [(row, name) for row, name in found if _name(name).startswith(f"{inside}/")]
        return np.array([row for row, _ in found], np.int64)

    def stored(self, rows: Rows) -> dict[str, Floats]:
        """The scores kept for each row, by name: float32 `[N]`."""
        with self.told():
            found = self.database.execute(
                f"SELECT row, {', '.join(STORED)} FROM pictures WHERE problem IS NULL ORDER BY row"
            ).fetchall()
        table = np.array(found, np.float64).reshape(-1, 1 + len(STORED))
        chosen = table[np.searchsorted(table[:, 0], rows)]
        return {name: chosen[:, column].astype(np.float32) for column, name in enumerate(STORED, start=1)}

    def codes(self, rows: Rows | None = None) -> Floats:
        """Codes of some rows `[N, ...latent]`, copied; or, without rows, all of the file, memory-mapped."""
        path, numbers = self.place / "codes.f32", int(np.prod(self.shape))
        length = path.stat().st_size // (4 * numbers) if path.exists() else 0
        if rows is not None and len(rows) and int(rows.max()) >= length:
            raise self._broken("codes.f32 is shorter than the index says")
        if length == 0:
            return np.empty((0, *self.shape), np.float32)
        mapped = np.memmap(path, np.float32, "r", shape=(length, *self.shape))
        if rows is None:
            return mapped
        return np.asarray(mapped[rows])

    def path(self, row: int) -> Path:
        """Where the picture of a row is.

        Raises:
            InspectionError: There is no such row.
        """
        with self.told():
            found = self.database.execute("SELECT path FROM pictures WHERE row = ?", (row,)).fetchone()
        if found is None:
            raise InspectionError("this picture is no longer in the index; index the folder again.")
        return self.folder / _name(found[0])

    def paths(self, rows: Rows) -> list[Path]:
        """Where the pictures of some rows are."""
        with self.told():
            names = dict(self.database.execute("SELECT row, path FROM pictures").fetchall())
        return [self.folder / _name(names[row]) for row in rows.tolist()]

    def files(self, rows: Rows) -> Files:
        """The files of some rows, as they were when they were encoded."""
        with self.told():
            found = {
                row: facts for row, *facts in self.database.execute("SELECT row, path, bytes, changed_ns FROM pictures")
            }
        chosen = [found[row] for row in rows.tolist()]
        paths = [f"{self.folder.as_posix()}/{_name(name)}" for name, _, _ in chosen]
        numbers = np.array([facts[1:] for facts in chosen], np.int64).reshape(-1, 2)
        return Files(np.array(paths, np.str_), numbers[:, 0], numbers[:, 1])

    def thumbnail(self, row: int) -> bytes | None:
        """A small JPEG of the picture as the model sees it."""
        with self.told():
            found = self.database.execute("SELECT jpeg FROM thumbnails WHERE row = ?", (row,)).fetchone()
        return None if found is None else bytes(found[0])

    def problems(self) -> list[tuple[str, str]]:
        """Files that could not be read, and why."""
        with self.told():
            found = self.database.execute(
                "SELECT path, problem FROM pictures WHERE problem IS NOT NULL ORDER BY path"
            ).fetchall()
        return [(_name(name), problem) for name, problem in found]

    def known(self) -> dict[str, tuple[int, int, int]]:
        """The row, bytes and time of change of every picture file, by its path within the folder."""
        with self.told():
            found = self.database.execute("SELECT row, path, bytes, changed_ns FROM pictures").fetchall()
        return {_name(name): (row, size, changed) for row, name, size, changed in found}

    def forget(self, rows: Sequence[int]) -> None:
        """Takes rows out of the index. The pictures' files are not touched."""
        with self.told(), self.database:
            for table in ("pictures", "thumbnails"):
                self.database.executemany(f"DELETE FROM {table} WHERE row = ?", [(row,) for row in rows])

    def write_lines(self, lines: Sequence[Line], thumbnails: Sequence[tuple[int, bytes]]) -> None:
        """Puts pictures, each with its row, and thumbnails into the index, all or none."""
        stored = [(line[0], _stored(line[1]), *line[2:7], _printable(line[7])) for line in lines]
        with self.told(), self.database:
            self.database.executemany("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?)", stored)
            self.database.executemany("INSERT OR REPLACE INTO thumbnails VALUES (?, ?)", thumbnails)

    def is_elsewhere(self) -> bool:
        """Whether the folder is another than the one that was listed last, as where its disk is not connected."""
        with self.told():
            found = self.database.execute("SELECT value FROM identity").fetchone()
        return found is None or found[0] != _identity(self.folder)

    def note_identity(self) -> None:
        """Keeps which folder was listed."""
        with self.told(), self.database:
            self.database.execute("INSERT OR REPLACE INTO identity VALUES (0, ?)", (_identity(self.folder),))

    def _inside(self, path: Path) -> str | None:
        """Where a path is within the folder, by its own way or by that of what it links to; None where it is not."""
        for each in (Path(os.path.abspath(path)), path.resolve()):  # noqa: PTH100 (links stay)
            if each != self.folder and each.is_relative_to(self.folder):
                return each.relative_to(self.folder).as_posix()
        return None

    def write_codes(self, rows: Sequence[int], codes: Floats) -> None:
        """Puts codes `[N, ...latent]` into their rows; the file grows as needed.

        Nothing is written through a memory map: where the disk is full, that ends the program and not the write.
        """
        path, length = self.place / "codes.f32", int(np.prod(self.shape)) * 4
        needed = (max(rows) // GROWTH + 1) * GROWTH * length
        with self.told(), open(path, "r+b" if path.exists() else "x+b", buffering=0) as file:  # noqa: PTH123
            reserve(file.fileno(), needed)
            for row, code in zip(rows, np.ascontiguousarray(codes, np.float32)):
                file.seek(row * length)
                content = memoryview(code.tobytes())
                while content:
                    content = content[file.write(content) :]

    def _prepare(self) -> None:
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.executescript(_TABLES)
        known = dict(self.database.execute("SELECT name, value FROM about").fetchall())
        if known and known != self.about:
            raise self._broken("it belongs to another folder or model")
        with self.database:
            self.database.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", self.about.items())

    def _broken(self, why: str) -> InspectionError:
        return InspectionError(
            "the index in {place} cannot be used ({why}); delete that folder and index again.",
            place=self.place,
            why=why,
        )

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Says what the disk or SQLite refused in one sentence."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "full" in str(error) or "disk I/O" in str(error):
                raise InspectionError(
                    "{target} cannot be written ({strerror}).", target=self.place, strerror=FULL
                ) from error
            if "locked" in str(error):
                raise InspectionError("another program is writing this index; wait for it, or close it.") from error
            raise self._broken(str(error)) from error
        except sqlite3.DatabaseError as error:
            raise self._broken(str(error)) from error
        except OSError as error:
            raise InspectionError(
                "{target} cannot be written ({strerror}).", target=self.place, strerror=error.strerror or error
            ) from error


def latent_shape(info: BundleInfo, size: SizeRule) -> tuple[int, ...]:
    """The shape of the code of one picture of a fixed size."""
    if info.latent.kind == "vector" or info.size.kind == "fixed":
        return info.latent.shape
    channels, height, width = info.latent.shape
    return channels, height * size.height // info.size.height, width * size.width // info.size.width


def reserve(descriptor: int, length: int) -> None:
    """Makes a file that long, with room on the disk for all of it where the system can promise that.

    Raises:
        OSError: There is no room; the file is as long as it was.
    """
    before = os.fstat(descriptor).st_size
    if before >= length:
        return
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, before, length - before)
        except OSError as error:
            os.ftruncate(descriptor, before)
            if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS):
                raise
        else:
            return
    os.ftruncate(descriptor, length)


def _stored(name: str) -> str | bytes:
    """A path as SQLite can keep it: as text or, where its bytes are no UTF-8, as these."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def _name(stored: str | bytes) -> str:
    """The path that `_stored` made ready."""
    return os.fsdecode(stored) if isinstance(stored, bytes) else stored


@overload
def _printable(text: str) -> str: ...
@overload
def _printable(text: None) -> None: ...
def _printable(text: str | None) -> str | None:
    """A text without half characters, as bytes of a name that are no UTF-8 become."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()


def _identity(folder: Path) -> str:
    """Which folder stands at a place: another one after its disk was taken away, the same one after it came back."""
    try:
        facts = folder.stat()
    except OSError:
        return ""
    return f"{facts.st_dev}:{facts.st_ino}"
