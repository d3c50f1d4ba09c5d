"""Many sliders, of which only those in sight exist."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.sliders.steering import Knob
from desktop.widgets.axis_slider import row_height
from desktop.widgets.filmstrip import SIDE
from desktop.widgets.slider_stack import SliderSpec, SliderStack


@pytest.fixture
def stack(qtbot: QtBot) -> SliderStack:
    """Three hundred sliders."""
    stack = SliderStack()
    qtbot.addWidget(stack)
    knobs = [Knob("numbers", index) for index in range(300)]
    stack.set_sliders([SliderSpec(knob, f"Number {knob.index}", "", -1.0, 1.0) for knob in knobs], {knobs[1]: "Smile"})
    stack.set_positions(dict.fromkeys(knobs[:-1], (0.0, 0.5)))
    return stack


def test_a_slider_is_made_when_it_comes_into_sight(qtbot: QtBot, stack: SliderStack) -> None:
    """Of three hundred only those in sight exist, with their neighbours, and know where they stand."""
    with qtbot.waitSignal(stack.seen) as seen:
        stack.show_part(0, 3 * row_height(SIDE))
    assert seen.args is not None
    assert [knob.index for knob in seen.args[0]] == [0, 1, 2]
    assert len(stack.rows) == 4
    assert stack.row(Knob("numbers", 1)).name == "Smile"
    assert stack.row(Knob("numbers", 2)).value == 0.5
    stack.show_part(100 * row_height(SIDE), 101 * row_height(SIDE))
    assert Knob("numbers", 100) in stack.rows
    assert len(stack.rows) == 7


def test_a_slider_without_a_position_cannot_be_used(stack: SliderStack) -> None:
    """Where the sliders do not fit the code they are there, but greyed."""
    assert stack.row(Knob("numbers", 0)).isEnabled()
    assert not stack.row(Knob("numbers", 299)).isEnabled()


def test_without_filmstrips_more_fit(stack: SliderStack) -> None:
    """The stack is as high as its rows."""
    stack.set_filmstrip_side(0)
    assert stack.height() == 300 * row_height(0)


def test_other_sliders_replace_them(stack: SliderStack) -> None:
    """Nothing of the old ones stays."""
    stack.show_part(0, 500)
    stack.set_sliders([SliderSpec(Knob("axes", 0), "Axis 1", "", -1.0, 1.0, heading="Group")], {})
    assert list(stack.rows) == [Knob("axes", 0)]
