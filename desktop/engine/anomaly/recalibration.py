"""A detector calibrated and combined from what was kept of its fit, and of the user's verdicts on what it said.

It keeps what each corrected picture scored. From then on it is calibrated on its good pictures together with those that
are no anomalies, and combined by made-up defects together with those that were missed; the pictures themselves are not
needed again. Undone, the last correction leaves the detector exactly as it was before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly import calibration, selection
from desktop.engine.anomaly.calibration import Values, fit_tail
from desktop.engine.anomaly.detector import COMBINED, Detector, combine
from desktop.engine.anomaly.selection import Corrected, Found
from desktop.engine.errors import InspectionError
from desktop.engine.folder.index import Files


def calibrated(detector: Detector) -> Detector:
    """The detector with tails, weights and what it would find of made-up defects, from its raw scores."""
    corrections = detector.corrections
    good = {name: detector.held_out[name] for name in detector.scorers}
    if corrections.steps:
        good = {name: np.concatenate([each, corrections.good[name]]) for name, each in good.items()}
    weights = _weights(detector, good)
    combined = tuple(weights) or detector.chosen_names
    left_out = {name: calibration.strengths_left_out(good[name]) for name in combined}
    every = {**good, COMBINED: combine(left_out, weights)}
    tails = {name: fit_tail(values) for name, values in every.items()}
    count = detector.origin.pictures
    known = dataclasses.replace(
        detector,
        tails=tails,
        combined=combined,
        held_out={name: values[:count] for name, values in every.items()},
        weights=weights,
    )
    return dataclasses.replace(known, found=found(known))


def correct(detector: Detector, scores: Mapping[str, Values], bad: NDArray[np.bool_], files: Files) -> Detector:
    """The detector after the user's verdict on some pictures.

    Args:
        detector: That scored them.
        scores: What they scored, `[K]` for each of its scores.
        bad: bool `[K]`: whether each is an anomaly.
        files: The pictures' files.

    Raises:
        InspectionError: There is no picture.
    """
    if not len(bad):
        raise InspectionError("no picture is chosen, so there is nothing to correct.")
    raw = {name: scores[name].astype(np.float64) for name in detector.scorers}
    return calibrated(dataclasses.replace(detector, corrections=detector.corrections.added(bad, raw, files)))


def undo(detector: Detector) -> Detector:
    """The detector as it was before the last correction.

    Raises:
        InspectionError: Nothing was corrected.
    """
    if not detector.corrections.steps:
        raise InspectionError("there is no correction to undo.")
    return calibrated(dataclasses.replace(detector, corrections=detector.corrections.undone()))


def _weights(detector: Detector, good: Mapping[str, Values]) -> Mapping[str, float]:
    """What the user's verdicts choose, where they choose better than made-up defects, and otherwise what these do."""
    corrections, count = detector.corrections, detector.origin.pictures
    present = _present(detector, {name: values[:count] for name, values in good.items()})
    if not corrections.has_both:
        return present
    names, kinds = detector.chosen_names, detector.made_up.kinds
    tails = {name: fit_tail(good[name]) for name in names}
    strengths = {name: -calibration.strengths_left_out(good[name]) for name in names}
    held_out = {name: values[:count] for name, values in strengths.items()}
    made_up = detector.made_up.strengths(tails)
    corrected = Corrected(
        {name: values[count:] for name, values in strengths.items()},
        {name: -tails[name].strengths(corrections.missed[name]) for name in names},
    )
    rate = detector.origin.false_alarm_rate
    if selection.verdicts_help(held_out, kinds, made_up, names, corrected, present, rate, detector.dear):
        return selection.choose_weights(held_out, kinds, made_up, names, corrected, detector.dear)
    return present


def _present(detector: Detector, good: Mapping[str, Values]) -> Mapping[str, float]:
    """What made-up defects alone choose; nothing, for the smallest chance, where there are none."""
    names, made_up = detector.chosen_names, detector.made_up
    if not made_up.kinds:
        return {}
    strengths = {name: -calibration.strengths_left_out(good[name]) for name in names}
    found = made_up.strengths({name: fit_tail(good[name]) for name in names})
    return selection.choose_weights(strengths, made_up.kinds, found, names, None, detector.dear)


def found(detector: Detector) -> tuple[Found, ...]:
    """Of each kind of made-up defect, how many are past the threshold at the detector's false-alarm rate."""
    made_up = detector.made_up
    if not made_up.kinds:
        return ()
    strengths = made_up.strengths({name: detector.tails[name] for name in detector.combined})
    scores = combine({name: -values for name, values in strengths.items()}, detector.weights)
    return tuple(selection.count_found(made_up.kinds, (scores >= detector.threshold(COMBINED)).tolist()))
