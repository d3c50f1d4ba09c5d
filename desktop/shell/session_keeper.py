"""What is shown, kept in a file and brought back: by the user's wish, and from one start to the next."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

from PySide6.QtCore import QObject, Slot

from desktop.engine import library, session_file
from desktop.engine.library import ModelEntry
from desktop.engine.scene import FileFrame, PictureSource, Scene, file_of, number_of
from desktop.engine.session_file import Mark, SavedSession, SessionFileError
from desktop.engine.sliders.latents import GroupName, LatentSpace
from desktop.engine.sliders.steering import Knob, Origin, OriginKind, Steering, fits, pack, unpack
from desktop.i18n import told, tr
from desktop.state.services import Services


class SessionKeeper(QObject):
    """Writes and reads session files.

    What comes back of a model is shown once that model is there: of the present one at once, of any other when it is
    chosen, and until then it is written again with every session.
    """

    def __init__(self, services: Services, parent: QObject) -> None:
        """Nothing is waiting to come back."""
        super().__init__(parent)
        self._services = services
        self._waiting: SavedSession | None = None
        self._others: dict[Path, SavedSession] = {}  # of models not shown since, by their folders
        services.session.rendered.connect(self._bring_back)
        services.session.failed.connect(self._forget)

    def save(self, path: Path) -> None:
        """Writes what is shown.

        Raises:
            SessionFileError: Nothing is shown, or the disk refused.
        """
        if self._services.session.scene is None:
            raise SessionFileError("there is nothing to save yet: open a picture or choose a model first.")
        whole = self._present()
        try:
            session_file.write_session(path, whole)
        except SessionFileError:
            if not whole.others:
                raise
            session_file.write_session(path, dataclasses.replace(whole, others=()))
            text = tr("{path} keeps the current model alone; with the others it would be too large.", path=path)
            self._services.warned.emit(text)

    def open(self, path: Path) -> None:
        """Shows what was saved; what is missing of it is said, and the rest is shown.

        Raises:
            SessionFileError: The file is none, or nothing that it names is there.
        """
        saved = session_file.read_session(path)
        entry = self._entry(saved)
        picture: PictureSource | None = saved.picture
        if saved.picture is not None and not _is_there(saved.picture):
            picture = None
        elif saved.picture is not None and saved.frame:
            picture = FileFrame(saved.picture, saved.frame)
        if entry is None and picture is None:
            raise SessionFileError("the model and the picture of {path} are no longer there.", path=path)
        if saved.picture is not None and picture is None:
            self._services.warned.emit(tr("{path} is no longer there.", path=saved.picture))
        if entry is None:
            self._services.warned.emit(tr("The model {path} is no longer there.", path=saved.model))
        self._waiting = saved if entry is not None else None
        self._others |= {each.model: each for each in saved.others if each.model is not None}
        present = entry or self._services.session.model
        if present is not None:
            self._others.pop(present.folder, None)
        self._services.session.set_fit(saved.fit)
        self._services.show_only(entry, picture)

    def save_last(self) -> None:
        """Keeps what is shown for the next start; where that fails, the next start begins without."""
        path = self._services.settings.session_file
        if path is None or self._services.session.scene is None:
            return
        whole = self._present()
        alone = dataclasses.replace(whole, others=())
        lighter = dataclasses.replace(alone, snapshots={}, morph=())
        least = dataclasses.replace(lighter, arrays={})
        for session in (whole, alone, lighter, least):  # the first that is not too large
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
        session, kept, scene = self._services.session, self._services.kept, self._services.session.scene
        folder = session.model.folder if session.model is not None else None
        left = self._as_left()
        own = left.pop(folder, None) if folder is not None else None
        others = list(reversed(left.values()))  # the latest first
        number = number_of(session.picture)
        saved = SavedSession(folder, _whole(file_of(session.picture)), session.fit, frame=number, others=others)
        if scene is None or scene.request.model is not session.model:  # on its way: the codes shown are not of it
            if own is None or (own.picture, own.frame, own.fit) == (saved.picture, saved.frame, saved.fit):
                return saved if own is None else dataclasses.replace(own, others=others)
            return dataclasses.replace(saved, snapshots=own.snapshots, morph=own.morph)
        saved = dataclasses.replace(saved, snapshots=dict(kept.snapshots), morph=tuple(kept.morph))
        if own is not None:
            saved = dataclasses.replace(saved, locked=own.locked, solo=own.solo)
        steering = scene.request.steering
        if steering is None or scene.request.picture is not session.picture:
            return saved
        return _with_steering(saved, steering, kept.sources, self._services.steering.picture_source)

    def _as_left(self) -> dict[Path, SavedSession]:
        """Every model as it was left, and those of an opened session that were not shown since, by their folders."""
        found: dict[Path, SavedSession] = {}
        for identity, left in self._services.steering.as_left().items():
            point, (snapshots, morph, sources) = left.point, self._services.kept.aside(identity)
            place, number = _whole(file_of(point.picture)), number_of(point.picture)
            saved = SavedSession(point.model.folder, place, point.fit, frame=number)
            saved = dataclasses.replace(saved, snapshots=dict(snapshots), morph=tuple(morph))
            solo = None if left.solo is None else _mark(left.solo)
            saved = dataclasses.replace(saved, locked=sorted(map(_mark, left.locked)), solo=solo)
            made_from = None if point.picture is None else (point.picture, point.fit)
            found[point.model.folder] = _with_steering(saved, point.state, sources, made_from)
        return found | self._others

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
        request, waiting, self._waiting = scene.request, self._waiting, None
        is_waited_for = waiting is not None and waiting.model == request.model.folder
        saved = waiting if is_waited_for else self._others.get(request.model.folder)
        if saved is None:
            return
        self._others.pop(request.model.folder, None)
        shown = _whole(file_of(request.picture)), number_of(request.picture), request.fit
        if saved.arrays and (is_waited_for or shown == (saved.picture, saved.frame, saved.fit)):
            self._bring_sliders_back(saved, scene)
        self._bring_kept_back(saved, scene.subject.model.space)
        self._bring_marks_back(saved, scene.subject.model.space)

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
        snapshots = {name: code for name, code in saved.snapshots.items() if fits(code, space)}
        shapes = {each.code.shape for each in saved.morph}
        morph = list(saved.morph) if len(shapes) == 1 and all(fits(each.code, space) for each in saved.morph) else []
        if len(snapshots) < len(saved.snapshots) or len(morph) < len(saved.morph):
            self._services.warned.emit(tr("Some of the snapshots were not restored: they do not fit this model."))
        source = self._services.steering.picture_source
        self._services.kept.replace(snapshots, morph, {name: source for name in saved.related if name in snapshots})

    def _bring_marks_back(self, saved: SavedSession, space: LatentSpace) -> None:
        """Locked and soloed sliders, in place of those that there are; of those that this model has not, none."""
        steering = self._services.steering
        locked = {knob for knob in map(_knob, saved.locked) if knob.is_of(space)}
        for knob in steering.locked ^ locked:
            steering.set_locked(knob, locked=knob in locked)
        solo = None if saved.solo is None else _knob(saved.solo)
        solo = solo if solo is not None and solo.is_of(space) else None
        if solo != steering.solo:
            steering.set_solo(solo)

    @Slot()
    def _forget(self) -> None:
        self._waiting = None


def _with_steering(
    saved: SavedSession, steering: Steering, sources: Mapping[str, object], made_from: object
) -> SavedSession:
    """With the steered code, and which snapshots are of the picture that it was made from."""
    return dataclasses.replace(
        saved,
        origin=(steering.origin.kind, steering.origin.detail),
        arrays=pack(steering),
        is_derived=steering.origin.is_derived,
        related=[name for name, source in sources.items() if made_from is not None and source == made_from],
    )


def _mark(knob: Knob) -> Mark:
    return knob.group, knob.index


def _knob(mark: Mark) -> Knob:
    """A slider by its stored name; whether a model has it is asked later."""
    return Knob(cast("GroupName", mark[0]), mark[1])


def _is_there(path: Path) -> bool:
    """Whether there is such a file or folder; a name that no disk could have is none."""
    try:
        return path.exists()
    except OSError:
        return False


def _whole(path: Path | None) -> Path | None:
    return None if path is None else path.absolute()
