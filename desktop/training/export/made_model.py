"""The model that was just made: it joins the list and is opened with the picture that it was made for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from desktop.engine.disk.files import read_bounded
from desktop.engine.errors import PictureError, StoppedError
from desktop.engine.inputs import Gathered, gather
from desktop.runner import Runner
from desktop.state.services import Services
from trainer.run.contract import CONFIG_FILE

LARGEST_BYTES = 1 << 20


class MadeModel(QObject):
    """Opens models with the last picture that was dropped, or with the first of the folder that was trained on."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        """No picture was asked for yet, so that the folder counts."""
        super().__init__(parent)
        self._services, self._picture_is_newer = services, False
        self._runner = Runner(self)
        services.session.asked_for.connect(self._on_picture)

    @Slot()
    def forget_picture(self) -> None:
        """A folder was dropped: its pictures are newer than whatever was shown before."""
        self._picture_is_newer = False

    def open(self, run: Path, place: Path) -> None:
        """Opens the model of a run; the folder's pictures are offered too, where its first one is shown."""
        self._services.open_paths([place])
        folder = pictures_of(run)
        if folder is not None and not self._picture_is_newer:
            self._runner.cancel_all()
            self._runner.start(run.name, lambda _progress, _stopped: _gathered(folder), self._show, self._give_up)

    def stop(self) -> None:
        """The window closes."""
        self._runner.stop()

    @Slot(object)
    def _on_picture(self, _: object) -> None:
        self._picture_is_newer = True

    def _show(self, pictures: Sequence[Path]) -> None:
        if pictures and not self._picture_is_newer:
            self._services.offer(pictures)
            self._services.open(None, pictures[0])
            self._picture_is_newer = False  # it is the folder's own

    def _give_up(self, error: Exception) -> None:
        """The folder has gone, which harms no model."""
        if not isinstance(error, PictureError | StoppedError):
            raise error


def pictures_of(run: Path) -> Path | None:
    """The folder that a run was trained on, as it is called there; None for built-in characters."""
    try:
        config = json.loads(read_bounded(run / CONFIG_FILE, LARGEST_BYTES))
        data = config["data"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return Path(data) if isinstance(data, str) and data and Path(data).is_dir() else None


def _gathered(folder: Path) -> Sequence[Path]:
    found: Gathered = gather([folder])
    return found.pictures
