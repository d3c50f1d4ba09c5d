"""The first look at a large picture: its name and its original at once, while the rest is on its way."""

from __future__ import annotations

import functools
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.engine import pictures
from desktop.engine.parts import EarlyPicture
from desktop.engine.scene import PictureSource, file_of
from desktop.picture.compare import ComparePane
from desktop.state.services import Services
from desktop.worker import Worker

LARGE = 2_000_000  # pixels: smaller pictures are there before anything else could be shown
LEAST = 512  # pixels that either side keeps


class EarlyLook(QObject):
    """Shows a large picture before it is encoded: at once at a fraction, on a thread of its own, where the format has
    one; as it is, once the session has read it. The first scene takes its place.

    Meanwhile the sliders cannot be moved, and look so.
    """

    def __init__(self, services: Services, pane: ComparePane, sliders: QWidget, parent: QObject) -> None:
        """Nothing is on its way."""
        super().__init__(parent)
        self._session, self._pane, self._sliders = services.session, pane, sliders
        self._worker = Worker(self)
        self._awaited: PictureSource | None = None
        self._session.asked_for.connect(self._begin)
        self._session.picture_read.connect(self._show)
        self._session.rendered.connect(self._end)
        self._session.failed.connect(self._give_up)

    @property
    def is_shown(self) -> bool:
        """Whether what is shown is an early look."""
        return self._awaited is not None

    def stop(self) -> None:
        """Ends the thread."""
        self._worker.stop()

    @Slot(object)
    def _begin(self, source: object) -> None:
        if isinstance(source, Path):
            show = functools.partial(self._show, source)
            self._worker.submit(functools.partial(_glimpse, source), show, lambda _: None)

    @Slot(object, object)
    def _show(self, source: PictureSource, early: EarlyPicture | None) -> None:
        shown = self._session.scene.request.picture if self._session.scene is not None else None
        if early is None or self._session.picture is not source or shown is source:
            return
        self._awaited = source
        self._sliders.setEnabled(False)
        path = file_of(source)
        if path is not None:
            self._pane.title.setText(path.name)
        self._pane.subtitle.setText(f"{early.width} × {early.height}")
        self._pane.comparison.show_early(early)

    @Slot()
    def _end(self) -> None:
        """A scene is there: the pane shows it by itself."""
        if self._awaited is not None:
            self._awaited = None
            self._sliders.setEnabled(True)

    @Slot()
    def _give_up(self) -> None:
        """What was to be opened cannot be: what was shown before is shown again."""
        if self._awaited is not None and self._session.scene is not None:
            self._session.rendered.emit(self._session.scene)


def _glimpse(path: Path) -> EarlyPicture | None:
    """A large picture at a fraction; None for a small one, or where its format knows no such thing."""
    with Image.open(path) as image:
        if image.width * image.height < LARGE:
            return None
    reduced = pictures.read_reduced(path, LEAST)
    return None if reduced is None else EarlyPicture(reduced.pixels, *reduced.whole)
