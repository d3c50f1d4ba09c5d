"""Colours of a difference."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.widgets import heat
from desktop.widgets.heat import HeatScale


@pytest.mark.parametrize("amplification", [1, 4, 64])
def test_amplification_moves_the_end_of_the_scale(amplification: int) -> None:
    """A level stands for that many times as much, and what is beyond the end is all of one colour."""
    table = heat.table(amplification)
    last = 0xFF000000 | 255 << 16 | 252 << 8 | 224
    assert table[0] == 0xFF000000 | 4 << 16 | 4 << 8 | 12
    assert table[255] == last
    assert table[-(-255 // amplification)] == last
    assert (table[255 // amplification - 1] == last) is False


def test_the_scale_says_its_end(qtbot: QtBot) -> None:
    """The far end is told in levels, and the slider changes it."""
    scale = HeatScale()
    qtbot.addWidget(scale)
    assert (scale.amplification, scale.text) == (4, "64 levels and more")
    with qtbot.waitSignal(scale.changed):
        scale.slider.setValue(0)
    assert (scale.amplification, scale.text) == (1, "255 levels and more")
