"""The pictures of a morph, read and encoded while nothing else is to do."""

from __future__ import annotations

import dataclasses
import functools
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps
from PySide6.QtCore import QObject, Signal

from desktop.engine import pictures
from desktop.engine.autoencoder import Latents
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.rendering import encode
from desktop.engine.session_file import NamedCode
from desktop.i18n import told
from desktop.picture.filmstrips import decoded_thumbnail
from desktop.widgets.key_row import SIDE
from desktop.worker import Spare


@dataclasses.dataclass(frozen=True, eq=False)
class Key:
    """One picture of a morph: its name, its code, and a small picture of what it decodes to."""

    name: str
    code: Latents
    thumbnail: Pixels


Like = Callable[[], tuple[int, ...] | None]
KeySource = Path | Picture | NamedCode  # a file, a picture in memory, or a code that was kept


class KeyReader(QObject):
    """Reads one picture after another.

    Signals:
        read(key): A picture is encoded.
        refused(text): One cannot be, and why; the others go on.
    """

    read = Signal(object)
    refused = Signal(str)

    def __init__(self, spare: Spare, like: Like = lambda: None, parent: QObject | None = None) -> None:
        """Nothing to read; `like` gives the shape of the code that every other one is to have, None for any."""
        super().__init__(parent)
        self._spare, self._like = spare, like
        self._waiting: deque[tuple[LoadedModel, KeySource]] = deque()
        self._current: tuple[LoadedModel, KeySource] | None = None

    @property
    def waiting_codes(self) -> list[NamedCode]:
        """The codes among those that are to be read."""
        waiting = [source for _, source in ([self._current] if self._current else []) + list(self._waiting)]
        return [source for source in waiting if isinstance(source, NamedCode)]

    def add(self, model: LoadedModel, sources: Sequence[KeySource]) -> None:
        """Pictures to read, after those that wait."""
        self._waiting += [(model, source) for source in sources]
        if self._current is None:
            self._next()

    def forget(self) -> None:
        """Reads none of those that wait, and tells nothing of the one that is being read."""
        self._waiting.clear()
        self._current = None

    def _next(self) -> None:
        self._current = self._waiting.popleft() if self._waiting else None
        if self._current is not None:
            job, of = functools.partial(read_key, *self._current, self._like()), self._current
            self._spare(job, functools.partial(self._take, of), functools.partial(self._refuse, of))

    def _take(self, of: tuple[LoadedModel, KeySource], key: Key) -> None:
        if of is self._current:
            self._current = None
            self.read.emit(key)
            self._go_on()

    def _refuse(self, of: tuple[LoadedModel, KeySource], error: Exception) -> None:
        if of is self._current:
            self._current = None
            self.refused.emit(told(error))
            self._go_on()

    def _go_on(self) -> None:
        """Unless whoever was told has begun something new."""
        if self._current is None:
            self._next()


def read_key(model: LoadedModel, source: KeySource, like: tuple[int, ...] | None = None) -> Key:
    """One picture read, encoded and decoded; a code is decoded alone.

    Args:
        model: What encodes it.
        source: A file, a picture, or a code.
        like: The shape that its code is to have; a picture of another size is fitted to that size first.

    Raises:
        ModelError: The model does not run.
        PictureError: The picture cannot be read.
    """
    if isinstance(source, NamedCode):
        if like is None or source.code.shape == like:
            return Key(source.name, source.code, decoded_thumbnail(model, source.code, 2 * SIDE))
        source = Picture(source.name, model.tiler.decode(source.code))
    if like is not None and len(like) == 3:
        picture = pictures.read(source) if isinstance(source, Path) else source
        across = model.autoencoder.info.size.height // model.space.shape[1]  # pixels to a cell
        source = fitted(picture, like[1] * across, like[2] * across)
    subject = encode(model, source)
    return Key(source.name, subject.code, decoded_thumbnail(model, subject.code, 2 * SIDE))


def fitted(picture: Picture, height: int, width: int) -> Picture:
    """The middle of a picture at another size, as much of it as the other aspect shows."""
    pixels = picture.pixels
    if pixels.shape[:2] == (height, width):
        return picture
    whole = Image.fromarray(pixels)
    return Picture(picture.name, np.asarray(ImageOps.fit(whole, (width, height), Image.Resampling.LANCZOS)))
