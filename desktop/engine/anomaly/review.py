"""The user's verdicts on a report: the detector learns from them, and the report says at once what it says then.

What pictures scored is known, so that no picture is read again. The detector is kept by `detector_store.keep`, with all
verdicts in it.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine.anomaly import anomalies, recalibration, truth
from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import Detector
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Index, Rows


def correct(report: Report, index: Index, rows: Rows, bad: bool) -> Report:
    """The report after a verdict on some of its pictures: "missed" where they are `bad`, else "not an anomaly".

    A second verdict on a picture takes the place of the first.

    Raises:
        InspectionError: No picture is chosen, or one is not in the report.
    """
    places = np.flatnonzero(np.isin(report.rows, rows))
    if len(places) != len(np.unique(rows)):
        raise InspectionError("a picture that was not scored cannot be corrected; score the folder again.")
    scores = {name: values[places] for name, values in report.verdicts.scores.items()}
    files = index.files(report.rows[places])
    return _scored_anew(report, index, recalibration.correct(report.detector, scores, np.full(len(places), bad), files))


def undo(report: Report, index: Index) -> Report:
    """The report as it was before the last verdict.

    Raises:
        InspectionError: There is none to undo.
    """
    return _scored_anew(report, index, recalibration.undo(report.detector))


def _scored_anew(report: Report, index: Index, detector: Detector) -> Report:
    verdicts = detector.verdicts_of(report.verdicts.scores)
    anomalies.put_known(verdicts, detector, index, report.rows)
    results = {}
    if report.bad is not None:
        measured = truth.measure_pictures(verdicts, report.bad)
        results = {name: dataclasses.replace(old, auroc=measured[name].auroc) for name, old in report.results.items()}
    return dataclasses.replace(report, detector=detector, verdicts=verdicts, results=results)
