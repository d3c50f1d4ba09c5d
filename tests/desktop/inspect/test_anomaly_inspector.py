"""What the Inspect page asks about anomalies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.errors import InspectionError
from desktop.engine.library import ModelEntry
from desktop.inspect.inspector import Inspector
from desktop.inspect.place import Place


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def never() -> bool:
    """Nobody stops it."""
    return False


def test_what_was_fitted_and_corrected_is_found_again(entry: ModelEntry, folder: Path) -> None:
    """A detector is kept with its folder, learns from a verdict, and forgets it again when that is undone."""
    place, inspector = Place(entry, folder), Inspector("cpu")
    assert inspector.update(place, quiet, never).detector is None
    report = inspector.score(place, folder / "good", 0.05, quiet, never)
    assert report.bad is not None
    assert report.verdicts.anomalous[report.bad].all()
    good_row = report.rows[~report.bad][:1]
    corrected = inspector.correct(place, report, good_row, True)
    assert corrected.detector is not report.detector
    kept = inspector.update(place, quiet, never).detector
    assert kept is not None
    again = inspector.score_again(place, kept, quiet, never)
    assert np.allclose(again.verdicts.scores["combined"], corrected.verdicts.scores["combined"], atol=1e-5)
    undone = inspector.undo_correction(place, corrected)
    assert np.allclose(undone.verdicts.scores["combined"], report.verdicts.scores["combined"])
    with pytest.raises(InspectionError):
        inspector.undo_correction(place, undone)


def test_a_look_has_a_heat_map_where_a_detector_makes_one(entry: ModelEntry, folder: Path) -> None:
    """Without one it is the picture as the model sees it, and its reconstruction."""
    place, inspector = Place(entry, folder), Inspector("cpu")
    rows = inspector.update(place, quiet, never).rows
    plain = inspector.look(place, int(rows[0]), None)
    assert plain.heat is None
    assert plain.original.shape == plain.reconstruction.shape
    report = inspector.score(place, folder / "good", 0.05, quiet, never)
    seen = inspector.look(place, int(rows[0]), report.detector)
    assert seen.heat is not None
    assert seen.heat.shape == seen.original.shape
