"""A folder's pictures as a model sees them: codes, scores and thumbnails, kept in the user's data folder.

    index.sqlite   one row for each picture file, and its thumbnail
    codes.f32      float32 codes, row after row, memory-mapped

A row's number is its place in both. Nothing here is ever all in memory but the row numbers and their scores.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from desktop.engine.errors import InspectionError
from desktop.engine.folder import code_file, stored_names
from desktop.engine.folder.maps import STORED
from desktop.engine.folder.sizes import latent_shape, picture_size
from desktop.engine.gaussian import Floats
from export.bundle import BundleInfo

FORMAT = "1"
CODES_FILE = "codes.f32"
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
            "folder": stored_names.printable(str(self.folder)),
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
        inside = None
        if under is not None and under.resolve() != self.folder:
            inside = self._inside(under)
            if inside is None:
                raise InspectionError("{under} is not within {folder}.", under=under, folder=self.folder)
        with self.told():  # row by row, as there may be millions
            found = self.database.execute("SELECT row, path FROM pictures WHERE problem IS NULL ORDER BY path")
            start = None if inside is None else f"{inside}/"
            chosen = (row for row, name in found if start is None or stored_names.name_of(name).startswith(start))
            return np.fromiter(chosen, np.int64)

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
        mapped = code_file.mapped(self.place / CODES_FILE, self.shape)
        if rows is None:
            return mapped
        if len(rows) and int(rows.max()) >= len(mapped):
            raise self._broken(f"{CODES_FILE} is shorter than the index says")
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
        return self.folder / stored_names.name_of(found[0])

    def paths(self, rows: Rows) -> list[Path]:
        """Where the pictures of some rows are."""
        with self.told():
            names = dict(self.database.execute("SELECT row, path FROM pictures").fetchall())
        return [self.folder / stored_names.name_of(names[row]) for row in rows.tolist()]

    def files(self, rows: Rows) -> Files:
        """The files of some rows, as they were when they were encoded."""
        with self.told():
            found = {
                row: facts for row, *facts in self.database.execute("SELECT row, path, bytes, changed_ns FROM pictures")
            }
        chosen = [found[row] for row in rows.tolist()]
        paths = [f"{self.folder.as_posix()}/{stored_names.name_of(name)}" for name, _, _ in chosen]
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
        return [(stored_names.name_of(name), problem) for name, problem in found]

    def known(self) -> dict[str, tuple[int, int, int]]:
        """The row, bytes and time of change of every picture file, by its path within the folder."""
        with self.told():
            found = self.database.execute("SELECT row, path, bytes, changed_ns FROM pictures").fetchall()
        return {stored_names.name_of(name): (row, size, changed) for row, name, size, changed in found}

    def forget(self, rows: Sequence[int]) -> None:
        """Takes rows out of the index. The pictures' files are not touched."""
        with self.told(), self.database:
            for table in ("pictures", "thumbnails"):
                self.database.executemany(f"DELETE FROM {table} WHERE row = ?", [(row,) for row in rows])

    def write_lines(self, lines: Sequence[Line], thumbnails: Sequence[tuple[int, bytes]]) -> None:
        """Puts pictures, each with its row, and thumbnails into the index, all or none."""
        stored, printable = stored_names.stored, stored_names.printable
        kept = [(line[0], stored(line[1]), *line[2:7], printable(line[7])) for line in lines]
        with self.told(), self.database:
            self.database.executemany("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?)", kept)
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
        """Puts codes `[N, ...latent]` into their rows; the file grows as needed."""
        with self.told():
            code_file.write(self.place / CODES_FILE, rows, codes)

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


def _identity(folder: Path) -> str:
    """Which folder stands at a place: another one after its disk was taken away, the same one after it came back."""
    try:
        facts = folder.stat()
    except OSError:
        return ""
    return f"{facts.st_dev}:{facts.st_ino}"
