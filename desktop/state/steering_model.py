"""The sliders' state for the whole window: what may be done to it, and how all of it is undone."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack

from desktop.engine.autoencoder import Latents
from desktop.engine.framing import FitMode
from desktop.engine.library import ModelEntry
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.scene import PictureSource, Subject
from desktop.engine.sliders.directions import Coordinates, Floats
from desktop.engine.sliders.latents import GroupName, LatentSpace
from desktop.engine.sliders.steering import Knob, Origin, Steering
from desktop.i18n import tr
from desktop.state.session import Session
from desktop.state.steps import Awaited, Left, Point, Step, fresh, is_replaced, is_step, origin_of, renewed

LARGEST_UNDO_STEPS = 500
GESTURE_MS = 900  # moves of one slider that follow one another more closely than this are one step to undo


class SteeringModel(QObject):
    """Owns the state, asks the session for its picture, and remembers every step.

    Locks and the soloed slider are how the user works and no part of the picture, so they are not undone. Each model is
    remembered as it was left, and changing the model is a step as any other.

    Signals:
        model_changed(model): There are other sliders now.
        changed(): The state is another one.
        marks_changed(): Other sliders are locked or soloed.
    """

    model_changed = Signal(object)
    changed = Signal()
    marks_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Nothing to steer yet."""
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(LARGEST_UNDO_STEPS)
        self.model: LoadedModel | None = None
        self.state: Steering | None = None
        self.locked: set[Knob] = set()
        self.solo: Knob | None = None
        self._session = session
        self._picture: PictureSource | None = None
        self._fit: FitMode = session.fit
        self._subject: Subject | None = None
        self._left: dict[object, Left] = {}  # by `ModelEntry.identity`
        self._awaited: Awaited | None = None
        self._gesture, self._gesture_of = 0, object()
        self._rest = QTimer(self, singleShot=True, interval=GESTURE_MS)
        self._rest.timeout.connect(self.end_gesture)
        session.subject_changed.connect(self._take_subject)
        session.failed.connect(self._give_up)
        session.returned.connect(self._show_again)
        session.rendered.connect(self._await_nothing)

    @property
    def space(self) -> LatentSpace | None:
        """What the sliders move in."""
        return self.model.space if self.model else None

    @property
    def shown_state(self) -> Steering | None:
        """The state as it is shown: with the soloed slider alone, where there is one."""
        return self.state.only(self.solo) if self.state and self.solo else self.state

    @property
    def code(self) -> Latents | None:
        """The code that is shown."""
        shown = self.shown_state
        return shown.code(self.model.space) if shown and self.model else None

    @property
    def picture_source(self) -> object:
        """What tells whether two codes were made from one picture in one way; None where there is no picture."""
        return None if self._picture is None else (self._picture, self._fit)

    @property
    def source(self) -> object:
        """The `picture_source` that the present code was made from; None where it comes from elsewhere."""
        return self.picture_source if self.state is not None and self.state.origin.of_picture else None

    def positions(self, group: GroupName) -> Coordinates | None:
        """Where a group's sliders stand; None where they do not fit the code."""
        return self.state.positions(self.model.space, group) if self.state and self.model else None

    def starts(self, group: GroupName) -> Coordinates | None:
        """Where a group's sliders go back to."""
        return self.state.start(self.model.space, group) if self.state and self.model else None

    def move(self, knob: Knob, position: float, text: str = "") -> None:
        """One slider elsewhere; moves of the same slider are one step, called `text`, until `end_gesture`."""
        if self.state is not None and self.model is not None:
            self._push(text or tr("Move a slider"), self.state.moved(self.model.space, knob, position), knob)

    def reset(self, knob: Knob) -> None:
        """One slider back to its start."""
        starts = self.starts(knob.group)
        if starts is not None:
            self.end_gesture()
            self.move(knob, float(starts[knob.index]))
            self.end_gesture()

    def reset_all(self) -> None:
        """Every slider that is not locked back to its start."""
        if self.state is not None:
            self._push(tr("Reset sliders"), self.state.reset(self.locked))

    def start_from(self, code: Latents, origin: Origin, text: str, gesture: object = None) -> None:
        """Another code to steer from; locked sliders stand where they stood, and a mask confines it."""
        if self.state is not None and self.model is not None:
            self._push(text, self.state.rebased(self.model.space, code, origin, self.locked), gesture)

    def start_from_subject(self) -> None:
        """Back to the picture's own code (the mean, without a picture)."""
        if self._subject is not None:
            self.start_from(self._subject.code, origin_of(self._subject), tr("Back to the picture"))

    def keep(self) -> None:
        """The code as it is now becomes what the sliders start from."""
        code = self.code
        if self.state is not None and code is not None:
            origin = Origin("kept", is_derived=self.state.origin.of_picture)
            self._push(tr("Keep as start"), Steering(code, origin, {}, self.state.mask))

    def set_mask(self, mask: Floats | None, gesture: object = None) -> None:
        """The cells in which everything acts; None for all of them."""
        if self.state is not None:
            self._push(tr("Change the region"), dataclasses.replace(self.state, mask=mask), gesture)

    def set_local(self, state: Steering) -> None:
        """The same latent with other local axes, which is no step."""
        self.state = state
        self.changed.emit()

    def apply(self, text: str, state: Steering, gesture: object = None) -> None:
        """A state made from the present one, as one step; those of one gesture are one until `end_gesture`."""
        if self.state is not None:
            self._push(text, state, gesture)

    def restore(self, state: Steering) -> None:
        """A state that was stored, as one step."""
        if self.state is not None:
            self._push(tr("Restore"), state)

    def set_locked(self, knob: Knob, locked: bool) -> None:
        """Whether reset, random and the mean leave a slider alone."""
        (self.locked.add if locked else self.locked.discard)(knob)
        self.marks_changed.emit()

    def set_solo(self, knob: Knob | None) -> None:
        """The one slider that acts for now; None for all."""
        self.solo = knob
        self.marks_changed.emit()
        self._show()

    @Slot()
    def end_gesture(self) -> None:
        """Whatever moves next is a step of its own."""
        self._gesture_of = object()
        self._rest.stop()

    def recall(self, model: ModelEntry, picture: PictureSource | None) -> Steering | None:
        """The state to open a model with; None for the picture's own code.

        It is as the model was left, if that was with this picture; with another one it starts anew.
        """
        left = self.as_left().get(model.identity)
        point = None if left is None else dataclasses.replace(left.point, model=model)
        if point is None or point.picture is not picture or point.fit != self._session.fit:
            self._awaited = None
            return None
        return self._await(point, left, is_new=True)

    def as_left(self) -> Mapping[object, Left]:
        """Every model as it was left, by `ModelEntry.identity`; the present one as it is."""
        if self.model is not None and self.state is not None:
            point = Point(self.model.entry, self._picture, self._fit, self.state)
            self._left[self.model.entry.identity] = Left(point, frozenset(self.locked), self.solo)
        return self._left

    def go(self, point: Point) -> None:
        """To another point, which is no new step: what undo and redo do."""
        if self.model is None:
            return
        if point.model.folder != self.model.entry.folder:
            shown = self._await(point, self._left.get(point.model.identity), is_new=False)
            self._session.show(point.model, point.picture, shown, point.fit)
            return
        here = Point(self.model.entry, self._picture, self._fit, point.state)
        is_elsewhere = not point.is_at(here) or self._session.model is not self.model.entry
        subject = self._subject if is_replaced(point.model, self.model.entry) else None
        state = point.state if subject is None else renewed(point.state, subject)
        self.state, self._picture, self._fit = fresh(state, self.model.space), point.picture, point.fit
        self._awaited = None
        self.changed.emit()
        shown_state = self.shown_state
        if is_elsewhere and shown_state is not None:
            self._session.show(self.model.entry, point.picture, shown_state, point.fit)
        else:
            self._show()

    def _await(self, point: Point, left: Left | None, is_new: bool) -> Steering:
        """Notes that a point of another model is on its way, and gives the state to ask for."""
        shown = point.state.only(left.solo) if left is not None and left.solo is not None else point.state
        self._awaited = Awaited(point, shown, is_new)
        return shown

    def _push(self, text: str, state: Steering, gesture: object = None) -> None:
        """A new step; one more of the same gesture joins the step before it. None on the way to another model."""
        assert self.state is not None
        assert self.model is not None
        if self._awaited is not None:
            return
        if gesture is None or gesture != self._gesture_of:
            self.end_gesture()
            self._gesture += 1
            self._gesture_of = object() if gesture is None else gesture
        if gesture is not None:
            self._rest.start()
        entry = self.model.entry
        before, after = (Point(entry, self._picture, self._fit, each) for each in (self.state, state))
        self.undo_stack.push(Step(self, text, before, after, self._gesture))

    def _show(self) -> None:
        shown = self.shown_state
        if shown is not None and self._awaited is None:
            self._session.steer(shown)

    @Slot(object)
    def _take_subject(self, subject: Subject) -> None:
        """A picture or a model was opened: its own code is where everything starts, and opening it can be undone."""
        self._subject = subject
        wanted = self._session.scene.request.steering if self._session.scene else None
        awaited, self._awaited = self._awaited, None
        before = Point(self.model.entry, self._picture, self._fit, self.state) if self.model and self.state else None
        fit = self._session.scene.request.fit if self._session.scene else self._fit
        is_other = subject.model is not self.model
        has_gone = awaited is None and before is not None and wanted is not None  # undo: the state is set already
        if has_gone and not is_other:
            return
        has_gone = has_gone and before is not None and before.model.identity == subject.model.entry.identity
        if is_other:
            self._change_model(subject.model)
        if has_gone and before is not None:
            wanted = before.state
        was_awaited = awaited is not None and wanted is awaited.shown
        state = awaited.point.state if awaited is not None and was_awaited else wanted
        after = Point(subject.model.entry, subject.source, fit, state or Steering(subject.code, origin_of(subject)))
        if state is None and before is not None and is_replaced(before.model, after.model) and before.is_at(after):
            after = dataclasses.replace(after, state=renewed(before.state, subject))
        self.end_gesture()
        self.state = fresh(after.state, subject.model.space) if is_other else after.state
        self._picture, self._fit = subject.source, fit
        if before is not None and is_step(before, after) and (awaited is None or not was_awaited or awaited.is_new):
            text = tr("Change the model") if is_other else tr("Open a picture")
            self.undo_stack.push(Step(self, text, before, after, done=True))
        self.changed.emit()
        if state is None and after.state.is_moved:
            self._show()

    def _change_model(self, model: LoadedModel) -> None:
        """Other sliders, locked and soloed as they were when this model was left."""
        left = self.as_left().get(model.entry.identity)
        if self.model is None or not is_replaced(self.model.entry, model.entry):
            self.locked, self.solo = (set(left.locked), left.solo) if left is not None else (set(), None)
        self.model, self.state = model, None
        self.model_changed.emit(model)

    @Slot()
    def _await_nothing(self) -> None:
        """Whatever was on its way is shown now, or something that was asked for after it."""
        self._awaited = None

    @Slot()
    def _give_up(self) -> None:
        """Where undo could not go back to a picture (its file is gone), the sliders say what is shown again."""
        scene = self._session.scene
        if scene is not None and self.model is not None and self._picture is not self._session.picture:
            self._picture, self._fit = scene.request.picture, scene.request.fit
            self.state = scene.request.steering or Steering(scene.subject.code, origin_of(scene.subject))
            self.changed.emit()

    @Slot()
    def _show_again(self) -> None:
        """The sliders may have been moved while what could not be opened was on its way."""
        self._awaited = None
        scene, code = self._session.scene, self.code
        if scene is not None and code is not None and not np.array_equal(scene.code, code):
            self._show()
