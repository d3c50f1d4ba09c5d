"""The user's verdicts on a report of a folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import anomalies, detector_store, review
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.autoencoder import Autoencoder
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Index
from desktop.engine.folder.update import update
from export.bundle import Bundle


@pytest.fixture
def report(index: Index, model: Autoencoder) -> Report:
    """On a folder, by a detector fitted to all of it."""
    update(index, model)
    wanted = anomalies.choose_scores(model.info, ["error", "neighbours"])
    detector = anomalies.fit_to_folder(index, index.folder, model, wanted, ["error", "neighbours"], 0.2)
    return anomalies.inspect(index, detector)


def test_a_report_says_what_the_user_said(report: Report, index: Index, vector: Bundle, root: Path) -> None:
    """Of a picture called missed, in this report, and in that of a detector that comes back from the disk."""
    calm = int(np.flatnonzero(~report.verdicts.anomalous)[0])
    after = review.correct(report, index, report.rows[[calm]], bad=True)
    assert after.verdicts.anomalous[calm]
    detector_store.keep(after.detector, index, root)
    found = detector_store.find(index, vector, root)
    assert found is not None
    assert anomalies.inspect(index, found).verdicts.anomalous[calm]


def test_undo_leaves_the_report_as_it_was(report: Report, index: Index) -> None:
    """Every score, chance and verdict of it."""
    after = review.correct(report, index, report.rows[:2], bad=False)
    assert not after.verdicts.anomalous[:2].any()
    back = review.undo(after, index)
    for name, values in report.verdicts.scores.items():
        assert np.array_equal(back.verdicts.scores[name], values)
        assert np.array_equal(back.verdicts.log_chances[name], report.verdicts.log_chances[name])
    assert np.array_equal(back.verdicts.anomalous, report.verdicts.anomalous)


def test_what_was_not_scored_is_not_corrected(report: Report, index: Index) -> None:
    """A row of another index, say; and nothing at all."""
    with pytest.raises(InspectionError, match="not scored"):
        review.correct(report, index, np.array([10**6]), bad=True)
    with pytest.raises(InspectionError, match="nothing to correct"):
        review.correct(report, index, np.empty(0, np.int64), bad=True)
