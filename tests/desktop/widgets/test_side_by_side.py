"""Views beside one another or above one another, within the room there is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.widgets.picture_view import PictureView
from desktop.widgets.side_by_side import SideBySide
from desktop.widgets.viewport import Viewport


@pytest.fixture
def pair(qtbot: QtBot) -> SideBySide:
    """Two views of one picture, as tight as may be."""
    viewport = Viewport()
    pair = SideBySide([PictureView(name, viewport=viewport) for name in "ab"], viewport)
    viewport.setParent(pair)
    qtbot.addWidget(pair)
    pair.is_tight = True
    return pair


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.integers(300, 1600), st.integers(200, 1200), st.integers(1, 4000), st.integers(1, 4000))
def test_views_lie_within_the_room_and_apart(pair: SideBySide, width: int, height: int, wide: int, high: int) -> None:
    """Of one size, none over another, none outside, in the middle of the widget."""
    pair.resize(width, height)
    pair._viewport.set_picture(wide, high)
    pair.arrange()
    first, second = (view.geometry() for view in pair._views)
    assert first.size() == second.size()
    assert pair.rect().contains(first)
    assert pair.rect().contains(second)
    assert not first.intersects(second)
    both = first.united(second)
    assert abs(both.center().x() - pair.rect().center().x()) <= 2
    assert abs(both.center().y() - pair.rect().center().y()) <= 2


@pytest.mark.parametrize(("picture", "above"), [((400, 100), True), ((100, 400), False)])
def test_they_stack_by_the_pictures_aspect(pair: SideBySide, picture: tuple[int, int], above: bool) -> None:
    """Landscapes one above the other, portraits beside one another."""
    pair.resize(800, 700)
    pair._viewport.set_picture(*picture)
    pair.arrange()
    assert pair.stacks == above
    first, second = (view.geometry() for view in pair._views)
    step = (second.top() - first.bottom(), second.left() - first.right())[not above]
    assert step == theme.GAP + 1


def test_one_view_alone_has_all_of_the_room_it_needs(pair: SideBySide) -> None:
    """Hidden ones count for nothing; with none that is shown nothing is done."""
    pair.resize(800, 600)
    pair._viewport.set_picture(400, 300)
    pair.arrange()
    before = pair._views[0].width()
    pair._views[1].hide()
    pair.arrange()
    assert pair._views[0].width() > before
    pair._views[0].hide()
    pair.arrange()
