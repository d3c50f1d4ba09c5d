"""The pages of the window."""

from __future__ import annotations

import pytest

from desktop.pages import PAGES, PageSpec
from desktop.theme.icons import OF_ACTION


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_has_an_icon(page: PageSpec) -> None:
    """A page without one would stand as a bare word in the navigation."""
    assert f"page.{page.name}" in OF_ACTION


def test_names_are_unique() -> None:
    """A page is found by its name in commands and actions."""
    assert len({page.name for page in PAGES}) == len(PAGES)
