"""Independent axes, a group of sliders that only some models have, in the real window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.pictures import Picture
from desktop.engine.sliders.steering import Knob
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window, settled
from tests.pictures import gradient


@pytest.fixture
def independent(qtbot: QtBot, vector: Bundle) -> Iterator[Window]:
    """A window on a model with independent axes and no concepts."""
    window = open_window(qtbot, library.open_entry(bundles.with_independent(vector).folder))
    yield window
    window.close()


def test_independent_axes_come_first_where_there_are_any(qtbot: QtBot, independent: Window, free: Bundle) -> None:
    """Explore opens with them, the one of most effect first; a model without them does not offer them."""
    sliders = independent.picture_page.explore.sliders
    offered = [sliders.kind.itemText(place) for place in range(sliders.kind.count())]
    assert offered == ["Independent components", "Principal components", "Local components", "Raw numbers"]
    assert (sliders.group, sliders.kind.currentText()) == ("independent", "Independent components")
    assert "found without labels" in sliders.kind.toolTip()
    assert [spec.name for spec in sliders.stack._specs] == [f"Independent {number}" for number in (4, 3, 2, 1)]
    with qtbot.waitSignal(independent.session.rendered):
        independent.open(library.open_entry(free.folder))
    kind = sliders.kind
    assert [kind.itemText(place) for place in range(kind.count())] == [
        "Principal components",
        "Local components",
        "Channels",
    ]


def test_an_independent_axis_steers(qtbot: QtBot, independent: Window) -> None:
    """It moves the code along its own direction alone, is undone, renamed, and has a filmstrip."""
    sliders, steering = independent.picture_page.explore.sliders, independent.services.steering
    before, code = settled(qtbot, independent), steering.code
    row = sliders.row(Knob("independent", 0))
    row.track.setValue(150)
    assert not np.array_equal(settled(qtbot, independent), before)
    assert code is not None
    assert steering.code is not None
    assert steering.space is not None
    expected = 1.5 * steering.space.independent.spread[0] * steering.space.independent.vectors[0]
    assert steering.code - code == pytest.approx(expected, abs=1e-5)
    with qtbot.waitSignal(sliders.filmstrips.finished):
        sliders.filmstrips.hurry()
    assert len(row.strip.images) == 5
    row.renamed.emit("Hair")
    assert row.name == "Hair"
    steering.undo_stack.undo()
    assert np.array_equal(steering.code, code)


def test_the_choice_of_sliders_outlives_a_model_that_lacks_them(
    qtbot: QtBot, independent: Window, free: Bundle
) -> None:
    """Principal axes stand in for independent ones, which are back with a model that has them."""
    sliders = independent.picture_page.explore.sliders
    with_them = independent.services.models[0]
    with qtbot.waitSignal(independent.session.rendered):
        independent.open(library.open_entry(free.folder))
    assert (sliders.group, sliders.kind.currentText()) == ("axes", "Principal components")
    with qtbot.waitSignal(independent.session.rendered):
        independent.open(with_them)
    assert (sliders.group, sliders.kind.currentText()) == ("independent", "Independent components")


def test_they_steer_pictures_of_any_size(qtbot: QtBot, free: Bundle) -> None:
    """Independent axes stay where they are when a picture of another size is opened, and move it."""
    entry = library.open_entry(bundles.with_independent(free).folder)
    window = open_window(qtbot, entry, Picture("large", gradient(64, 96)))
    sliders = window.picture_page.explore.sliders
    assert (sliders.group, sliders._note.isHidden()) == ("independent", True)
    before = settled(qtbot, window)
    sliders.row(Knob("independent", 0)).track.setValue(250)
    assert not np.array_equal(settled(qtbot, window), before)
    window.close()


def test_a_session_keeps_them(qtbot: QtBot, independent: Window) -> None:
    """A slider that was moved stands where it stood when the session is opened again."""
    steering = independent.services.steering
    steering.move(Knob("independent", 1), 1.25)
    settled(qtbot, independent)
    place = independent.services.models[0].require().folder.parent / "kept.json"
    independent.keeper.save(place)
    steering.reset_all()
    settled(qtbot, independent)
    with qtbot.waitSignal(independent.session.rendered):
        independent.keeper.open(place)
    positions = steering.positions("independent")
    assert positions is not None
    assert positions[1] == pytest.approx(1.25)
