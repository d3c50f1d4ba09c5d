"""What every view of the Inspect page is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


@dataclasses.dataclass(frozen=True)
class Blank:
    """What stands in the place of a view that has nothing to show.

    Attributes:
        sentence: Why, in the language of the window.
        deed: What the button is called, in the language of the window; empty for no button, while work runs.
        act: What it does.
        has_tools: Whether the view's tools stay, as it is by them that it shows nothing.
    """

    sentence: str
    deed: str = ""
    act: Callable[[], object] = bool
    has_tools: bool = False


class View(QObject):
    """One way to look at the folder: its tools above, and what it shows in its surface.

    Several views share the grid, so a view shows something there only while `is_shown`.

    Attributes:
        tools: The controls above.
        surface: The grid, the map, or the groups.
        is_shown: Whether it is this one that the user sees.
    """

    def __init__(self, tools: QWidget, surface: QWidget, parent: QObject | None = None) -> None:
        """Hidden."""
        super().__init__(parent)
        self.tools, self.surface, self.is_shown = tools, surface, False

    def blank(self) -> Blank | None:
        """What stands in its place while it has nothing to show; None while it has. The folder is indexed."""
        return None

    def arrive(self) -> None:
        """Asks for what the view needs, or shows it; the folder is indexed."""
        self.refresh()

    def refresh(self) -> None:
        """Shows what is known."""

    def leave(self) -> None:
        """What plays stops."""

    def retranslate(self) -> None:
        """Says everything again in another language."""
