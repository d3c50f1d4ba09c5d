"""What to train on and what to hold out: uint8 pictures of one size, memory-mapped."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trainer.config import TrainConfig
from trainer.data import characters
from trainer.data.cache import cached
from trainer.data.pictures import Pictures
from trainer.data.reading import SUFFIXES, UnreadablePictureError, read_picture
from trainer.errors import DataError

PIXELS_FILE, NAMES_FILE, SKIPPED_FILE, FACTORS_FILE = "pixels.npy", "names.csv", "skipped.csv", "factors.csv"
CACHE_VERSION = 2

Progress = Callable[[str, int, int], None]
"""Told what is being prepared, how many pictures are done, and of how many."""


@dataclass(frozen=True)
class Data:
    """Pictures to train on, pictures held out, and what is known of them."""

    train: Pictures
    holdout: Pictures
    source: str
    """What the pictures are, for people."""
    skipped: tuple[tuple[str, str], ...]
    """Files that were not usable, and why."""
    factors: dict[str, list[str]] | None
    """For each factor its value in every picture, in the order of `pixels`; None where there are no labels."""


def open_data(config: TrainConfig, progress: Progress) -> Data:
    """The pictures that the options ask for, prepared once and kept in the user's cache.

    Raises:
        DataError: No folder, fewer than two usable pictures, or no room for the cache.
    """
    if config.data is None:
        return _open_characters(config, progress)
    return _open_folder(config.data, config, progress)


def _open_characters(config: TrainConfig, progress: Progress) -> Data:
    count, size, seed = config.characters, config.size, 0  # one set for all runs, whatever their seed

    def build(folder: Path) -> None:
        pixels = _create(folder / PIXELS_FILE, count, size)
        labels = characters.draw_all(
            pixels, seed, os.cpu_count() or 1, lambda done, of: progress("Drawing characters", done, of)
        )
        with (folder / FACTORS_FILE).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(labels[0]))
            writer.writeheader()
            writer.writerows(labels)

    folder = cached(f"characters-{characters.DRAWING_VERSION}-{count}x{size}", build)
    pixels = np.load(folder / PIXELS_FILE, mmap_mode="r")
    with (folder / FACTORS_FILE).open(newline="", encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    factors = {name: [record[name] for record in records] for name in records[0]}
    held = max(1, round(count * config.holdout))
    rows = np.arange(count)
    source = f"built-in characters ({count:,} of {size}x{size} pixels). {characters.attribution()}"
    return Data(Pictures(pixels, rows[:-held]), Pictures(pixels, rows[-held:]), source, (), factors)


def _open_folder(root: Path, config: TrainConfig, progress: Progress) -> Data:
    if not root.is_dir():
        raise DataError(f"There is no folder {root}; --data takes a folder of pictures.")
    files = find_pictures(root)
    if not files:
        raise DataError(f"{root} holds no pictures ({', '.join(sorted(SUFFIXES))}); choose another folder with --data.")
    folder = cached(
        f"folder-{_fingerprint(root, files, config.size)}",
        lambda scratch: _prepare_folder(scratch, root, files, config.size, progress),
    )
    names = [row[0] for row in _read_rows(folder / NAMES_FILE)]
    skipped = tuple((row[0], row[1]) for row in _read_rows(folder / SKIPPED_FILE))
    if len(names) < 2:
        reason = f" ({skipped[0][0]}: {skipped[0][1]})" if skipped else ""
        raise DataError(
            f"{root} has {len(names)} usable and {len(skipped)} unusable pictures{reason}; at least 2 are needed."
        )
    pixels = np.load(folder / PIXELS_FILE, mmap_mode="r")
    train, holdout = _split(names, config.holdout)
    source = f"{len(names):,} pictures in {root.name}"
    return Data(Pictures(pixels, train), Pictures(pixels, holdout), source, skipped, None)


def find_pictures(root: Path) -> list[Path]:
    """Every picture file below a folder, by its name's ending, in a fixed order; hidden folders are left out."""
    found = []
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        found += [Path(folder, name) for name in sorted(names) if Path(name).suffix.lower() in SUFFIXES]
    return found


def _prepare_folder(scratch: Path, root: Path, files: list[Path], size: int, progress: Progress) -> None:
    """Decodes every picture on several threads and writes pixels, names and what was skipped."""
    pixels = _create(scratch / PIXELS_FILE, len(files), size)
    names: list[tuple[str, ...]] = []
    skipped: list[tuple[str, ...]] = []

    def read(path: Path) -> NDArray[np.uint8] | str:
        try:
            return read_picture(path, size)
        except UnreadablePictureError as error:
            return str(error)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, (path, result) in enumerate(zip(files, pool.map(read, files)), start=1):
            name = path.relative_to(root).as_posix()
            if isinstance(result, str):
                skipped.append((name, result))
            else:
                pixels[len(names)] = result
                names.append((name,))
            progress("Reading pictures", done, len(files))
    _write_rows(scratch / NAMES_FILE, names)
    _write_rows(scratch / SKIPPED_FILE, skipped)


def _split(names: list[str], holdout: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows to train on and rows held out.

    Folders `train` and `test` decide where there are both. Otherwise the hashes of the names do: as good as a random
    choice, and the same on every machine and for every seed.
    """
    top = [name.split("/")[0] if "/" in name else "" for name in names]
    if {"train", "test"} <= set(top):
        held = {row for row, folder in enumerate(top) if folder == "test"}
        kept = [row for row, folder in enumerate(top) if folder == "train"]
    else:
        order = sorted(range(len(names)), key=lambda row: hashlib.sha256(names[row].encode()).digest())
        held = set(order[: max(1, round(len(names) * holdout))])
        kept = [row for row in range(len(names)) if row not in held]
    return np.array(kept, dtype=np.int64), np.array(sorted(held), dtype=np.int64)


def _fingerprint(root: Path, files: list[Path], size: int) -> str:
    """Changes when a file comes, goes or changes, or another size is asked for."""
    digest = hashlib.sha256(f"{CACHE_VERSION} {size} {root.resolve()}".encode())
    for path in files:
        status = path.stat()
        digest.update(f"\0{path.relative_to(root)}\0{status.st_size}\0{status.st_mtime_ns}".encode())
    return digest.hexdigest()[:24]


def _create(path: Path, count: int, size: int) -> NDArray[np.uint8]:
    return np.lib.format.open_memmap(path, mode="w+", dtype=np.uint8, shape=(count, size, size, 3))


def _write_rows(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def _read_rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))
