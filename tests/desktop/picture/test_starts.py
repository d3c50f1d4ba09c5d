"""The start strip of the Picture page."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.picture.explore import ExplorePane
from desktop.picture.starts import free_name
from desktop.window import Window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pane(window: Window) -> ExplorePane:
    """The sliders' side of a window that shows the mean."""
    return window.picture_page.explore


def keep(qtbot: QtBot, window: Window, count: int) -> list[np.ndarray]:
    """So many snapshots of random latents, kept by keyboard; their codes."""
    codes = []
    for _ in range(count):
        with qtbot.waitSignal(window.session.rendered):
            window.services.actions["explore.random"].trigger()
        qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        assert window.services.steering.code is not None
        codes.append(window.services.steering.code)
    return codes


def test_the_strip_is_folded_until_something_is_wanted(qtbot: QtBot, pane: ExplorePane) -> None:
    """No tray is open at first; a button opens its own and closes the others, pressed again it closes it."""
    assert pane.start.tray == ""
    pane.start.set_has_gallery(True)
    for name in ("gallery", "snapshots"):
        qtbot.mouseClick(pane.start.buttons[name], LEFT)
        assert pane.start.tray == name
        assert [each for each, button in pane.start.buttons.items() if button.isChecked()] == [name]
    qtbot.mouseClick(pane.start.buttons["snapshots"], LEFT)
    assert pane.start.tray == ""


def test_twelve_candidates_are_shown_and_one_is_taken(qtbot: QtBot, window: Window, pane: ExplorePane) -> None:
    """Random opens twelve small pictures; a click on one shows the latent that its seed draws."""
    tray = pane.start.random_tray
    qtbot.mouseClick(pane.start.random, LEFT)
    qtbot.waitUntil(lambda: tray.pictures == 12)
    first = tray.popover.seed
    place = tray.grid.visualItemRect(tray.grid.item(7)).center()
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(tray.grid.viewport(), LEFT, pos=place)
    model = window.services.steering.model
    assert model is not None
    assert tray.popover.seed == first + 7
    assert np.array_equal(window.services.steering.code, model.samplers.draw("mixture", first + 7, 1.0, None))
    qtbot.mouseClick(tray.more, LEFT)
    assert tray.popover.seed not in range(first, first + 12)


def test_a_candidate_is_taken_by_keyboard(qtbot: QtBot, window: Window, pane: ExplorePane) -> None:
    """Arrows go from one to the next, Enter takes it; the popover opens by its shortcut with the seed to type over."""
    tray = pane.start.random_tray
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    first = tray.popover.seed
    tray.grid.setFocus()
    qtbot.keyClick(tray.grid, Qt.Key.Key_Right)
    qtbot.keyClick(tray.grid, Qt.Key.Key_Return)
    assert tray.popover.seed == first + 1
    window.services.actions["explore.seed"].trigger()
    assert tray.popover.isVisible()
    assert tray.popover.seed_line.selectedText() == str(first + 1)
    tray.popover.close()


def test_as_many_snapshots_as_wanted(qtbot: QtBot, window: Window, pane: ExplorePane) -> None:
    """Kept under the next free letters, gone to by a click, replaced, renamed and removed by keyboard."""
    codes, strip, kept = keep(qtbot, window, 3), pane.start.snapshots, window.services.kept
    assert (strip.names, list(kept.snapshots)) == (["A", "B", "C"], ["A", "B", "C"])
    assert pane.start.tray == "snapshots"
    with qtbot.waitSignal(window.session.rendered):
        qtbot.mouseClick(strip.viewport(), LEFT, pos=strip.visualItemRect(strip.item(0)).center())
    assert np.array_equal(window.services.steering.code, codes[0])
    strip.replaced.emit("C")
    assert np.array_equal(kept.snapshots["C"], codes[0])
    strip.item(1).setText("with a hat")
    assert list(kept.snapshots) == ["A", "with a hat", "C"]
    strip.item(0).setText("C")
    assert (strip.item(0).text(), list(kept.snapshots)) == ("A", ["A", "with a hat", "C"])
    strip.setCurrentRow(0)
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert (strip.names, list(kept.snapshots)) == (["with a hat", "C"], ["with a hat", "C"])


def test_a_removed_snapshot_comes_back(qtbot: QtBot, window: Window, pane: ExplorePane) -> None:
    """By the message's own button or by Ctrl+Z, with its picture and at its place; so does one that was replaced."""
    codes, strip, kept = keep(qtbot, window, 3), pane.start.snapshots, window.services.kept
    strip.setCurrentRow(1)
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert window.message.text == "Snapshot B was removed."
    qtbot.mouseClick(window.message.undo_button, LEFT)
    qtbot.waitUntil(lambda: strip.names == ["A", "B", "C"])
    assert not strip.item(1).icon().isNull()
    assert np.array_equal(kept.snapshots["B"], codes[1])
    strip.replaced.emit("A")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(kept.snapshots["A"], codes[0])
    qtbot.waitUntil(lambda: strip.names == ["A", "B", "C"])


def test_snapshots_are_reordered_and_mixed_by_dragging(qtbot: QtBot, window: Window, pane: ExplorePane) -> None:
    """Let go at the edge of another one it goes beside it, on its middle both are mixed."""
    codes, strip, kept = keep(qtbot, window, 3), pane.start.snapshots, window.services.kept
    first, last = strip.visualItemRect(strip.item(0)), strip.visualItemRect(strip.item(2))
    strip.setCurrentRow(2)
    strip.drop_current(QPoint(first.left() + 1, first.center().y()))
    assert (strip.names, list(kept.snapshots)) == (["C", "A", "B"], ["C", "A", "B"])
    steps = window.services.steering.undo_stack.count()
    strip.setCurrentRow(1)
    strip.drop_current(last.center())
    assert pane.start.mixing == ("A", "B")
    assert window.services.steering.code == pytest.approx((codes[0] + codes[1]) / 2, abs=1e-5)
    for ticks in (70, 100):
        pane.start.track.setValue(ticks)
    assert window.services.steering.code == pytest.approx(codes[1], abs=1e-5)
    assert window.services.steering.undo_stack.count() == steps + 1
    strip.setCurrentRow(0)
    qtbot.keyClick(strip, Qt.Key.Key_M)
    assert pane.start.mixing == ("C", "A")
    qtbot.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert strip.names == ["A", "C", "B"]


def test_the_menu_of_a_snapshot(qtbot: QtBot, window: Window, pane: ExplorePane) -> None:
    """It offers what the strip can do; mixing by it is as by dragging."""
    keep(qtbot, window, 2)
    menu = pane.start.snapshots.menu("A")
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == [
        "Go to this snapshot",
        "Replace it with the current picture",
        "Rename",
        "Mix with",
        "Remove snapshot",
    ]
    others = next(action.menu() for action in menu.actions() if action.menu())
    others.actions()[0].trigger()  # type: ignore[union-attr]
    assert pane.start.mixing == ("A", "B")
    menu.actions()[-1].trigger()
    assert pane.start.snapshots.names == ["B"]


def test_names_go_on_after_the_letters() -> None:
    """The first free letter, then numbers."""
    letters = [chr(ord("A") + place) for place in range(26)]
    assert (free_name([]), free_name(["A", "C"]), free_name(letters), free_name([*letters, "1"])) == (
        "A",
        "B",
        "1",
        "2",
    )
