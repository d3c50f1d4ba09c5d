"""The pictures of a folder before they are encoded: listed and made small in the background, to look at meanwhile."""

from __future__ import annotations

import functools
import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.engine import pictures
from desktop.engine.errors import PictureError
from desktop.engine.folder.encoding import THUMBNAIL_QUALITY, THUMBNAIL_SIDE
from desktop.engine.picture_files import list_pictures
from desktop.worker import Worker

WAITING = 200  # thumbnails: those asked for longest ago are out of sight, and are asked for again once they are not
SHOWN_EVERY_MS = 60


class Early(QObject):
    """Names at once, thumbnails as they are asked for, those in sight first, from above to below.

    Signals:
        listed(): `names` is new.
        arrived(): There are more thumbnails.
    """

    listed = Signal()
    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """No folder."""
        super().__init__(parent)
        self._worker = Worker(self)
        self._folder: Path | None = None
        self._wanted: list[int] = []
        self._kept: dict[int, bytes] = {}
        self._is_reading = False
        self._soon = QTimer(self, interval=SHOWN_EVERY_MS, singleShot=True)
        self._soon.timeout.connect(self.arrived)
        self.names: list[str] = []

    def open(self, folder: Path) -> None:
        """Lists another folder."""
        self.forget()
        self._folder = folder
        done = functools.partial(self._take_names, folder)
        self._worker.submit(functools.partial(_list, folder), done, lambda _: None, "list")

    def forget(self) -> None:
        """No folder: the index has thumbnails of its own by now."""
        self._folder = None
        self.names, self._wanted, self._kept = [], [], {}

    def thumbnail(self, position: int) -> bytes | None:
        """A thumbnail as JPEG; None while there is none, which is made now."""
        found = self._kept.get(position)
        if found is None and self._folder is not None and position < len(self.names):
            if position in self._wanted:
                self._wanted.remove(position)
            self._wanted.append(position)
            del self._wanted[:-WAITING]
            self._read_next()
        return found

    def name(self, position: int) -> str:
        """The path of a picture within the folder."""
        return self.names[position] if position < len(self.names) else ""

    def stop(self) -> None:
        """Ends the thread."""
        self.forget()
        self._worker.stop()

    def _take_names(self, folder: Path, names: list[str]) -> None:
        if folder == self._folder:
            self.names = names
            self.listed.emit()

    def _read_next(self) -> None:
        if self._folder is None or self._is_reading or not self._wanted:
            return
        self._is_reading = True
        position, folder = self._wanted.pop(_newest(self._wanted)), self._folder
        read = functools.partial(_thumbnail, folder / self.names[position])
        self._worker.submit(read, functools.partial(self._take, folder, position), self._skip, "thumbnail")

    def _take(self, folder: Path, position: int, jpeg: bytes) -> None:
        self._is_reading = False
        if folder == self._folder:
            self._kept[position] = jpeg
            if not self._soon.isActive():
                self._soon.start()
        self._read_next()

    def _skip(self, _: Exception) -> None:
        self._is_reading = False
        self._read_next()


def _newest(wanted: list[int]) -> int:
    """Where to go on: at the uppermost of what was asked for last, as a view asks from above to below."""
    place = len(wanted) - 1
    while place > 0 and wanted[place - 1] < wanted[place]:
        place -= 1
    return place


def _list(folder: Path) -> list[str]:
    return [each.path.as_posix() for each in list_pictures(folder, without_masks=True).pictures]


def _thumbnail(path: Path) -> bytes:
    """The picture as a small JPEG; empty where it cannot be read, so that it is not asked for again."""
    try:
        image = Image.fromarray(pictures.thumbnail(path, THUMBNAIL_SIDE))
    except PictureError:
        return b""
    content = io.BytesIO()
    image.save(content, "JPEG", quality=THUMBNAIL_QUALITY)
    return content.getvalue()
