"""The meter: a sentence and a bar."""

from __future__ import annotations

import itertools

from pytestqt.qtbot import QtBot

from desktop.widgets.meter import Meter


def test_the_bar_is_filled_by_the_share(qtbot: QtBot) -> None:
    """A larger share and an alarm look different; without a share there is no bar; the sentence is read aloud too."""
    meter = Meter()
    qtbot.addWidget(meter)
    meter.resize(200, 60)
    meter.show()
    looks = []
    for share, alarming in ((0.2, False), (0.9, False), (0.9, True), (None, False)):
        meter.set_reading("Familiar.", share, alarming)
        looks.append(meter.grab().toImage())
    assert all(first != second for first, second in itertools.pairwise(looks))
    assert (meter.text, meter.accessibleName()) == ("Familiar.", "Familiar.")
    assert not meter._bar.isVisible()
