"""Where the pictures of a morph come from: files, folders, the training pictures, and the Picture page."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.engine import inputs
from desktop.engine.inputs import Gathered
from desktop.engine.picture_formats import open_patterns
from desktop.engine.session_file import NamedCode
from desktop.i18n import mark, told, tr
from desktop.morph.keys import Key, KeyReader, KeySource
from desktop.picture.filmstrips import shrunk
from desktop.state.services import Services
from desktop.widgets.key_row import SIDE

MOST_OF_FOLDER = 50  # pictures
PICTURE_FILES = mark("Pictures ({endings});;All files (*)")


class Sources(QObject):
    """Brings pictures from anywhere; what has no latent yet is encoded while nothing else is to do.

    Signals:
        found(key): One more picture, with a latent of any shape that the model gives.
    """

    found = Signal(object)

    def __init__(self, services: Services, shape: Callable[[], tuple[int, ...] | None], parent: QWidget) -> None:
        """`shape` gives the shape that every further latent is to have; None for any."""
        super().__init__(parent)
        self._services, self._parent = services, parent
        self._reader = KeyReader(services.session.spare, shape, self)
        self._reader.read.connect(self.found)
        self._reader.refused.connect(services.warned)

    @property
    def waiting_codes(self) -> list[NamedCode]:
        """The latents among what is still to be read."""
        return self._reader.waiting_codes

    def forget(self) -> None:
        """Brings nothing of what was asked for so far."""
        self._reader.forget()

    def add(self, sources: Sequence[KeySource]) -> None:
        """Encodes pictures one after another; without a model it says that one is missing."""
        model = self._services.steering.model
        if model is not None:
            self._reader.add(model, sources)
        elif sources:
            self._services.warned.emit(tr("There is no model yet to make a morph with: drop a model folder."))

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Files, and the first `MOST_OF_FOLDER` pictures where there is a folder among them."""
        if inputs.needs_search(paths):
            self._services.session.spare(functools.partial(inputs.gather, paths), self._take_gathered, self._warn)
        else:
            self.add(paths)

    def add_present(self, number: int) -> None:
        """The latent that the Picture page shows, named as the snapshot of that number."""
        code, scene = self._services.steering.code, self._services.session.scene
        if code is not None and scene is not None:
            name = tr("Snapshot {number}", number=number)
            self.found.emit(Key(name, code, shrunk(scene.small_output, 2 * SIDE)))

    @Slot(int)
    def add_from_gallery(self, index: int) -> None:
        """A training picture that the model keeps."""
        model = self._services.steering.model
        gallery = model.gallery if model else None
        if gallery is not None:
            name = tr("Training picture {number}", number=index + 1)
            self.found.emit(Key(name, gallery.code(index), gallery.thumbnails[index]))

    @Slot()
    def ask_for_files(self) -> None:
        """Asks for picture files."""
        wanted = tr(PICTURE_FILES, endings=open_patterns())
        names, _ = QFileDialog.getOpenFileNames(self._parent, tr("Add pictures to the morph"), "", wanted)
        self.add([Path(name) for name in names])

    def _take_gathered(self, gathered: Gathered) -> None:
        found = gathered.pictures
        if len(found) > MOST_OF_FOLDER:
            self._services.told.emit(
                tr("The first {most} of {n:,} pictures were added.", most=MOST_OF_FOLDER, n=len(found))
            )
        self.add(found[:MOST_OF_FOLDER])

    def _warn(self, error: Exception) -> None:
        self._services.warned.emit(told(error))
