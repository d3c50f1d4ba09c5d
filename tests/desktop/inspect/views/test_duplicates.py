"""Duplicates, driven as a user drives them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.similarity import neighbours
from desktop.inspect.page import InspectPage
from tests.desktop.inspect.conftest import names


def test_duplicates_are_grouped_by_the_slider(qtbot: QtBot, page: InspectPage) -> None:
    """At 0 the copy alone is a duplicate; a larger limit joins more, without another search."""
    with qtbot.waitSignal(page.inspection.duplicates_found):
        page.segments.buttons["duplicates"].click()
    page.duplicates.slider.setValue(0)
    assert names(page) == ["good/07.png", "good/copy.png"]
    assert page.grid.pictures.data(page.grid.pictures.index(1)) == "1 · 2/2"
    page.duplicates.slider.setValue(page.duplicates.slider.maximum())
    assert len(names(page)) > 2
    assert not page.inspection.busy


def test_it_is_said_where_the_limit_of_duplicates_fell(
    qtbot: QtBot, page: InspectPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the pairs that are held, the slider says how far they reach; below, nothing is said."""
    monkeypatch.setattr(neighbours, "LARGEST_PAIRS", 4)
    with qtbot.waitSignal(page.inspection.duplicates_found):
        page.segments.buttons["duplicates"].click()
    assert page.inspection.duplicates is not None
    reached = page.inspection.duplicates[1].limit
    page.duplicates.slider.setValue(page.duplicates.slider.maximum())
    assert reached < page.duplicates.limit
    assert page.duplicates.said.text().startswith(f"{reached:.3f} · ")
    assert "up to 0.500 are not shown" in page.duplicates.said.text()
    page.duplicates.slider.setValue(0)
    assert "not shown" not in page.duplicates.said.text()
