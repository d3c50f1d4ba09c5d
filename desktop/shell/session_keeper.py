"""What is shown, kept in a file and brought back: by the user's wish, and from one start to the next."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QObject, Slot

from desktop.engine import library, session_file
from desktop.engine.library import ModelEntry
from desktop.engine.rendering import Scene, file_of
from desktop.engine.session_file import SavedSession, SessionFileError
from desktop.engine.sliders.latents import LatentSpace
from desktop.engine.sliders.steering import Origin, OriginKind, fits, pack, unpack
from desktop.i18n import told, tr
from desktop.state.services import Services

PLACES = ("A", "B")  # of snapshots


class SessionKeeper(QObject):
    """Writes and reads session files. A code that comes back is shown once its model is there."""

    def __init__(self, services: Services, parent: QObject) -> None:
        """Nothing is waiting to come back."""
        super().__init__(parent)
        self._services = services
        self._waiting: SavedSession | None = None
        services.session.rendered.connect(self._bring_back)
        services.session.failed.connect(self._forget)

    def save(self, path: Path) -> None:
        """Writes what is shown.

        Raises:
            SessionFileError: Nothing is shown, or the disk refused.
        """
        if self._services.session.scene is None:
            raise SessionFileError("there is nothing to save yet: open a picture or choose a model first.")
        session_file.write_session(path, self._present())

    def open(self, path: Path) -> None:
        """Shows what was saved; what is missing of it is said, and the rest is shown.

        Raises:
            SessionFileError: The file is none, or nothing that it names is there.
        """
        saved = session_file.read_session(path)
        entry = self._entry(saved)
        picture = saved.picture if saved.picture is not None and _is_there(saved.picture) else None
        if entry is None and picture is None:
            raise SessionFileError("the model and the picture of {path} are no longer there.", path=path)
        if saved.picture is not None and picture is None:
            self._services.warned.emit(tr("{path} is no longer there.", path=saved.picture))
        if entry is None:
            self._services.warned.emit(tr("The model {path} is no longer there.", path=saved.model))
        self._waiting = saved if entry is not None else None
        self._services.session.set_fit(saved.fit)
        self._services.show_only(entry, picture)

    def save_last(self) -> None:
        """Keeps what is shown for the next start; where that fails, the next start begins without."""
        path = self._services.settings.session_file
        if path is None or self._services.session.scene is None:
            return
        whole = self._present()
        lighter = dataclasses.replace(whole, snapshots={}, morph=())
        for session in (whole, lighter, dataclasses.replace(lighter, arrays={})):  # the first that is not too large
            try:
                session_file.write_session(path, session)
            except SessionFileError:
                path.unlink(missing_ok=True)
            else:
                return

    def open_last(self) -> bool:
        """Brings back what was shown when the program ended; whether there was anything."""
        path = self._services.settings.session_file
        if path is None or not path.is_file():
            return False
        try:
            self.open(path)
        except SessionFileError:
            return False  # it was written by this program alone; there is nothing that the user could do
        return True

    def _present(self) -> SavedSession:
        session = self._services.session
        picture = file_of(session.picture)
        folder = session.model.folder if session.model is not None else None
        scene = session.scene
        kept = self._services.kept
        saved = SavedSession(folder, _whole(picture), session.fit)
        if scene is None or scene.request.model is not session.model:
            return saved  # another model is on its way, and the codes are not of it
        saved = dataclasses.replace(saved, snapshots=dict(kept.snapshots), morph=tuple(kept.morph))
        steering = scene.request.steering
        if steering is None or scene.request.picture is not session.picture:
            return saved
        source = self._services.steering.picture_source
        return dataclasses.replace(
            saved,
            origin=(steering.origin.kind, steering.origin.detail),
            arrays=pack(steering),
            is_derived=steering.origin.is_derived,
            related=[name for name, made_from in kept.sources.items() if source is not None and made_from == source],
        )

    def _entry(self, saved: SavedSession) -> ModelEntry | None:
        if saved.model is None:
            return None
        for entry in self._services.models:
            if entry.folder == saved.model and entry.problem is None:
                return entry
        opened = library.open_entry(saved.model) if _is_there(saved.model) else None
        return opened if opened is not None and opened.problem is None else None

    @Slot(object)
    def _bring_back(self, scene: Scene) -> None:
        saved, self._waiting = self._waiting, None
        if saved is None:
            return
        if scene.request.model.folder != saved.model:
            return
        if saved.arrays:
            self._bring_sliders_back(saved, scene)
        self._bring_kept_back(saved, scene.subject.model.space)

    def _bring_sliders_back(self, saved: SavedSession, scene: Scene) -> None:
        kind, detail = saved.origin
        try:
            origin = Origin(next(known for known in get_args(OriginKind) if known == kind), detail, saved.is_derived)
            steering = unpack(saved.arrays, origin, scene.subject.model.space)
        except (ValueError, StopIteration) as error:
            self._services.warned.emit(tr("The sliders were not restored: {why}.", why=told(error)))
        else:
            self._services.steering.restore(steering)

    def _bring_kept_back(self, saved: SavedSession, space: LatentSpace) -> None:
        """Snapshots and the row of the morph, in place of those that there are."""
        snapshots = {name: code for name, code in saved.snapshots.items() if name in PLACES and fits(code, space)}
        shapes = {each.code.shape for each in saved.morph}
        morph = list(saved.morph) if len(shapes) == 1 and all(fits(each.code, space) for each in saved.morph) else []
        if len(snapshots) < len(saved.snapshots) or len(morph) < len(saved.morph):
            self._services.warned.emit(tr("Some of the snapshots were not restored: they do not fit this model."))
        source = self._services.steering.picture_source
        self._services.kept.replace(snapshots, morph, {name: source for name in saved.related if name in snapshots})

    @Slot()
    def _forget(self) -> None:
        self._waiting = None


def _is_there(path: Path) -> bool:
    """Whether there is such a file or folder; a name that no disk could have is none."""
    try:
        return path.exists()
    except OSError:
        return False


def _whole(path: Path | None) -> Path | None:
    return None if path is None else path.absolute()
