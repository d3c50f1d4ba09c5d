"""A detector of every score."""

from __future__ import annotations

import pytest

from desktop.engine.anomaly.anomalies import default_combination
from desktop.engine.anomaly.detector import Detector
from desktop.engine.anomaly.fit import fit_detector
from tests.desktop.engine.anomaly.test_detector import KINDS, ORIGIN, seen


@pytest.fixture(scope="package")
def fitted() -> Detector:
    """A detector of every score."""
    return fit_detector(seen(20, 0), ORIGIN, KINDS, default_combination(KINDS))
