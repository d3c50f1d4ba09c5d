"""The window of the lessons, opened from the Help menu."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.lessons.catalogue import lessons
from desktop.lessons.window import LessonsWindow
from desktop.window import Window


@pytest.fixture
def opened(window: Window) -> Iterator[LessonsWindow]:
    """It, from the menu."""
    window.actions_by_name["help.lessons"].trigger()
    assert window.help.lessons is not None
    yield window.help.lessons
    window.help.stop()


def test_the_list_and_the_keyboard_lead_to_every_lesson(qtbot: QtBot, opened: LessonsWindow) -> None:
    """Arrow keys go through the list, and the lesson that is shown is the one that is chosen."""
    assert opened.isVisible()
    assert opened.list.count() == len(lessons())
    for lesson in lessons():
        assert opened.page.lesson is lesson
        assert opened.page.title.text() == lesson.title
        qtbot.keyClick(opened.list, Qt.Key.Key_Down)


def test_leaving_a_lesson_ends_what_it_trains(opened: LessonsWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Going to another one stops it, and so does closing the window."""
    stopped = []
    monkeypatch.setattr(type(opened.page), "stop", lambda page: stopped.append(page.lesson.number))
    opened.list.setCurrentRow(1)
    opened.close()
    assert stopped == [1, 2]
