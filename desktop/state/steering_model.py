"""The sliders' state for the whole window: what may be done to it, and how all of it is undone."""

from __future__ import annotations

import dataclasses

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.engine.autoencoder import Latents
from desktop.engine.directions import Coordinates, Floats
from desktop.engine.latents import GroupName, LatentSpace
from desktop.engine.rendering import LoadedModel, PictureSource, Subject
from desktop.engine.steering import Knob, Origin, Steering
from desktop.i18n import tr
from desktop.state.session import Session

LARGEST_UNDO_STEPS = 500
GESTURE_MS = 900  # moves of one slider that follow one another more closely than this are one step to undo


@dataclasses.dataclass(frozen=True, eq=False)
class Point:
    """Where undo can go back to: a picture, and what its code was steered to."""

    picture: PictureSource | None
    state: Steering


class SteeringModel(QObject):
    """Owns the state, asks the session for its picture, and remembers every step.

    Locks and the soloed slider are how the user works and no part of the picture, so they are not undone.

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
        self._subject: Subject | None = None
        self._gesture, self._gesture_of = 0, object()
        self._rest = QTimer(self, singleShot=True, interval=GESTURE_MS)
        self._rest.timeout.connect(self.end_gesture)
        session.subject_changed.connect(self._take_subject)
        session.failed.connect(self._give_up)
        session.returned.connect(self._show_again)

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

    def positions(self, group: GroupName) -> Coordinates | None:
        """Where a group's sliders stand; None where they do not fit the code."""
        return self.state.positions(self.model.space, group) if self.state and self.model else None

    def starts(self, group: GroupName) -> Coordinates | None:
        """Where a group's sliders go back to."""
        return self.state.start(self.model.space, group) if self.state and self.model else None

    def move(self, knob: Knob, position: float) -> None:
        """One slider elsewhere; moves of the same slider are one step until `end_gesture`."""
        if self.state is not None and self.model is not None:
            self._push(tr("Move a slider"), self.state.moved(self.model.space, knob, position), knob)

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
            self.start_from(self._subject.code, _origin(self._subject), tr("Back to the picture"))

    def keep(self) -> None:
        """The code as it is now becomes what the sliders start from."""
        code = self.code
        if self.state is not None and code is not None:
            self._push(tr("Keep as start"), Steering(code, Origin("kept"), {}, self.state.mask))

    def set_mask(self, mask: Floats | None, gesture: object = None) -> None:
        """The cells in which everything acts; None for all of them."""
        if self.state is not None:
            self._push(tr("Change the region"), dataclasses.replace(self.state, mask=mask), gesture)

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

    def go(self, point: Point) -> None:
        """To another point, which is no new step: what undo and redo do."""
        self.state, before, self._picture = point.state, self._picture, point.picture
        self.changed.emit()
        shown = self.shown_state
        if point.picture is not before and shown is not None:
            self._session.show(point.picture, shown)
        else:
            self._show()

    def _push(self, text: str, state: Steering, gesture: object = None) -> None:
        """A new step; one more of the same gesture joins the step before it."""
        assert self.state is not None
        if gesture is None or gesture != self._gesture_of:
            self.end_gesture()
            self._gesture += 1
            self._gesture_of = object() if gesture is None else gesture
        if gesture is not None:
            self._rest.start()
        points = Point(self._picture, self.state), Point(self._picture, state)
        self.undo_stack.push(_Step(self, text, *points, self._gesture))

    def _show(self) -> None:
        shown = self.shown_state
        if shown is not None:
            self._session.steer(shown)

    @Slot(object)
    def _take_subject(self, subject: Subject) -> None:
        """A picture was opened: its own code is where everything starts, and opening it can be undone."""
        self._subject = subject
        if subject.model is not self.model:
            self.model, self.solo, self.state, self.locked = subject.model, None, None, set()
            self.undo_stack.clear()
            self.model_changed.emit(subject.model)
        wanted = self._session.scene.request.steering if self._session.scene else None
        before, state = self.state, wanted or Steering(subject.code, _origin(subject))
        if before is not None and wanted is not None:
            return  # undo went back to it, and has set the state already
        self.end_gesture()
        self.state = state
        if before is not None:
            points = Point(self._picture, before), Point(subject.source, state)
            self.undo_stack.push(_Step(self, tr("Open a picture"), *points, done=True))
        self._picture = subject.source
        self.changed.emit()

    @Slot()
    def _give_up(self) -> None:
        """Where undo could not go back to a picture (its file is gone), the sliders say what is shown again."""
        scene = self._session.scene
        if scene is not None and self.model is not None and self._picture is not self._session.picture:
            self._picture = scene.request.picture
            self.state = scene.request.steering or Steering(scene.subject.code, _origin(scene.subject))
            self.changed.emit()

    @Slot()
    def _show_again(self) -> None:
        """The sliders may have been moved while what could not be opened was on its way."""
        scene, code = self._session.scene, self.code
        if scene is not None and code is not None and not np.array_equal(scene.code, code):
            self._show()


def _origin(subject: Subject) -> Origin:
    return Origin("mean") if subject.picture is None else Origin("picture", subject.picture.name)


class _Step(QUndoCommand):
    """From one point to another; steps of one gesture become one."""

    def __init__(
        self, owner: SteeringModel, text: str, before: Point, after: Point, gesture: int = 0, done: bool = False
    ) -> None:
        """`done`: it has happened already, so that pushing it does nothing."""
        super().__init__(text)
        self._owner, self._before, self.after, self.gesture, self._done = owner, before, after, gesture, done

    def id(self) -> int:
        return 1 if self.gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or other.gesture != self.gesture:
            return False
        self.after = other.after
        return True

    def redo(self) -> None:
        if not self._done:
            self._owner.go(self.after)
        self._done = False

    def undo(self) -> None:
        self._owner.end_gesture()
        self._owner.go(self._before)
