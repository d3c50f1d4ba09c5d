"""What is only looked at on the Inspect page: of each kind the newest is answered."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.engine.anomaly.detector import COMBINED
from desktop.engine.folder.index import Rows
from desktop.engine.gaussian import Floats
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked
from desktop.engine.pictures import Pixels
from desktop.inspect.inspector import Inspector
from desktop.inspect.known import Known
from desktop.inspect.place import Place
from desktop.worker import Worker

Answer = TypeVar("Answer")


class Looks(QObject):
    """Pictures from near, similar pictures, decoded points, and latent files.

    Signals:
        picture_seen(look): A picture from near.
        point_decoded(pixels): The picture of a point of the map.
        similar_found(rows, distances): The pictures nearest to one, or to a latent.
        latent_decoded(pixels): The picture of the latent whose nearest pictures were asked for.
        latent_opened(name, latent): What a latent file holds.
    """

    picture_seen = Signal(object)
    point_decoded = Signal(object)
    similar_found = Signal(object, object)
    latent_decoded = Signal(object)
    latent_opened = Signal(str, object)

    def __init__(self, known: Known, inspector: Inspector, asked: Callable[[], Asked]) -> None:
        """`asked` says which execution provider to compute on, at any time."""
        super().__init__(known)
        self._known, self._inspector, self._asked = known, inspector, asked
        self._worker = Worker(self)

    def look(self, row: int, score: str = COMBINED) -> None:
        """Shows one picture from near."""
        place = self._known.indexed_place()
        if place is not None:
            detector = self._known.report.detector if self._known.report else None
            look = functools.partial(self._inspector.look, place, row, detector, score)
            self._ask("picture", place, look, self.picture_seen.emit)

    def find_similar(self, row: int, count: int) -> None:
        """Finds the pictures nearest to one."""
        place = self._known.indexed_place()
        if place is not None:
            find = functools.partial(self._inspector.similar, place, row, count)
            self._ask("similar", place, find, lambda found: self.similar_found.emit(*found))

    def find_similar_to(self, latent: Floats, count: int) -> None:
        """Finds the pictures nearest to a latent."""
        place = self._known.indexed_place()
        if place is not None:
            find = functools.partial(self._inspector.similar_to, place, latent, count)
            self._ask("similar", place, find, self._take_similar_to)

    def decode(self, latent: Floats) -> None:
        """Shows the picture of a latent."""
        place = self._known.indexed_place()
        if place is not None:
            decode = functools.partial(self._inspector.decode, place, latent)
            self._ask("point", place, decode, self.point_decoded.emit)

    def open_latent(self, entry: ModelEntry, path: Path) -> None:
        """Reads a latent file."""
        read = functools.partial(self._inspector.open_small, entry, path)
        opened = functools.partial(self.latent_opened.emit, path.name)
        self._worker.spare(read, opened, self._known.tell_failure)

    def stop(self) -> None:
        """Ends the thread."""
        self._worker.stop()

    def _ask(self, kind: str, place: Place, job: Callable[[], Answer], done: Callable[[Answer], object]) -> None:
        def show(answer: Answer) -> None:
            if place == self._known.place:
                done(answer)

        self._inspector.use(self._asked())
        self._worker.submit(job, show, self._known.tell_failure, kind)

    def _take_similar_to(self, found: tuple[Rows, Floats, Pixels]) -> None:
        self.similar_found.emit(*found[:2])
        self.latent_decoded.emit(found[2])
