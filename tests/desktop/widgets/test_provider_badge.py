"""Where the model runs, and the choice of another place."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.widgets.provider_badge import ProviderBadge

CHOICES = [("cpu", "CPU"), ("cuda", "CUDA")]


@pytest.fixture
def badge(qtbot: QtBot) -> ProviderBadge:
    """A badge with two providers, the second of which was asked for."""
    badge = ProviderBadge()
    qtbot.addWidget(badge)
    badge.set_choices(CHOICES, "cuda")
    return badge


def checked(badge: ProviderBadge) -> list[str]:
    """The keys that are marked in the menu."""
    return [action.data() for action in badge._group.actions() if action.isChecked()]


def test_it_is_seen_once_there_is_something_to_say(badge: ProviderBadge) -> None:
    """The text, the long story as a tip, and whether something is wrong."""
    assert badge.isHidden()
    badge.show_running("CPU", "CUDA <was> asked for", problem=True)
    assert not badge.isHidden()
    assert badge.text() == "CPU"
    assert badge.property("problem") is True
    assert "&lt;was&gt;" in badge.toolTip() or "<was>" in badge.toolTip()
    badge.show_running("CUDA", "", problem=False)
    assert badge.property("problem") is False


def test_the_choice_that_holds_is_marked(qtbot: QtBot, badge: ProviderBadge) -> None:
    """One alone; marking another is no wish of the user's, pressing it is."""
    assert badge.choices == ["auto", "cpu", "cuda"]
    assert checked(badge) == ["cuda"]
    with qtbot.assertNotEmitted(badge.chosen):
        badge.set_choices(CHOICES, "auto")
        badge.set_choices(CHOICES, "cpu")
    assert checked(badge) == ["cpu"]
    with qtbot.waitSignal(badge.chosen) as chosen:
        badge.choose("cuda")
    assert chosen.args == ["cuda"]


def test_other_providers_take_the_place_of_the_old_ones(badge: ProviderBadge) -> None:
    """None is listed twice, and the menu ends with the doctor."""
    badge.set_choices([("cpu", "CPU")], "cpu")
    assert badge.choices == ["auto", "cpu"]
    assert checked(badge) == ["cpu"]
    assert [action.text() for action in badge._menu.actions() if not action.isSeparator()][-1] == "Doctor…"


def test_the_choice_is_kept_when_the_same_is_told_again(badge: ProviderBadge) -> None:
    """What the user pressed is put back to what was asked for, if that is told once more."""
    badge.choose("cpu")
    badge.set_choices(CHOICES, "cuda")
    assert checked(badge) == ["cuda"]
