"""The pages of the window."""

from __future__ import annotations

import pytest

from desktop.pages import PAGES
from desktop.window import Window


def test_pages_are_made_when_they_are_asked_for(window: Window) -> None:
    """The first alone at the start, another once, and all where their actions are wanted."""
    stack = window.pages
    assert (len(stack.pages), stack.shown_name) == (1, "picture")
    made = stack.page("morph")
    assert stack.page("morph") is made
    assert (len(stack.pages), stack.shown_name) == (2, "picture")
    stack.make_all()
    assert len(stack.pages) == len(PAGES)
    with pytest.raises(KeyError):
        stack.page("nothing")


def test_turning_lets_the_actions_of_one_page_work(window: Window) -> None:
    """Those of the page that was left do not, and its button in the sidebar is up."""
    stack, actions = window.pages, window.services.actions
    turned: list[str] = []
    stack.turned.connect(turned.append)
    stack.turn_to("morph")
    assert stack.is_shown("morph")
    assert not stack.is_shown("picture")
    assert not stack.is_shown("batch")
    assert [name for name in ("picture", "morph") if actions[f"page.{name}"].isChecked()] == ["morph"]
    assert actions["morph.files"].isVisible()
    assert not actions["compare.histogram"].isVisible()
    assert turned == ["morph"]
    assert len(stack.pages) == 2
