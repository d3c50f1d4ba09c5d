"""The codes that the user has put aside, model by model."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from desktop.engine.session_file import NamedCode
from desktop.state.kept import Kept, SnapshotStep

CODE = np.zeros((1, 8), np.float32)


def test_what_is_kept_comes_back_with_its_model(qtbot: QtBot) -> None:
    """Another model has nothing, until the first one is chosen again."""
    kept = Kept()
    kept.change_model("first")
    kept.replace({"A": CODE}, [NamedCode("x", CODE)], {"A": "a.png"})
    with qtbot.waitSignal(kept.replaced):
        kept.change_model("second")
    assert (kept.snapshots, kept.morph, kept.sources) == ({}, [], {})
    assert list(kept.aside("first")[0]) == ["A"]
    kept.change_model("first")
    assert (list(kept.snapshots), len(kept.morph), kept.sources) == (["A"], 1, {"A": "a.png"})
    assert kept.aside("unknown") == ({}, [], {})


def test_clearing_forgets_the_present_model_alone() -> None:
    """What is of others stays aside."""
    kept = Kept()
    kept.change_model("first")
    kept.replace({"A": CODE}, ())
    kept.change_model("second")
    kept.replace({"B": CODE}, ())
    kept.clear()
    assert kept.snapshots == {}
    kept.change_model("first")
    assert list(kept.snapshots) == ["A"]


def test_a_snapshot_comes_back_and_those_made_since_stay() -> None:
    """Removed, it is there again at its place; a name that is taken by now is not taken from the newer one."""
    kept, stack, codes = Kept(), QUndoStack(), [np.full((1, 8), number, np.float32) for number in range(4)]
    kept.change_model("first")
    kept.replace({"A": codes[0], "B": codes[1]}, (), {"A": "a.png"})
    before = kept.present()
    kept.remove("A")
    stack.push(SnapshotStep("Remove snapshot A", kept, before))
    assert list(kept.snapshots) == ["B"]
    kept.snapshots["C"] = codes[2]
    stack.undo()
    assert (list(kept.snapshots), kept.sources["A"]) == (["A", "B", "C"], "a.png")
    stack.redo()
    assert list(kept.snapshots) == ["B", "C"]
    kept.snapshots["A"] = codes[3]
    stack.undo()
    assert kept.snapshots["A"] is codes[3]
    assert kept.snapshots["A 2"] is codes[0]


def test_a_change_is_undone_where_it_was_made() -> None:
    """A snapshot that was replaced or renamed is as it was, in the model that it belongs to, whichever is chosen."""
    kept, stack, other = Kept(), QUndoStack(), np.ones((1, 8), np.float32)
    kept.change_model("first")
    kept.replace({"A": CODE, "B": CODE}, ())
    before = kept.present()
    kept.snapshots["A"] = other
    stack.push(SnapshotStep("Replace snapshot A", kept, before))
    before = kept.present()
    kept.rename("B", "hat")
    stack.push(SnapshotStep("Rename snapshot B", kept, before))
    kept.change_model("second")
    stack.undo()
    stack.undo()
    assert kept.snapshots == {}
    kept.change_model("first")
    assert list(kept.snapshots) == ["A", "B"]
    assert kept.snapshots["A"] is CODE
