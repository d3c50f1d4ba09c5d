"""The state of the sliders: its steps, undone and redone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine import library, loaded_model
from desktop.engine.library import ModelEntry
from desktop.engine.sliders.latents import LatentSpace
from desktop.engine.sliders.steering import Knob, Origin
from desktop.state.session import Session
from desktop.state.steering_model import SteeringModel
from export.bundle import Bundle
from tests import bundles

FIRST, SECOND = Knob("axes", 0), Knob("axes", 1)
CONCEPT_ARRAYS = ("vectors", "spread", "low", "high")


@pytest.fixture
def session(qapp: QApplication, vector: Bundle) -> Iterator[Session]:
    """A session that will show the mean of a rich model."""
    owner = QObject(qapp)
    session = Session("cpu", owner)
    bundles.enriched(vector)
    yield session
    session.stop()
    owner.deleteLater()


@pytest.fixture
def model(qtbot: QtBot, session: Session, vector: Bundle) -> SteeringModel:
    """The state of its sliders."""
    model = SteeringModel(session, session)
    with qtbot.waitSignal(session.rendered):
        session.open(library.open_entry(vector.folder))
    return model


def position(model: SteeringModel, knob: Knob) -> float:
    """Where a slider stands."""
    positions = model.positions(knob.group)
    assert positions is not None
    return float(positions[knob.index])


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


def change_model(qtbot: QtBot, session: Session, model: SteeringModel, entry: ModelEntry) -> None:
    """Opens a model as the window does."""
    with qtbot.waitSignal(session.rendered):
        session.open(entry, None, model.recall(entry, session.picture))


def test_a_model_comes_back_as_it_was_left(
    qtbot: QtBot, session: Session, model: SteeringModel, free: Bundle, vector: Bundle
) -> None:
    """Sliders, locks and solo are each model's own; one that is read from its folder anew is the same one."""
    model.move(FIRST, 1.0)
    model.move(SECOND, -1.0)
    model.set_locked(FIRST, True)
    model.set_solo(FIRST)
    shown = model.code
    other = library.open_entry(free.folder)
    change_model(qtbot, session, model, other)
    assert (model.locked, model.solo, position(model, FIRST)) == (set(), None, 0.0)
    model.move(SECOND, 0.5)
    change_model(qtbot, session, model, library.open_entry(vector.folder))
    assert (model.locked, model.solo) == ({FIRST}, FIRST)
    assert (position(model, FIRST), position(model, SECOND)) == (1.0, -1.0)
    assert session.scene is not None
    assert np.array_equal(session.scene.code, shown)  # type: ignore[arg-type]
    change_model(qtbot, session, model, other)
    assert position(model, SECOND) == 0.5


def test_with_another_picture_a_model_starts_anew(
    qtbot: QtBot, session: Session, model: SteeringModel, free: Bundle, photo: Path
) -> None:
    """The sliders that were moved on one picture are not moved on the next."""
    assert model.model is not None
    first = model.model.entry
    model.move(FIRST, 1.0)
    change_model(qtbot, session, model, library.open_entry(free.folder))
    with qtbot.waitSignal(session.rendered):
        session.open(picture=photo)
    change_model(qtbot, session, model, first)
    assert session.scene is not None
    assert not session.scene.steered
    assert session.scene.subject.source is photo


def test_changing_the_model_is_a_step(qtbot: QtBot, session: Session, model: SteeringModel, free: Bundle) -> None:
    """Undo goes back through it to the steps before, and redo forward again to the last one."""
    model.move(FIRST, 1.0)
    change_model(qtbot, session, model, library.open_entry(free.folder))
    model.move(SECOND, 0.5)
    names = [model.undo_stack.text(index) for index in range(model.undo_stack.count())]
    assert names == ["Move a slider", "Change the model", "Move a slider"]
    model.undo_stack.undo()
    with qtbot.waitSignal(session.rendered):
        model.undo_stack.undo()
    assert model.model is not None
    assert (model.model.entry.name, position(model, FIRST)) == ("tiny", 1.0)
    model.undo_stack.undo()
    assert position(model, FIRST) == 0.0
    model.undo_stack.redo()
    with qtbot.waitSignal(session.rendered):
        model.undo_stack.redo()
    model.undo_stack.redo()
    assert model.model.entry.name == "tiny-map"
    assert position(model, SECOND) == 0.5
    assert model.undo_stack.count() == 3


