"""What colours mean: a square and a name for each, or a scale with its two ends."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.widgets import plain

Colour = tuple[int, int, int]

LARGEST_NAME = 24  # characters that are shown of a name; the tooltip has all


class Legend(QLabel):
    """A few lines of text with colours in it; hidden where there is nothing to say."""

    def __init__(self) -> None:
        """Nothing to say yet."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setProperty("role", "number")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_kinds(self, kinds: Sequence[tuple[str, Colour]]) -> None:
        """Names and their colours, in this order."""
        parts = [f"{_square(colour)}&nbsp;{html.escape(_short(name)).replace(' ', '&nbsp;')}" for name, colour in kinds]
        self.setText(" &nbsp; ".join(parts))
        self.setToolTip(plain.tip("\n".join(name for name, _ in kinds)))
        self.setVisible(bool(kinds))

    def show_scale(self, low: str, high: str, colours: Sequence[Colour], rest: Sequence[tuple[str, Colour]]) -> None:
        """The words at the two ends, the colours from one to the other, and what is on no scale."""
        scale = "".join(map(_square, colours))
        parts = [f"{html.escape(low)}&nbsp;{scale}&nbsp;{html.escape(high)}"]
        parts += [f"{_square(colour)}&nbsp;{html.escape(name)}" for name, colour in rest]
        self.setText(" &nbsp; ".join(parts))
        self.setToolTip("")
        self.setVisible(True)


def _square(colour: Colour) -> str:
    return f'<span style="color:#{colour[0]:02x}{colour[1]:02x}{colour[2]:02x}">■</span>'


def _short(name: str) -> str:
    return name if len(name) <= LARGEST_NAME else f"{name[: LARGEST_NAME - 1]}…"
