"""Facts beside one another."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.widgets.facts_bar import Fact, FactsBar


def test_facts_find_room(qtbot: QtBot) -> None:
    """Wide, they stand in one row; narrow, in several; fewer facts leave no old one behind."""
    bar = FactsBar()
    qtbot.addWidget(bar)
    bar.show_facts([Fact(f"name {n}", f"value {n}", f"tip {n}") for n in range(6)])
    bar.resize(800, 40)
    bar.show()
    wide = bar.sizeHint().height()
    bar.resize(300, 40)
    assert bar.sizeHint().height() >= 2 * wide - 4
    assert bar.text("name 5") == "value 5"
    bar.show_facts([Fact("one", "1", "")])
    assert bar.text("one") == "1"
    with pytest.raises(KeyError):
        bar.text("name 5")