def test_a_model_that_is_gone_is_not_gone_back_to(
    qtbot: QtBot, session: Session, model: SteeringModel, free: Bundle, vector: Bundle
) -> None:
    """Where undo cannot have the model before, the present one stays and can be steered."""
    model.move(FIRST, 1.0)
    change_model(qtbot, session, model, library.open_entry(free.folder))
    (vector.folder / "decoder.onnx").unlink()
    with qtbot.waitSignal(session.returned):
        model.undo_stack.undo()
    assert model.model is not None
    assert model.model.entry.name == "tiny-map"
    model.move(SECOND, 0.5)
    assert position(model, SECOND) == 0.5
    qtbot.waitUntil(lambda: np.array_equal(session.scene.code, model.code))  # type: ignore[union-attr, arg-type]


def test_new_concepts_leave_the_sliders_where_they_stand(
    qtbot: QtBot, session: Session, model: SteeringModel, vector: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that is read anew with one more concept is steered as before; with one fewer, they start anew."""
    concept = Knob("concepts", 1)
    model.move(FIRST, 1.0)
    model.move(concept, 0.5)
    before = model.code
    own = loaded_model.with_own_concepts
    monkeypatch.setattr(loaded_model, "with_own_concepts", lambda space, info: _with_one_more(own(space, info)))
    change_model(qtbot, session, model, library.open_entry(vector.folder))
    assert model.space is not None
    assert len(model.space.concepts.low) == 4
    assert (position(model, FIRST), position(model, concept)) == (1.0, 0.5)
    assert np.array_equal(model.code, before)  # type: ignore[arg-type]
    monkeypatch.undo()
    change_model(qtbot, session, model, library.open_entry(vector.folder))
    assert (position(model, FIRST), position(model, concept)) == (1.0, pytest.approx(0.0, abs=1e-6))
    assert model.undo_stack.count() == 2


def test_a_model_that_is_replaced_keeps_the_sliders(
    qtbot: QtBot, session: Session, model: SteeringModel, vector: Bundle
) -> None:
    """A bundle made anew in the same place is shown moved as far, locks stay, and the moves are undone as before."""
    model.move(FIRST, 1.5)
    model.end_gesture()
    model.move(SECOND, -1.0)
    model.set_locked(SECOND, locked=True)
    before = session.model
    assert before is not None
    bundles.enriched(vector, seed=7)
    entry = library.open_entry(vector.folder)
    assert entry.identity != before.identity
    session.open(entry)
    qtbot.waitUntil(lambda: session.scene is not None and session.scene.request.model is entry)
    qtbot.waitUntil(lambda: np.array_equal(session.scene.code, model.code))  # type: ignore[union-attr, arg-type]
    assert (position(model, FIRST), position(model, SECOND)) == pytest.approx((1.5, -1.0))
    assert model.locked == {SECOND}
    assert model.undo_stack.count() == 2, "the model's own change is no step"
    model.undo_stack.undo()
    assert (position(model, FIRST), position(model, SECOND)) == pytest.approx((1.5, 0.0))
    assert model.model is not None
    assert model.model.entry is entry


def _with_one_more(space: LatentSpace) -> LatentSpace:
    """The space with its first concept once more at the end."""
    before = space.concepts
    more = {name: np.concatenate([getattr(before, name), getattr(before, name)[:1]]) for name in CONCEPT_ARRAYS}
    return dataclasses.replace(
        space, concepts=dataclasses.replace(before, **more), labels=(*space.labels, space.labels[0])
    )
