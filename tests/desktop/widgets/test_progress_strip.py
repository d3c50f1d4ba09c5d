"""How far a long piece of work is."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.widgets.progress_strip import ProgressStrip


@pytest.mark.parametrize("is_small", [False, True])
def test_it_is_there_while_something_goes_on(qtbot: QtBot, is_small: bool) -> None:
    """With a bar that is full at the end, and a button that cancels."""
    strip = ProgressStrip(is_small)
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.show_progress("Encoding", 3, 4)
    assert (strip.text, strip.bar.value(), strip.bar.maximum()) == ("Encoding", 3, 4)
    with qtbot.waitSignal(strip.cancelled):
        strip.cancel_button.click()
    strip.show_progress("Saving", 0, 0)
    assert (strip.bar.minimum(), strip.bar.maximum()) == (0, 0)
    strip.finish()
    assert strip.isHidden()
