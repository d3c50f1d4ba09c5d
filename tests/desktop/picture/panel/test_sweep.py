"""A slider that moves by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.engine.sliders.steering import Knob
from desktop.picture.panel.sweep import PERIOD_S, Sweep

KNOB = Knob("axes", 0)


@given(ends=st.tuples(st.floats(-9, 9), st.floats(0.01, 9)), share=st.floats(0, 1), seconds=st.floats(0, 60))
def test_it_goes_from_where_it_stands_to_its_ends_and_back(
    ends: tuple[float, float], share: float, seconds: float
) -> None:
    """It begins at the slider's value, never leaves its limits, and is there again after one period."""
    low, high = ends[0], ends[0] + ends[1]
    sweep, value = Sweep(), low + share * (high - low)
    sweep.start(KNOB, value, low, high)
    sweep.stop()
    tolerance = 1e-6 * (abs(low) + abs(high) + 1)
    assert sweep.position(0) == pytest.approx(value, abs=tolerance)
    assert low - tolerance <= sweep.position(seconds) <= high + tolerance
    assert sweep.position(seconds + PERIOD_S) == pytest.approx(sweep.position(seconds), abs=100 * tolerance)
    assert sweep.position(0.01) >= value - tolerance or share > 0.999


def test_it_moves_until_it_is_stopped(qtbot: QtBot) -> None:
    """Each change of which slider moves is told once; one that stands beyond its end begins at that end."""
    sweep, changes = Sweep(), []
    sweep.changed.connect(lambda: changes.append(sweep.knob))
    with qtbot.waitSignal(sweep.moved) as moved:
        sweep.start(KNOB, 5.0, -1.0, 1.0)
    assert moved.args[0] == KNOB
    assert moved.args[1] == pytest.approx(1.0, abs=0.01)
    sweep.stop()
    sweep.stop()
    assert changes == [KNOB, None]
