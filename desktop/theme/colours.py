"""The colours of both themes."""

from __future__ import annotations

import dataclasses

from PySide6.QtGui import QColor, QPalette


@dataclasses.dataclass(frozen=True)
class Colours:
    """The colours of one theme, by what they are for.

    Attributes:
        window, surface, canvas: Grounds: of pages, of fields and menus, and behind pictures.
        raised: The ground of the choice that is made among several.
        line, edge: Of what only parts, and of what can be pressed.
        text, muted: On any ground.
        accent, on_accent: What stands out, and text on it.
        problem: What went wrong.
    """

    window: str
    surface: str
    canvas: str
    line: str
    edge: str
    raised: str
    text: str
    muted: str
    accent: str
    on_accent: str
    problem: str


LIGHT = Colours(
    window="#f5f5f3",
    surface="#ffffff",
    canvas="#e9e9e6",
    line="#dcdcd8",
    edge="#c4c5c0",
    raised="#ffffff",
    text="#1c1d1f",
    muted="#5f6167",
    accent="#0b7369",
    on_accent="#ffffff",
    problem="#b3261e",
)
DARK = Colours(
    window="#17181a",
    surface="#202124",
    canvas="#0f1011",
    line="#323438",
    edge="#4a4d53",
    raised="#2d2f34",
    text="#ececee",
    muted="#9b9da4",
    accent="#3fc4b3",
    on_accent="#06231f",
    problem="#ff8a80",
)


def palette(colours: Colours) -> QPalette:
    """The Qt palette: `Base` is the surface, `AlternateBase` the canvas, `Mid` a line, `BrightText` a problem."""
    role = QPalette.ColorRole
    result = QPalette()
    for name, where in (
        (colours.window, (role.Window,)),
        (colours.surface, (role.Base, role.Button, role.ToolTipBase)),
        (colours.canvas, (role.AlternateBase,)),
        (colours.line, (role.Mid, role.Midlight, role.Dark)),
        (colours.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText)),
        (colours.muted, (role.PlaceholderText,)),
        (colours.accent, (role.Highlight, role.Accent, role.Link)),
        (colours.on_accent, (role.HighlightedText,)),
        (colours.problem, (role.BrightText,)),
    ):
        for each in where:
            result.setColor(each, QColor(name))
    for each in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.muted))
    return result
