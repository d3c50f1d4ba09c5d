"""The pictures of a morph, read and encoded while nothing else is to do."""

from __future__ import annotations

import dataclasses
import functools
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.engine.autoencoder import Latents
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.rendering import LoadedModel, encode
from desktop.filmstrips import shrunk
from desktop.widgets.key_row import SIDE
from desktop.worker import Spare


@dataclasses.dataclass(frozen=True, eq=False)
class Key:
    """One picture of a morph: its name, its code, and a small picture of what it decodes to."""

    name: str
    code: Latents
    thumbnail: Pixels


class KeyReader(QObject):
    """Reads one picture after another.

    Signals:
        read(key): A picture is encoded.
        refused(text): One cannot be, and why; the others go on.
    """

    read = Signal(object)
    refused = Signal(str)

    def __init__(self, spare: Spare, parent: QObject | None = None) -> None:
        """Nothing to read."""
        super().__init__(parent)
        self._spare = spare
        self._waiting: deque[tuple[LoadedModel, Path | Picture]] = deque()
        self._current: tuple[LoadedModel, Path | Picture] | None = None

    def add(self, model: LoadedModel, sources: Sequence[Path | Picture]) -> None:
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
            job, of = functools.partial(read_key, *self._current), self._current
            self._spare(job, functools.partial(self._take, of), functools.partial(self._refuse, of))

    def _take(self, of: tuple[LoadedModel, Path | Picture], key: Key) -> None:
        if of is self._current:
            self.read.emit(key)
            self._next()

    def _refuse(self, of: tuple[LoadedModel, Path | Picture], error: Exception) -> None:
        if of is self._current:
            self.refused.emit(str(error))
            self._next()


def read_key(model: LoadedModel, source: Path | Picture) -> Key:
    """One picture read and encoded.

    Raises:
        ModelError: The model does not run.
        PictureError: The picture cannot be read.
    """
    subject = encode(model, source)
    return Key(source.name, subject.code, shrunk(model.tiler.decode(subject.code), 2 * SIDE))
