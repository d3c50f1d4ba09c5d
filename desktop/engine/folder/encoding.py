"""Pictures encoded for an index: read by threads, a batch at a time through the model."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.engine import model_input, pictures
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import PictureError
from desktop.engine.folder.maps import residual_scores
from desktop.engine.pictures import Pixels
from desktop.engine.watch import Stopped
from export.bundle import SizeRule

THUMBNAIL_SIDE = 96
THUMBNAIL_QUALITY = 85
BATCH = 16
LARGEST_BATCH_PIXELS = 4 << 20
READERS = 4  # threads


@dataclasses.dataclass(frozen=True)
class PictureRow:
    """A picture file: its path within the folder, what tells whether it changed, and the row to write it to."""

    name: str
    bytes: int
    changed_ns: int
    row: int


@dataclasses.dataclass(frozen=True, eq=False)
class Encoded:
    """What came of one picture.

    Attributes:
        file: Which one.
        code: float32 `[...latent]`; None where it could not be read.
        scores: `error`, `structure` and `scales` (see `desktop.engine.folder.maps`).
        thumbnail: A small JPEG of the picture as the model sees it.
        problem: Why it could not be read; else empty.
        is_several: Whether the file holds several pictures, of which the first was taken.
    """

    file: PictureRow
    code: NDArray[np.float32] | None = None
    scores: tuple[float, float, float] = (0.0, 0.0, 0.0)
    thumbnail: bytes = b""
    problem: str = ""
    is_several: bool = False


Encoder = Callable[[Sequence[PictureRow], Stopped], Iterator[list[Encoded]]]
"""Encodes pictures, and gives them in lists as they are done."""


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


def encode_here(folder: Path, size: SizeRule, model: Autoencoder) -> Encoder:
    """An encoder that uses this machine: pictures are read by threads while the batch before is in the model."""

    def encode(todo: Sequence[PictureRow], stopped: Stopped) -> Iterator[list[Encoded]]:
        for batch in _read_ahead(folder, size, todo, stopped):
            yield encode_batch(model, folder, batch)

    return encode


Reading = tuple[PictureRow, Pixels | None, str]


def read_row(folder: Path, file: PictureRow, size: SizeRule) -> Reading:
    """A picture as the model sees it; None and the reason where it cannot be read."""
    try:
        return file, read_fitted(folder / file.name, size), ""
    except PictureError as error:
        return file, None, str(error)


def encode_batch(model: Autoencoder, folder: Path, batch: Sequence[Reading]) -> list[Encoded]:
    """The codes of pictures that were read, with their scores and thumbnails.

    Raises:
        ModelError: The model does not run.
    """
    good = [(file, pixels) for file, pixels, _ in batch if pixels is not None]
    found = [Encoded(file, problem=problem) for file, pixels, problem in batch if pixels is None]
    if good:
        originals = np.stack([pixels for _, pixels in good])
        codes = model.encode(originals)
        table = residual_scores(originals, model.decode(codes)).tolist()
        found += [
            Encoded(file, code, (error, structure, scale), _thumbnail(pixels), "", _is_of_several(folder / file.name))
            for (file, pixels), code, (error, structure, scale) in zip(good, codes, table)
        ]
    return found


def _read_ahead(folder: Path, size: SizeRule, todo: Sequence[PictureRow], stopped: Stopped) -> Iterator[list[Reading]]:
    """Batches of pictures, read by threads while the batch before is encoded."""
    step = batch_length(size)
    batches = [todo[start : start + step] for start in range(0, len(todo), step)]
    with ThreadPoolExecutor(READERS) as pool:
        waiting: list[list[Future[Reading]]] = []
        for batch in [*batches, []]:
            if stopped():
                break
            waiting.append([pool.submit(read_row, folder, file, size) for file in batch])
            if len(waiting) > 1 and waiting[0]:
                yield [future.result() for future in waiting.pop(0)]
        for rest in waiting:
            for future in rest:
                future.cancel()


def _thumbnail(pixels: Pixels) -> bytes:
    image = Image.fromarray(pixels)
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    content = io.BytesIO()
    image.save(content, "JPEG", quality=THUMBNAIL_QUALITY)
    return content.getvalue()
