"""The pictures of a batch that failed."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.batch.failure_list import FailureList
from desktop.engine.batch.run import Failure


def test_failures_are_listed_and_none_hide_the_list(qtbot: QtBot) -> None:
    """Each in a line with its reason, in no more height than four lines take; it grows with what there is."""
    found = FailureList()
    qtbot.addWidget(found)
    assert found.isHidden()
    heights = []
    for count in (1, 4, 40):
        found.show_failures([Failure(Path(f"{index}.png"), f"{index}.png is broken.") for index in range(count)])
        heights.append(found.maximumHeight())
        assert found.count() == count
        assert "is broken" in found.item(count - 1).text()
        assert not found.isHidden()
    assert heights[0] < heights[1] == heights[2]
    found.show_failures([])
    assert found.isHidden()
