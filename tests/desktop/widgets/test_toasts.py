"""Messages over the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets import toasts
from desktop.widgets.toasts import Toasts


@pytest.fixture
def said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Toasts:
    """Messages over an empty page; news fades in a moment."""
    monkeypatch.setattr(toasts, "SHORTEST_MS", 20)
    monkeypatch.setattr(toasts, "MS_A_LETTER", 0)
    monkeypatch.setattr(toasts, "FADE_MS", 20)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    result = Toasts(page)
    result.show_page("picture")
    return result


def test_problems_stay_until_they_are_put_away(qtbot: QtBot, said: Toasts) -> None:
    """Hidden at first; problems stand under one another, and each goes by its own button."""
    assert said.isHidden()
    said.show_problem("first")
    said.show_problem("second")
    qtbot.wait(150)
    assert said.texts == ["first", "second"]
    qtbot.mouseClick(said.dismiss_button, Qt.MouseButton.LeftButton)
    assert (said.texts, said.text) == (["first"], "second")
    qtbot.mouseClick(said.dismiss_button, Qt.MouseButton.LeftButton)
    assert said.isHidden()


def test_good_news_fades(qtbot: QtBot, said: Toasts) -> None:
    """It goes by itself, the newest in place of the one before; what it said is known still."""
    said.show_news("saved one")
    said.show_news("saved two")
    assert said.texts == ["saved two"]
    qtbot.waitUntil(lambda: said.isHidden())
    assert said.text == "saved two"


def test_a_problem_belongs_to_its_page(said: Toasts) -> None:
    """On another page it is not seen, and neither is it put away by what begins there."""
    said.show_problem("the batch failed", "batch")
    assert said.texts == []
    said.clear()
    said.show_page("batch")
    assert said.texts == ["the batch failed"]
    said.clear()
    said.show_page("picture")
    said.show_page("batch")
    assert said.texts == []


def test_it_lies_at_the_foot_of_the_page(said: Toasts) -> None:
    """Within the page, in its middle; a long sentence takes several lines, and another size moves it."""
    said.show_problem("words " * 60)
    page = said.parentWidget()
    for width, height in ((900, 500), (400, 300)):
        page.resize(width, height)
        assert page.rect().contains(said.geometry())
        assert abs(said.geometry().center().x() - page.rect().center().x()) <= 1
    assert said.height() > 60


def test_a_file_can_be_shown_in_its_folder(qtbot: QtBot, said: Toasts) -> None:
    """The button is there with a message about a file alone, and tells which."""
    said.show_news("Saved.", Path("a.png"))
    assert not said.folder_button.isHidden()
    with qtbot.waitSignal(said.folder_asked) as asked:
        qtbot.mouseClick(said.folder_button, Qt.MouseButton.LeftButton)
    assert asked.args == [Path("a.png")]
    said.show_problem("Not saved.")
    assert said.folder_button.isHidden()


def test_what_was_done_can_be_undone(qtbot: QtBot, said: Toasts) -> None:
    """The button is there with news of something that can be undone; pressed, it undoes it once, and the news goes."""
    undone = list[str]()
    said.show_news("Moved.", undo=lambda: undone.append("moved"))
    assert not said.undo_button.isHidden()
    qtbot.mouseClick(said.undo_button, Qt.MouseButton.LeftButton)
    assert undone == ["moved"]
    assert said.isHidden()
    said.show_news("Saved.")
    assert said.undo_button.isHidden()
