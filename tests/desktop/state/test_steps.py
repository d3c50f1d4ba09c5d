"""What undo goes back to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QUndoStack

from desktop.engine import library
from desktop.engine.library import ModelEntry
from desktop.engine.sliders.steering import Origin, Steering
from desktop.state.steps import Point, Step, is_step
from export.bundle import Bundle


class Walker:
    """Writes down where it is sent."""

    def __init__(self) -> None:
        self.gone: list[Any] = []

    def go(self, point: Point) -> None:
        """To another point."""
        self.gone.append(point)

    def end_gesture(self) -> None:
        """Nothing moves here."""


@pytest.fixture
def points(entry: ModelEntry) -> list[Point]:
    """Four points of one picture."""
    picture = Path("a.png")
    return [Point(entry, picture, "crop", Steering(np.float32([n]), Origin("picture"))) for n in range(4)]


def test_steps_of_one_gesture_are_one(points: list[Point]) -> None:
    """Undone at once, redone to its end; another gesture, or none, is a step of its own."""
    walker, stack = Walker(), QUndoStack()
    for before, after, gesture in ((0, 1, 7), (1, 2, 7), (2, 3, 0)):
        stack.push(Step(walker, "move", points[before], points[after], gesture, done=True))
    assert stack.count() == 2
    assert walker.gone == []
    stack.undo()
    stack.undo()
    stack.redo()
    assert walker.gone == [points[2], points[0], points[2]]


def test_a_model_that_is_read_anew_is_no_step(entry: ModelEntry, free: Bundle, points: list[Point]) -> None:
    """With the same picture, fitted alike; another model, picture or fit is one."""
    fresh = library.open_entry(entry.folder)
    here = points[0]
    assert not is_step(here, Point(fresh, here.picture, "crop", here.state))
    assert is_step(here, points[1])
    assert is_step(here, Point(fresh, Path("b.png"), "crop", here.state))
    assert is_step(here, Point(fresh, here.picture, "fit", here.state))
    assert is_step(here, Point(library.open_entry(free.folder), here.picture, "crop", here.state))
