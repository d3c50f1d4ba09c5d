"""The batches that wait for their turn."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.batch.waiting import WaitingList
from desktop.engine.batch.plan import BatchJob
from desktop.engine.library import ModelEntry


@pytest.fixture
def waiting(qtbot: QtBot) -> WaitingList:
    """An empty list."""
    found = WaitingList()
    qtbot.addWidget(found)
    return found


def jobs(entry: ModelEntry, *names: str) -> list[BatchJob]:
    """Batches that write to folders of these names."""
    return [BatchJob(Path("in"), Path(name), entry) for name in names]


def test_what_waits_for_longest_is_next(waiting: WaitingList, entry: ModelEntry) -> None:
    """One after another, in the order in which they were added; the empty list is hidden."""
    first, second = jobs(entry, "one", "two")
    assert waiting.isHidden()
    waiting.add(first)
    waiting.add(second)
    assert [waiting.list.item(place).text().split()[2] for place in (0, 1)] == ["one,", "two,"]
    assert [waiting.take_next(), waiting.take_next(), waiting.take_next()] == [first, second, None]
    assert waiting.isHidden()


def test_the_chosen_one_is_given_up(qtbot: QtBot, waiting: WaitingList, entry: ModelEntry) -> None:
    """By the button or by Delete; the others keep their turns."""
    first, second, third, fourth = jobs(entry, "one", "two", "three", "four")
    for job in (first, second, third, fourth):
        waiting.add(job)
    waiting.list.setCurrentRow(1)
    qtbot.keyClick(waiting.list, Qt.Key.Key_Delete)
    waiting.list.setCurrentRow(2)
    waiting.remove.click()
    assert [waiting.take_next(), waiting.take_next(), waiting.take_next()] == [first, third, None]


def test_all_can_be_given_up(waiting: WaitingList, entry: ModelEntry) -> None:
    """As when the window closes."""
    waiting.add(jobs(entry, "one")[0])
    waiting.clear()
    assert waiting.take_next() is None
    assert waiting.isHidden()
