"""Brings an index up to date with its folder. Stopped half-way, it goes on where it was."""

from __future__ import annotations

import dataclasses
import io
import itertools
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from desktop.engine import model_input, pictures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError, PictureError
from desktop.engine.folder.index import Index, Line
from desktop.engine.folder.maps import residual_scores
from desktop.engine.picture_files import list_pictures
from desktop.engine.pictures import Pixels
from desktop.engine.watch import Progress, Stopped, never, silent
from export.bundle import SizeRule

THUMBNAIL_SIDE = 96
THUMBNAIL_QUALITY = 85
BATCH = 16
LARGEST_BATCH_PIXELS = 4 << 20
READERS = 4  # threads


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


@dataclasses.dataclass(frozen=True)
class _File:
    """A picture file: its path within the folder, what tells whether it changed, and the row to write it to."""

    name: str
    bytes: int
    changed_ns: int
    row: int


def update(
    index: Index,
    model: Autoencoder,
    progress: Progress = silent,
    stopped: Stopped = never,
) -> Update:
    """Encodes what is new or changed, and forgets what is gone. Each batch is on the disk before the next begins.

    Nothing is forgotten where a folder cannot be listed, as its pictures may be there all the same.

    Raises:
        InspectionError: The index cannot be written, or every picture is gone since the folder is another than before:
            its disk may not be there.
        ModelError: The model does not run.
    """
    listing = list_pictures(index.folder, without_masks=True)
    found = {each.path.as_posix(): (each.size_bytes, each.changed_ns) for each in listing.pictures}
    known = index.known()
    gone = known.keys() - found.keys()
    if known and len(gone) == len(known) and index.is_elsewhere():
        raise InspectionError(
            "none of the {count:,} indexed pictures is in {folder} any more, which is not the "
            "folder that it was: its disk may not be connected. The index was left as it is; "
            "to begin anew, delete {place}.",
            count=len(known),
            folder=index.folder,
            place=index.place,
        )
    if listing.is_whole:
        index.forget([known[name][0] for name in gone])
        index.note_identity()
    kept = {} if listing.is_whole else {name: known[name] for name in gone}
    free = _free_rows({row for name, (row, *_) in known.items() if name in found or name in kept})
    todo = [
        _File(name, *facts, known[name][0] if name in known else next(free))
        for name, facts in found.items()
        if known.get(name, ())[1:] != facts
    ]
    done = added = changed = several = 0
    for batch in _read_ahead(index, todo, stopped):
        _store(index, model, batch)
        done += len(batch)
        several += sum(_is_of_several(index.folder / file.name) for file, pixels, _ in batch if pixels is not None)
        readable = [file.name in known for file, pixels, _ in batch if pixels is not None]
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


def read_fitted(path: Path, size: SizeRule) -> Pixels:
    """A picture file as the index's model sees it.

    Raises:
        PictureError: It cannot be read.
    """
    return model_input.read_prepared(path, size)[1]


def _is_of_several(path: Path) -> bool:
    try:
        return pictures.count_frames(path) > 1
    except PictureError:
        return False  # gone since it was read


def batch_length(size: SizeRule) -> int:
    """How many pictures of that size to run at once."""
    return max(1, min(BATCH, LARGEST_BATCH_PIXELS // (size.height * size.width)))


def _free_rows(taken: set[int]) -> Iterator[int]:
    return (row for row in itertools.count() if row not in taken)


_Reading = tuple[_File, Pixels | None, str]


def _read_ahead(index: Index, todo: list[_File], stopped: Stopped) -> Iterator[list[_Reading]]:
    """Batches of pictures, read by threads while the batch before is encoded."""
    step = batch_length(index.size)
    batches = [todo[start : start + step] for start in range(0, len(todo), step)]
    with ThreadPoolExecutor(READERS) as pool:
        waiting: list[list[Future[_Reading]]] = []
        for batch in [*batches, []]:
            if stopped():
                break
            waiting.append([pool.submit(_read, index.folder, file, index.size) for file in batch])
            if len(waiting) > 1 and waiting[0]:
                yield [future.result() for future in waiting.pop(0)]
        for rest in waiting:
            for future in rest:
                future.cancel()


def _read(folder: Path, file: _File, size: SizeRule) -> _Reading:
    try:
        return file, read_fitted(folder / file.name, size), ""
    except PictureError as error:
        return file, None, str(error)


def _store(index: Index, model: Autoencoder, batch: list[_Reading]) -> None:
    """Encodes a batch and writes it: codes first, so that what the database has is always there."""
    good = [(file, pixels) for file, pixels, _ in batch if pixels is not None]
    scores = np.empty((0, 3), np.float32)
    if good:
        originals = np.stack([pixels for _, pixels in good])
        codes = model.encode(originals)
        scores = residual_scores(originals, model.decode(codes))
        index.write_codes([file.row for file, _ in good], codes)
    lines: list[Line] = [
        (file.row, file.name, file.bytes, file.changed_ns, error, structure, scale, None)
        for (file, _), (error, structure, scale) in zip(good, scores.tolist())
    ]
    lines += [
        (file.row, file.name, file.bytes, file.changed_ns, None, None, None, problem)
        for file, pixels, problem in batch
        if pixels is None
    ]
    index.write_lines(lines, [(file.row, _thumbnail(pixels)) for file, pixels in good])


def _thumbnail(pixels: Pixels) -> bytes:
    image = Image.fromarray(pixels)
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    content = io.BytesIO()
    image.save(content, "JPEG", quality=THUMBNAIL_QUALITY)
    return content.getvalue()
