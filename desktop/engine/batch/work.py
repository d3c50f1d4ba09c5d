"""What a batch does with one picture: read it, and after the model had it, write what was asked for."""

from __future__ import annotations

import dataclasses
import io
import threading
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from desktop.engine import measures, model_input, picture_writer, pictures
from desktop.engine.autoencoder import Latents
from desktop.engine.batch.journal import Record, Score
from desktop.engine.batch.plan import SCORES_FILE, BatchJob, Item
from desktop.engine.disk.cells import csv_bytes, path_cell
from desktop.engine.disk.file_writer import make_folder, write_file
from desktop.engine.errors import ModelError, PictureError
from desktop.engine.framing import Box, Frame
from desktop.engine.pictures import Picture, Pixels
from export.bundle import SizeRule

COLUMNS = ("file", "width", "height", "mse", "psnr_db", "ssim")
BYTES_FOR_PIXEL = 12  # the picture, what the model sees of it, what it gives, and what is put back


class Budget:
    """Memory that pictures in flight may take together; a picture that is larger than all of it goes alone."""

    def __init__(self, size_bytes: int) -> None:
        """All of it is free."""
        self._size, self._taken = size_bytes, 0
        self._changed = threading.Condition()

    def take(self, wanted: int) -> int:
        """Waits until so much is free, and gives how much was taken."""
        wanted = min(wanted, self._size)
        with self._changed:
            self._changed.wait_for(lambda: self._taken + wanted <= self._size)
            self._taken += wanted
        return wanted

    def give_back(self, taken: int) -> None:
        """Frees what was taken."""
        with self._changed:
            self._taken -= taken
            self._changed.notify_all()


@dataclasses.dataclass(frozen=True, eq=False)
class Loaded:
    """A picture that is ready for the model: `prepared` is uint8 `[H, W, 3]`; `taken` of the budget is its own.

    The whole picture is there where its reconstruction is asked for; `frames` is how many the file holds.
    """

    item: Item
    picture: Picture | None
    frame: Frame
    prepared: Pixels
    size_bytes: int
    mtime_ns: int
    taken: int
    frames: int

    @property
    def is_part(self) -> bool:
        """Whether the model sees a part alone of the picture that is to be reconstructed."""
        if self.picture is None:
            return False
        height, width, _ = self.picture.pixels.shape
        return self.frame.seen != Box(0, 0, width, height)


def load(job: BatchJob, item: Item, rule: SizeRule, budget: Budget) -> Loaded:
    """Reads a picture, once there is room for it.

    Raises:
        PictureError: It is broken or too large.
    """
    path = job.source / item.picture
    taken = 0

    def reserve(pixels: int) -> None:
        nonlocal taken
        taken = budget.take(pixels * BYTES_FOR_PIXEL)

    try:
        facts = path.stat()
        if "reconstruction" in job.outputs:  # at the picture's own size, and with its transparency
            picture = pictures.read(path, reserve, job.frame)
            frame, prepared = model_input.prepare(picture, rule, job.fit)
        else:
            picture, (frame, prepared) = None, model_input.read_prepared(path, rule, job.fit, reserve, job.frame)
        known = picture.facts if picture is not None else None
        frames = known.frames if known is not None else pictures.count_frames(path)
        return Loaded(item, picture, frame, prepared, facts.st_size, facts.st_mtime_ns, taken, frames)
    except OSError as error:
        budget.give_back(taken)
        raise PictureError(
            "{path} cannot be read ({strerror}).", path=path, strerror=error.strerror or error
        ) from error
    except BaseException:
        budget.give_back(taken)
        raise


@dataclasses.dataclass(frozen=True, eq=False)
class Reconstruction:
    """What the model made of a picture: its code, the reconstruction, and what refining brought in dB, if it was."""

    code: Latents
    output: Pixels
    gained_db: float | None = None


def write(job: BatchJob, loaded: Loaded, reconstruction: Reconstruction) -> Record:
    """Writes what was asked for of one picture, each file beside its place and renamed there.

    Raises:
        ModelError: The model gave one flat colour for a picture that is none.
        PictureError: The disk refused.
    """
    original, result = loaded.frame.visible(loaded.prepared), loaded.frame.visible(reconstruction.output)
    if measures.is_flat(result) and not measures.is_flat(original):
        raise ModelError("{name} gave one flat colour for {picture}.", name=job.entry.name, picture=loaded.item.picture)
    written = 0
    for kind, relative in loaded.item.files.items():
        path = job.target / relative
        make_folder(path.parent, PictureError)
        if kind == "reconstruction":
            assert loaded.picture is not None
            alpha = loaded.picture.alpha
            seen = None if alpha is None else np.ascontiguousarray(loaded.frame.seen.cut(alpha))
            pixels = loaded.frame.at_own_size(result)
            written += job.encoding.write(path, pixels, seen, loaded.picture.profile)
        elif kind == "difference":
            picture_writer.save_png(path, measures.difference_levels(original, result))
        else:
            _write_latent(path, reconstruction.code)
    score = _score(original, result) if "score" in job.outputs else None
    name, is_part = loaded.item.picture.as_posix(), loaded.is_part
    gained_db, frames = reconstruction.gained_db, loaded.frames
    return Record(name, loaded.size_bytes, loaded.mtime_ns, score, gained_db, is_part, frames, written)


def write_scores(job: BatchJob, records: Iterable[Record]) -> None:
    """Writes `scores.csv`, a line for each picture in order of their paths; `refined_db` is what refining brought.

    Raises:
        PictureError: The disk refused.
    """
    write_file(job.target / SCORES_FILE, score_table(job, records), PictureError)


def score_table(job: BatchJob, records: Iterable[Record]) -> bytes:
    """What `scores.csv` holds, as UTF-8 but for the bytes of names that are none."""
    rows: list[list[object]] = [[*COLUMNS, "refined_db"] if job.refine else [*COLUMNS]]
    for record in sorted(records, key=lambda record: Path(record.picture).parts):
        if record.score is not None:
            score = record.score
            ssim = "" if score.ssim is None else f"{score.ssim:.6f}"
            row: list[object] = [
                path_cell(Path(record.picture)),
                score.width,
                score.height,
                f"{score.mse:.4f}",
                f"{score.psnr_db:.4f}",
                ssim,
            ]
            rows.append([*row, f"{record.gained_db or 0:.4f}"] if job.refine else row)
    return csv_bytes(rows)


def _score(original: Pixels, result: Pixels) -> Score:
    error = measures.error(original, result)
    height, width, _ = original.shape
    return Score(width, height, error.mean_squared, error.psnr_db, measures.ssim(original, result))


def _write_latent(path: Path, code: Latents) -> None:
    content = io.BytesIO()
    np.savez(content, latent=code)
    write_file(path, content.getvalue(), PictureError)
