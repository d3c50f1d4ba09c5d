"""What tests of the sliders' state share."""

from __future__ import annotations

from desktop.engine.sliders.steering import Knob
from desktop.state.steering_model import SteeringModel

FIRST, SECOND = Knob("axes", 0), Knob("axes", 1)


def position(model: SteeringModel, knob: Knob) -> float:
    """Where a slider stands."""
    positions = model.positions(knob.group)
    assert positions is not None
    return float(positions[knob.index])
