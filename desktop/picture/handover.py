"""The decoded picture for other programs: on the clipboard, or as a file to be dragged out. Made on a thread."""

from __future__ import annotations

import dataclasses
import functools
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop import failures
from desktop.engine import picture_writer
from desktop.engine.errors import PictureError
from desktop.engine.scene import Scene
from desktop.picture.filmstrips import shrunk
from desktop.qt_images import to_qimage
from desktop.worker import Worker

THUMBNAIL_SIDE = 96  # pixels, of what is carried under the cursor


@dataclasses.dataclass(frozen=True, eq=False)
class Parcel:
    """A picture as other programs want it.

    Attributes:
        scene: The scene that it is the result of.
        image: At the picture's own size and place.
        thumbnail: The same, small.
        file: It as a PNG with the picture's alpha; None where no file was wanted.
    """

    scene: Scene
    image: QImage
    thumbnail: QImage
    file: Path | None


class Handover(QObject):
    """Makes one parcel at a time; the newest that was asked for wins.

    Signals:
        ready(parcel, as_file): What was asked for last, and whether it was asked for as a file.
        failed(text): It cannot be made, and why.
    """

    ready = Signal(object, bool)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is wanted."""
        super().__init__(parent)
        self._folder: tempfile.TemporaryDirectory[str] | None = None  # for what is dragged out; goes with the window
        self._kept: Parcel | None = None
        self._worker = Worker(self)

    def ask(self, scene: Scene, as_file: bool) -> None:
        """Wants a scene's result, as a file too or as an image alone; what was made already is `ready` at once."""
        kept = self._kept
        if kept is not None and kept.scene is scene and (not as_file or (kept.file is not None and kept.file.exists())):
            self.ready.emit(kept, as_file)
        else:
            self._kept = None
            self._worker.submit(functools.partial(self._make, scene, as_file), self._take, self._fail)

    @Slot()
    def forget(self) -> None:
        """Lets go of what was made; another scene is shown now."""
        self._kept = None

    def stop(self) -> None:
        """Ends the thread; files that were dragged out are gone."""
        self._worker.stop()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _make(self, scene: Scene, as_file: bool) -> Parcel:
        """On the worker's thread."""
        pixels, alpha = scene.result()
        path = None
        if as_file:
            stem = Path(scene.subject.picture.name).stem if scene.subject.picture else "mean"
            path = self._place() / f"{stem}-{scene.request.model.name}.png"
            picture_writer.save(path, pixels, alpha, profile=scene.profile)
        return Parcel(scene, to_qimage(pixels), to_qimage(shrunk(pixels, THUMBNAIL_SIDE)), path)

    def _place(self) -> Path:
        """The folder for files, made once there is one.

        Raises:
            PictureError: The disk refused.
        """
        if self._folder is None:
            try:
                self._folder = tempfile.TemporaryDirectory(prefix="convae-drag-", ignore_cleanup_errors=True)
            except OSError as error:
                raise PictureError(
                    "{target} cannot be made ({strerror}).",
                    target=error.filename or tempfile.gettempdir(),
                    strerror=error.strerror or error,
                ) from error
        return Path(self._folder.name)

    def _take(self, parcel: Parcel) -> None:
        self._kept = parcel
        self.ready.emit(parcel, parcel.file is not None)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(failures.sentence(error))
