"""The state of the sliders: its steps, undone and redone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.sliders.steering import Knob, Origin
from desktop.state.session import Session
from desktop.state.steering_model import SteeringModel
from tests.desktop.state.steered import FIRST, SECOND, position


def test_moves_of_one_slider_are_one_step(model: SteeringModel) -> None:
    """A drag is undone at once, another slider's separately, and redone in the same order."""
    for value in (0.1, 0.5, 1.0):
        model.move(FIRST, value)
    model.move(SECOND, -1.0)
    assert model.undo_stack.count() == 2
    model.undo_stack.undo()
    assert (position(model, FIRST), position(model, SECOND)) == (1.0, 0.0)
    model.undo_stack.undo()
    assert position(model, FIRST) == 0.0
    model.undo_stack.redo()
    assert position(model, FIRST) == 1.0


def test_a_second_grab_is_a_second_step(model: SteeringModel) -> None:
    """The same slider, let go and dragged again, is undone to where it was let go."""
    model.move(FIRST, 1.0)
    model.end_gesture()
    model.move(FIRST, 2.0)
    model.undo_stack.undo()
    assert position(model, FIRST) == 1.0


def test_after_a_pause_moves_are_another_step(qtbot: QtBot, model: SteeringModel) -> None:
    """Keys pressed one after another are one step, until the keyboard rests."""
    model._rest.setInterval(1)
    model.move(FIRST, 1.0)
    qtbot.waitUntil(lambda: not model._rest.isActive())
    model.move(FIRST, 2.0)
    assert model.undo_stack.count() == 2


def test_locks_hold_while_everything_else_goes(model: SteeringModel) -> None:
    """Reset, random and mean leave locked axes and concepts where they stand."""
    concept = Knob("concepts", 1)
    model.move(FIRST, 1.5)
    model.move(SECOND, 1.0)
    model.move(concept, 0.5)
    model.set_locked(FIRST, True)
    model.set_locked(concept, True)
    model.reset_all()
    assert (position(model, FIRST), position(model, SECOND)) == (1.5, 0.0)
    assert model.model is not None
    model.start_from(model.model.samplers.draw("gaussian", 3), Origin("random"), "Random")
    assert position(model, FIRST) == pytest.approx(1.5, abs=1e-4)
    assert position(model, concept) == pytest.approx(0.5, abs=1e-4)
    assert abs(position(model, SECOND)) > 1e-3


def test_solo_shows_one_slider_alone(model: SteeringModel) -> None:
    """The others keep their positions, and act again afterwards."""
    model.move(FIRST, 1.0)
    model.move(SECOND, 1.0)
    both = model.code
    model.set_solo(FIRST)
    assert model.code is not None
    assert both is not None
    assert not np.array_equal(model.code, both)
    assert position(model, SECOND) == 1.0
    model.set_solo(None)
    assert np.array_equal(model.code, both)


def test_what_is_kept_is_the_new_start(model: SteeringModel) -> None:
    """The code stays, the sliders start from it, and undo brings the old start back."""
    model.move(FIRST, 1.0)
    before = model.code
    model.keep()
    assert model.code is not None
    assert before is not None
    assert np.array_equal(model.code, before)
    starts = model.starts("axes")
    assert starts is not None
    assert starts[0] == pytest.approx(1.0, abs=1e-5)
    model.undo_stack.undo()
    assert position(model, FIRST) == 1.0
    model.undo_stack.undo()
    assert position(model, FIRST) == 0.0


def test_opening_a_picture_is_undone(qtbot: QtBot, session: Session, model: SteeringModel, photo: Path) -> None:
    """Undo goes back to the mean with its sliders where they were, and redo to the picture with its own."""
    model.move(FIRST, 1.0)
    with qtbot.waitSignal(session.subject_changed):
        session.open(picture=photo)
    moved = position(model, FIRST) + 0.5
    model.move(FIRST, moved)
    model.undo_stack.undo()
    with qtbot.waitSignal(session.subject_changed):
        model.undo_stack.undo()
    assert session.scene is not None
    assert session.scene.subject.picture is None
    assert position(model, FIRST) == 1.0
    assert session.scene.code == pytest.approx(model.code)
    with qtbot.waitSignal(session.subject_changed):
        model.undo_stack.redo()
    model.undo_stack.redo()
    assert position(model, FIRST) == pytest.approx(moved)
    qtbot.waitUntil(lambda: np.array_equal(session.scene.code, model.code))  # type: ignore[union-attr, arg-type]


def test_moves_on_the_way_back_are_shown(qtbot: QtBot, session: Session, model: SteeringModel, photo: Path) -> None:
    """A slider moved while undo still waits for its picture is not forgotten."""
    with qtbot.waitSignal(session.subject_changed):
        session.open(picture=photo)
    model.undo_stack.undo()
    model.move(FIRST, 0.75)
    qtbot.waitUntil(lambda: session.scene is not None and session.scene.subject.picture is None)
    qtbot.waitUntil(lambda: np.array_equal(session.scene.code, model.code))  # type: ignore[union-attr, arg-type]
    assert position(model, FIRST) == 0.75


def test_a_picture_that_is_gone_is_not_gone_back_to(
    qtbot: QtBot, session: Session, model: SteeringModel, photo: Path
) -> None:
    """Where undo fails, the sliders say what is shown."""
    with qtbot.waitSignal(session.subject_changed):
        session.open(picture=photo)
    with qtbot.waitSignal(session.subject_changed):
        model.undo_stack.undo()
    photo.unlink()
    with qtbot.waitSignal(session.failed):
        model.undo_stack.redo()
    assert position(model, FIRST) == 0.0
    assert session.scene is not None
    assert session.scene.subject.picture is None
