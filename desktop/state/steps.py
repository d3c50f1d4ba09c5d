"""What undo goes back to: points, and the steps between them."""

from __future__ import annotations

import dataclasses
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from desktop.engine.framing import FitMode
from desktop.engine.library import ModelEntry
from desktop.engine.scene import PictureSource, Subject
from desktop.engine.sliders.directions import Coordinates
from desktop.engine.sliders.latents import GroupName, LatentSpace
from desktop.engine.sliders.steering import Knob, Origin, Steering, refitted


@dataclasses.dataclass(frozen=True, eq=False)
class Point:
    """Where undo can go back to: a model, a picture, how it is fitted, and what its code was steered to."""

    model: ModelEntry
    picture: PictureSource | None
    fit: FitMode
    state: Steering

    def is_at(self, other: Point) -> bool:
        """Whether another point is of the same picture, fitted alike."""
        return self.picture is other.picture and self.fit == other.fit


@dataclasses.dataclass(frozen=True, eq=False)
class Left:
    """How a model was left: where it stood, and which sliders were locked and soloed."""

    point: Point
    locked: frozenset[Knob]
    solo: Knob | None


@dataclasses.dataclass(frozen=True, eq=False)
class Awaited:
    """A point of another model that is on its way.

    Attributes:
        point: The point.
        shown: The state that was asked for, by which its scene is known.
        is_new: Whether arriving there is a new step to undo; undo's own way there is none.
    """

    point: Point
    shown: Steering
    is_new: bool


class Walker(Protocol):
    """Who goes from one point to another."""

    def go(self, point: Point) -> None:
        """To another point, which is no new step."""

    def end_gesture(self) -> None:
        """Whatever moves next is a step of its own."""


class Step(QUndoCommand):
    """From one point to another; steps of one gesture become one."""

    def __init__(
        self, owner: Walker, text: str, before: Point, after: Point, gesture: int = 0, done: bool = False
    ) -> None:
        """`done`: it has happened already, so that pushing it does nothing."""
        super().__init__(text)
        self._owner, self._before, self.after, self.gesture, self._done = owner, before, after, gesture, done

    def id(self) -> int:
        """1 for a step that others of its gesture may join, -1 for any other."""
        return 1 if self.gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Takes in a later step of the same gesture."""
        if not isinstance(other, Step) or other.gesture != self.gesture:
            return False
        self.after = other.after
        return True

    def redo(self) -> None:
        """Goes to the point after."""
        if not self._done:
            self._owner.go(self.after)
        self._done = False

    def undo(self) -> None:
        """Goes back to the point before."""
        self._owner.end_gesture()
        self._owner.go(self._before)


def is_step(before: Point, after: Point) -> bool:
    """Whether there is anything to undo: a model that is read anew, or was replaced, with the same picture, is none."""
    return before.model.folder != after.model.folder or before.model is after.model or not before.is_at(after)


def is_replaced(model: ModelEntry, by: ModelEntry) -> bool:
    """Whether another model lies where one was: that of a training's moment, say, or one that was made again."""
    return model.folder == by.folder and model.identity != by.identity


def renewed(state: Steering, subject: Subject) -> Steering:
    """The state for a model that was replaced in its place, as while it is trained: sliders are moved as far as before.

    It starts from the subject's own code as the new model has it, unless it came from elsewhere (a random code, say),
    which stays. Local axes go, and what was done with them. Anew where the new model has a latent of another shape.
    """
    space, own = subject.model.space, origin_of(subject)
    base = subject.code if state.origin.kind == own.kind else state.base
    offsets: dict[GroupName, Coordinates] = {n: each for n, each in state.offsets.items() if n != "local"}
    fitting = all(len(each) == len(space.group(n).low) for n, each in offsets.items() if n != "local")
    if not state.base.shape == base.shape == subject.code.shape or not fitting:
        return Steering(subject.code, own)
    return Steering(base, state.origin, offsets, state.mask)


def origin_of(subject: Subject) -> Origin:
    """Where a subject's own code comes from."""
    return Origin("mean") if subject.picture is None else Origin("picture", subject.picture.name)


def fresh(state: Steering, space: LatentSpace) -> Steering:
    """A state that was made before, perhaps in a space that was read anew since: nothing found then is relied on."""
    return dataclasses.replace(refitted(state, space), _starts={})
