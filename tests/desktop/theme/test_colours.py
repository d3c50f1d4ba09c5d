"""The colours of both themes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from desktop.theme.colours import DARK, LIGHT, Colours


def luminance(name: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    colour = QColor(name)
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("text", "muted", "problem") for ground in ("window", "surface", "raised")),
        ("on_accent", "accent"),
    ],
)
def test_text_can_be_read_on_its_ground(colours: Colours, text: str, ground: str) -> None:
    """With a contrast of 4.5 to 1, as WCAG 2.1 asks for at level AA."""
    first, second = (luminance(getattr(colours, name)) for name in (text, ground))
    assert (max(first, second) + 0.05) / (min(first, second) + 0.05) >= 4.5
