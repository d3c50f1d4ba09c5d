"""The state of the sliders when the model is changed, read anew or replaced."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import library, loaded_model
from desktop.engine.library import ModelEntry
from desktop.engine.sliders.latents import LatentSpace
from desktop.engine.sliders.steering import Knob
from desktop.state.session import Session
from desktop.state.steering_model import SteeringModel
from export.bundle import Bundle
from tests import bundles
from tests.desktop.state.steered import FIRST, SECOND, position

CONCEPT_ARRAYS = ("vectors", "spread", "low", "high")


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
