"""The look of the program."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.theme import Colours


def luminance(name: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    colour = QColor(name)
    levels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels]
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_can_be_read(colours: Colours) -> None:
    """Every colour of text has a contrast of at least 4.5 on every ground it is used on (WCAG AA)."""
    grounds = (colours.window, colours.surface, colours.canvas)
    pairs = [(text, ground) for text in (colours.text, colours.muted) for ground in grounds]
    pairs += [(colours.on_accent, colours.accent), (colours.problem, colours.surface)]
    for text, ground in pairs:
        dark, light = sorted((luminance(text), luminance(ground)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def test_the_chosen_theme_is_applied(qapp: QApplication) -> None:
    """The application wears the colours of the theme that was chosen."""
    theme.Theme(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.DARK.window)
    theme.Theme(qapp, "light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.LIGHT.window)
    assert theme.LIGHT.accent in qapp.styleSheet()
