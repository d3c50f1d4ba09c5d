"""How many pictures a batch will take, and about how long, before it starts."""

from __future__ import annotations

import functools
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.engine.errors import EXPECTED
from desktop.engine.folder import order
from desktop.engine.inputs import MOST_ENTRIES
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.picture_files import list_pictures
from desktop.state.services import Services
from desktop.worker import Worker

TRIED = 3  # pictures that are timed: the first, the middle one and the last


class Estimate(QObject):
    """Counts a folder away from the window, and times a few of its pictures while nothing else is to do.

    Signals:
        changed(): The count, or the time, is another one.
    """

    changed = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        """Of no folder yet."""
        super().__init__(parent)
        self._services, self._worker = services, Worker(self)
        self._asked: tuple[Path | None, object] = (None, None)
        self._tried: list[float] = []
        self.count: int | None = None

    @property
    def seconds(self) -> float | None:
        """For all pictures; None until some were timed."""
        if not self.count or not self._tried:
            return None
        return self.count * sum(self._tried) / len(self._tried)

    def ask(self, folder: Path | None, target: Path | None) -> None:
        """Of another folder, or with another model; the same once more is nothing new."""
        model = self._services.steering.model
        asked = (folder, None if model is None else model.entry.identity)
        if asked == self._asked:
            return
        self._asked, self._tried, self.count = asked, [], None
        if folder is not None and folder.is_dir():
            job = functools.partial(_found, folder, target)
            self._worker.submit(job, functools.partial(self._take, asked), lambda _: None)
        self.changed.emit()

    def stop(self) -> None:
        """Ends the thread."""
        self._worker.stop()

    def _take(self, asked: object, paths: list[Path]) -> None:
        if asked != self._asked:
            return
        self.count = len(paths)
        self.changed.emit()
        model = self._services.steering.model
        if model is not None and paths:
            for path in dict.fromkeys((paths[0], paths[len(paths) // 2], paths[-1])):
                job = functools.partial(_seconds, model, path)
                self._services.session.spare(job, functools.partial(self._time, asked), lambda _: None)

    def _time(self, asked: object, seconds: float | None) -> None:
        if asked == self._asked and seconds is not None:
            self._tried.append(seconds)
            self.changed.emit()


def _found(folder: Path, target: Path | None) -> list[Path]:
    listing = list_pictures(folder, left_out=target, most_entries=MOST_ENTRIES)
    return [folder / each.path for each in listing.pictures]


def _seconds(model: LoadedModel, path: Path) -> float | None:
    """What one picture takes; None where it cannot be read."""
    began = time.perf_counter()
    try:
        order.psnr_db(model, path, "crop")
    except EXPECTED:
        return None
    return time.perf_counter() - began
