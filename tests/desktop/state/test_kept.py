"""The codes that the user has put aside, model by model."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from desktop.engine.session_file import NamedCode
from desktop.state.kept import Kept

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
