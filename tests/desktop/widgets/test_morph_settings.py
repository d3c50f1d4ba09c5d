"""How a row of pictures becomes a film."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.engine.film.morph import MorphPlan
from desktop.widgets.morph_settings import EASINGS, REPEATS, WAYS, MorphSettings


def test_the_plan_is_what_the_fields_say(qtbot: QtBot) -> None:
    """At first that which a plan has by itself; every change is told once."""
    settings, told = MorphSettings(), list[MorphPlan]()
    qtbot.addWidget(settings)
    settings.changed.connect(lambda: told.append(settings.plan))
    assert settings.plan == MorphPlan()
    settings.way.setCurrentIndex(1)
    settings.easing.setCurrentIndex(1)
    settings.repeat.setCurrentIndex(2)
    settings.frames.setValue(3)
    assert len(told) == 4
    assert told[-1] == MorphPlan(WAYS[1][0], EASINGS[1][0], REPEATS[2][0], 3)
