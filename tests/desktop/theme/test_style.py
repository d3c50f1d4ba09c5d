"""The look of the program."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.theme import Colours, icons
from desktop.widgets import outlines


def luminance(name: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    colour = QColor(name)
    levels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels]
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


def contrast(first: str, second: str) -> float:
    """The contrast of two colours as in WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_can_be_read(colours: Colours) -> None:
    """Every colour of text has a contrast of at least 4.5 on every ground it is used on (WCAG AA)."""
    grounds = (colours.window, colours.surface, colours.canvas, colours.raised)
    pairs = [(text, ground) for text in (colours.text, colours.muted, colours.accent) for ground in grounds]
    pairs += [
        (colours.on_accent, colours.accent),
        (colours.problem, colours.surface),
        (colours.problem, colours.window),
    ]
    for text, ground in pairs:
        assert contrast(text, ground) >= 4.5, (text, ground)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_rule_of_the_style_sheet_can_be_read(colours: Colours) -> None:
    """A rule that sets the colour of a text has a contrast of at least 4.5 with its own ground, or with any."""
    grounds = (colours.window, colours.surface, colours.canvas)
    rules = re.findall(r"([^{}]+)\{([^{}]+)\}", theme.style_sheet(colours))
    seen = 0
    for selector, body in rules:
        said = dict(re.findall(r"(?<![-\w])(color|background)\s*:\s*(#\w+|transparent)", body))
        if "color" in said:
            own = said.get("background", "transparent")
            for ground in grounds if own == "transparent" else (own,):
                assert contrast(said["color"], ground) >= 4.5, (selector.strip(), said["color"], ground)
                seen += 1
    assert seen > 20


def test_the_chosen_theme_is_applied(qapp: QApplication) -> None:
    """The application wears the colours of the theme that was chosen."""
    theme.Theme(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.DARK.window)
    theme.Theme(qapp, "light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.LIGHT.window)
    assert theme.LIGHT.accent in qapp.styleSheet()


def test_chinese_is_not_thickened(qapp: QApplication) -> None:
    """In Chinese what stands out is of regular weight, in English bold, styled or painted."""
    dressing = theme.Theme(qapp, "light")
    dressing.speak("zh_CN")
    try:
        assert f"font-weight: {theme.BOLD}" not in qapp.styleSheet()
        assert not theme.strong(qapp.font()).bold()
    finally:
        dressing.speak("en")
    assert f"font-weight: {theme.BOLD}" in qapp.styleSheet()
    assert theme.strong(qapp.font()).bold()


def test_icons_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    """An icon is of the text's colour in both themes."""
    button = QPushButton()
    qtbot.addWidget(button)
    icons.dress(button, "open")
    for choice, colours in (("light", theme.LIGHT), ("dark", theme.DARK)):
        theme.Theme(qapp, choice)
        image = button.icon().pixmap(theme.ICON_SIDE, theme.ICON_SIDE).toImage()
        solid = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert QColor(colours.text).name() in solid, choice
    theme.Theme(qapp, "light")


def test_every_icon_is_drawn() -> None:
    """Each icon that an action has is a file, and shows something."""
    for name in set(icons.OF_ACTION.values()):
        drawn = icons.icon(name, QColor("black"), QColor("grey")).pixmap(24, 24, QIcon.Mode.Disabled).toImage()
        assert any(drawn.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name


@pytest.mark.parametrize("ground", ["black", "white", "#808080", "#3fc4b3"])
def test_outlines_are_seen_on_any_ground(ground: str) -> None:
    """One of the two tones of an outline has a contrast of at least 3 with whatever it lies on (WCAG 1.4.11)."""
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    path = QPainterPath()
    path.addRect(10, 10, 20, 20)
    painter = QPainter(image)
    outlines.stroke(painter, path)
    painter.end()
    assert max(contrast(image.pixelColor(x, 20).name(), ground) for x in range(5, 16)) >= 3
