"""Search, favourites, the pad and the history, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from desktop.engine import library
from desktop.engine.sliders.steering import Knob
from desktop.i18n import tr
from desktop.picture.sliders import Sliders
from desktop.state.settings import Settings
from desktop.window import Window
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import open_window, settled

LEFT = Qt.MouseButton.LeftButton
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, vector: Bundle, photo: Path, tmp_path: Path) -> Iterator[Window]:
    """A window that shows a photo through a model with concepts, and remembers."""
    entry = library.open_entry(bundles.enriched(vector).folder)
    window = open_window(qtbot, entry, photo, settings=Settings(tmp_path / "settings.json"))
    yield window
    window.close()


@pytest.fixture
def sliders(window: Window) -> Sliders:
    """Its sliders."""
    return window.picture_page.explore.sliders


def names(sliders: Sliders) -> list[str]:
    """Of the sliders that are listed, concepts first."""
    return [spec.name for stack in (sliders.concepts, sliders.stack) for spec in stack._specs]


def test_sliders_are_searched_for(qtbot: QtBot, window: Window, sliders: Sliders) -> None:
    """In every group, by their own names, the factor that they stand under, and names that the user gave."""
    everything = names(sliders)
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL_SHIFT)
    assert sliders.tools.search.hasFocus()
    qtbot.keyClicks(sliders.tools.search, "round")
    assert names(sliders) == ["Round"]
    assert sliders.concepts._specs[0].heading == "Glasses"
    sliders.tools.search.setText("number 3")
    assert names(sliders) == ["Number 3"]
    row = sliders.row(Knob("numbers", 2))
    assert row.isEnabled()
    before = settled(qtbot, window)
    row.track.setValue(row.track.value() + 150)
    assert not np.array_equal(settled(qtbot, window), before)
    row.renamed.emit("Sky")
    sliders.tools.search.setText("sky")
    assert [spec.knob for spec in sliders.stack._specs] == [Knob("numbers", 2)]
    qtbot.keyClick(sliders.tools.search, Qt.Key.Key_Escape)
    assert names(sliders) == everything


def test_letters_begin_a_search(qtbot: QtBot, window: Window, sliders: Sliders) -> None:
    """Typed on the page, where nothing else wants them; Enter goes to the slider. A bundle's own name is found too."""
    window.picture_page.compare.comparison.canvas.setFocus()
    for letter in "rou":
        qtbot.keyClicks(window.focusWidget(), letter)
    assert (sliders.tools.search.hasFocus(), sliders.tools.needle) == (True, "rou")
    assert names(sliders) == ["Round"]
    qtbot.keyClick(sliders.tools.search, Qt.Key.Key_Return)
    assert next(iter(sliders.concepts.rows.values())).track.hasFocus()
    window.appearance.choose_language("zh_CN")
    try:
        qtbot.waitUntil(lambda: names(sliders) == [tr("Round")])
        assert tr("Round") != "Round"
    finally:
        window.appearance.choose_language("en")


def test_favourites_are_kept_per_model(qtbot: QtBot, window: Window, sliders: Sliders, photo: Path) -> None:
    """By the mouse on the star or F on the slider; shown alone on demand; there again in the next window."""
    qtbot.mouseClick(sliders.row(Knob("concepts", 0)).star, LEFT)
    qtbot.keyClick(sliders.row(Knob("axes", 1)).track, Qt.Key.Key_F)
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL_SHIFT)
    assert names(sliders) == ["None", "Axis 2"]
    assert sliders.row(Knob("axes", 1)).star.isChecked()
    window.services.settings.flush()
    other = open_window(qtbot, window.services.models[0], photo, settings=Settings(window.services.settings.path))
    again = other.picture_page.explore.sliders
    other.services.actions["explore.favourites"].trigger()
    assert names(again) == ["None", "Axis 2"]
    qtbot.mouseClick(again.row(Knob("axes", 1)).star, LEFT)
    assert names(again) == ["None"]
    other.close()


def test_a_pad_moves_two_sliders_as_one_step(qtbot: QtBot, window: Window, sliders: Sliders) -> None:
    """A drag in the plane moves both; one undo brings both back; arrows move them too, and Delete resets."""
    before = settled(qtbot, window)
    assert sliders.pad.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL_SHIFT)
    box, steering = sliders.pad, window.services.steering
    assert box.isVisible()
    box.across.setCurrentIndex(box.across.findText("Axis 1"))
    box.across.activated.emit(box.across.currentIndex())
    box.up.setCurrentIndex(box.up.findText("Axis 2"))
    box.up.activated.emit(box.up.currentIndex())
    start, steps = steering.positions("axes"), steering.undo_stack.count()
    assert start is not None
    low, high = box.pad._across
    qtbot.mousePress(box.pad, LEFT, pos=box.pad.rect().center())
    place = box.pad.place_of((high, box.pad._up[1]))
    qtbot.mouseMove(box.pad, place.toPoint())
    qtbot.mouseRelease(box.pad, LEFT, pos=place.toPoint())
    moved = steering.positions("axes")
    assert moved is not None
    assert moved[0] == pytest.approx(high, abs=0.02 * (high - low))
    assert moved[1] == pytest.approx(box.pad._up[1], abs=0.02 * (high - low))
    assert moved[2:] == pytest.approx(start[2:])
    assert steering.undo_stack.count() == steps + 1
    assert steering.undo_stack.undoText() == "Move Axis 1 and Axis 2"
    assert sliders.row(Knob("axes", 0)).value == pytest.approx(moved[0], abs=0.01)
    steering.undo_stack.undo()
    assert np.array_equal(settled(qtbot, window), before)
    box.pad.setFocus()
    qtbot.keyClick(box.pad, Qt.Key.Key_Right)
    qtbot.keyClick(box.pad, Qt.Key.Key_Up)
    now = steering.positions("axes")
    assert now is not None
    assert (now[:2] > start[:2]).all()
    qtbot.keyClick(box.pad, Qt.Key.Key_Delete)
    assert steering.positions("axes") == pytest.approx(start)


def test_a_pad_shows_where_its_sliders_stand(window: Window, sliders: Sliders) -> None:
    """A slider that is moved moves the handle."""
    window.services.actions["explore.pad"].trigger()
    first, spec = sliders.pad.pad.position, sliders.pad._spec(sliders.pad.across)
    assert spec is not None
    window.services.steering.move(spec.knob, first[0] + 1.0)
    assert sliders.pad.pad.position[0] == pytest.approx(first[0] + 1.0)
    assert sliders.pad.pad.place_of((1e9, -1e9)) == QPointF(
        sliders.pad.pad._area().right(), sliders.pad.pad._area().bottom()
    )


def test_the_history_is_a_list_to_jump_in(qtbot: QtBot, window: Window) -> None:
    """Each step has its name; choosing one goes there, picture and all."""
    first, steering = settled(qtbot, window), window.services.steering
    for index in range(3):
        steering.end_gesture()
        steering.move(Knob("axes", index), 1.0 + index, f"step {index}")
    settled(qtbot, window)
    history = window.picture_page.history
    assert history.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert history.isVisible()
    model = history.view.model()
    rows = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    assert rows[-3:] == ["step 0", "step 1", "step 2"]
    assert rows[0] == "Start"
    history.view.setCurrentIndex(model.index(model.rowCount() - 4, 0))
    assert np.array_equal(settled(qtbot, window), first)
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert history.isHidden()
