"""Where every action and shortcut is registered."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.state.actions import Actions


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:  # noqa: ARG001  (the application must exist)
    """No actions yet."""
    return Actions()


def test_an_action_does_what_it_says(actions: Actions) -> None:
    """Triggering it calls the slot; a switch gives its state."""
    done: list[object] = []
    actions.add("a", "file", "Do it", lambda: done.append("done")).trigger()
    actions.add("b", "view", "Switch", done.append, checkable=True).trigger()
    assert done == ["done", True]


def test_a_page_adds_its_actions_in_a_line_each(actions: Actions) -> None:
    """Their names begin with the page's, they are its own, and say what they do."""
    done: list[str] = []
    action = actions.of_page("first", "view")("go", lambda: done.append("go"), "Go", "It goes", keys="Ctrl+G")
    assert (action.objectName(), action.text(), action.toolTip()) == ("first.go", "Go", "It goes")
    assert action in actions.of_menu("view")
    actions["first.go"].trigger()
    assert done == []  # another page is shown
    actions.show_page("first")
    action.trigger()
    assert done == ["go"]
    assert actions.shortcuts() == [("first", "Go", "Ctrl+G")]


def test_a_pages_actions_work_while_it_is_shown(actions: Actions) -> None:
    """Two pages share a shortcut; only the shown page's action is enabled, and not if the page itself disabled it."""
    first = actions.add("first.go", "view", "Go", lambda: None, keys="Ctrl+G", page="first")
    second = actions.add("second.go", "view", "Go", lambda: None, keys="Ctrl+G", page="second")
    actions.show_page("first")
    assert (first.isEnabled(), second.isEnabled()) == (True, False)
    assert (first.isVisible(), second.isVisible()) == (True, False)
    second.setEnabled(False)
    actions.show_page("second")
    assert (first.isEnabled(), second.isEnabled()) == (False, False)


@pytest.mark.parametrize(("page", "other"), [("", ""), ("", "first"), ("first", ""), ("first", "first")])
def test_a_shortcut_that_is_taken_is_refused(actions: Actions, page: str, other: str) -> None:
    """Two actions that work at the same time cannot have one shortcut."""
    actions.add("a", "file", "One", lambda: None, keys="Ctrl+G", page=page)
    with pytest.raises(ValueError, match=r"Ctrl\+G is the shortcut of a already"):
        actions.add("b", "file", "Two", lambda: None, keys="Ctrl+G", page=other)


def test_what_comes_last_stays_last(actions: Actions) -> None:
    """What is added later stands above it; a page's actions are not in the menus before that page is shown."""
    quit_action = actions.add("q", "file", "Quit", lambda: None, separated=True, last=True)
    later = actions.add("l", "file", "Later", lambda: None, page="first")
    assert [action.objectName() for action in actions.of_menu("file")] == ["l", "", "q"]
    assert (quit_action.isVisible(), later.isVisible()) == (True, False)


def test_a_name_that_is_taken_is_refused(actions: Actions) -> None:
    """Names are unique."""
    actions.add("a", "file", "One", lambda: None)
    with pytest.raises(ValueError, match="two actions of the name a"):
        actions.add("a", "file", "Two", lambda: None)


def test_the_list_of_shortcuts_goes_by_page_and_menu(actions: Actions) -> None:
    """The whole window first, menus in their order, and what has no shortcut is left out."""
    actions.add("p", "file", "Page", lambda: None, keys="F6", page="first")
    actions.add("v", "view", "Look", lambda: None, keys="F5")
    actions.add("n", "file", "Nothing", lambda: None)
    actions.add("f", "file", "&Open", lambda: None, keys="Ctrl+O")
    assert actions.shortcuts() == [("", "Open", "Ctrl+O"), ("", "Look", "F5"), ("first", "Page", "F6")]
