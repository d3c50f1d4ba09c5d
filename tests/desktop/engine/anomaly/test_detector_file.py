"""A detector as the bytes of one file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import detector_file
from desktop.engine.anomaly.detector import Detector
from desktop.engine.anomaly.detector_file import load_detector, save_detector
from desktop.engine.errors import InspectionError
from tests.desktop.engine.anomaly.test_detector import seen


def test_a_detector_comes_back_as_it_was(fitted: Detector, tmp_path: Path) -> None:
    """Same scores, same chances, same heat."""
    detector = fitted
    save_detector(detector, tmp_path / "detector.npz")
    back = load_detector(tmp_path / "detector.npz")
    assert (back.origin, back.combined) == (detector.origin, detector.combined)
    others = seen(3, 4, spot=True)
    first, second = detector.score(others), back.score(others)
    for name in first.scores:
        assert np.array_equal(first.scores[name], second.scores[name]), name
        assert np.array_equal(first.log_chances[name], second.log_chances[name]), name
    assert np.array_equal(detector.heat(others), back.heat(others))


@pytest.mark.parametrize("harm", ["cut", "text", "missing", "version", "score"])
def test_a_broken_detector_is_said(fitted: Detector, tmp_path: Path, harm: str) -> None:
    """Whatever is wrong with the file, it is one sentence with its name."""
    path = tmp_path / "detector.npz"
    save_detector(fitted, path)
    content = path.read_bytes()
    changes = {
        "cut": content[:2000],
        "text": b"no npz at all",
        "missing": content.replace(b"tail.error.start.npy", b"tail.error.stort.npy"),
        "version": content.replace(b'"version": %d' % detector_file.VERSION, b'"version": 99'),
        "score": content.replace(b'"structure"', b'"structuxx"'),
    }
    path.write_bytes(changes[harm])
    with pytest.raises(InspectionError, match=r"detector\.npz"):
        load_detector(path)
