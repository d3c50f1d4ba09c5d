"""Drawn signs on buttons."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.qt_images import to_pixels
from desktop.widgets.glyphs import SIDE, SWITCH_SIDE, Glyph, GlyphButton, switch

GLYPHS = get_args(Glyph)


@pytest.mark.parametrize("glyph", GLYPHS)
def test_every_sign_is_drawn_and_is_another_one_when_it_is_on(qtbot: QtBot, glyph: Glyph) -> None:
    """Within the button, and by its colour at least a pressed sign is told from one that is not."""
    button = GlyphButton(glyph, "Name")
    qtbot.addWidget(button)
    assert button.sizeHint().width() == SIDE
    off = to_pixels(button.grab().toImage())
    button.setChecked(True)
    on = to_pixels(button.grab().toImage())
    assert len({tuple(pixel) for pixel in off.reshape(-1, 3)}) > 1
    assert (off != on).any()
    assert (button.accessibleName(), button.toolTip()) == ("Name", "Name")


def test_no_two_signs_are_alike(qtbot: QtBot) -> None:
    """Each can be told from every other."""
    drawn = set[bytes]()
    for glyph in GLYPHS:
        button = GlyphButton(glyph, "")
        qtbot.addWidget(button)
        drawn.add(to_pixels(button.grab().toImage()).tobytes())
    assert len(drawn) == len(GLYPHS)


def test_a_switch_follows_its_action(qtbot: QtBot) -> None:
    """Name, tooltip, state and whether it can be pressed; a click turns the action, not the button alone."""
    action = QAction("Lock")
    action.setCheckable(True)
    action.setToolTip("Keep it")
    action.setShortcut("Ctrl+L")
    button = switch("lock", action)
    qtbot.addWidget(button)
    assert button.width() == SWITCH_SIDE
    assert (button.accessibleName(), button.toolTip()) == ("Lock", "Lock: Keep it (Ctrl+L)")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert action.isChecked()
    assert button.isChecked()
    action.setChecked(False)
    assert not button.isChecked()
    action.setEnabled(False)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not action.isChecked()
