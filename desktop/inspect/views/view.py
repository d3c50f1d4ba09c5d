"""What every view of the Inspect page is."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.i18n import mark


class View(QObject):
    """One way to look at the folder: its tools above, and what it shows in the grid or on the map.

    Several views share the grid, so a view shows something there only while `is_shown`.

    Attributes:
        hint: Title and advice for an empty grid, in English.
        tools: The controls above.
        surface: The grid or the map.
        is_shown: Whether it is this one that the user sees.
    """

    hint = (mark("No pictures"), mark("There is none in this folder that can be read"))

    def __init__(self, tools: QWidget, surface: QWidget, parent: QObject | None = None) -> None:
        """Hidden."""
        super().__init__(parent)
        self.tools, self.surface, self.is_shown = tools, surface, False

    def arrive(self) -> None:
        """Asks for what the view needs, or shows it; the folder is indexed."""
        self.refresh()

    def refresh(self) -> None:
        """Shows what is known."""

    def leave(self) -> None:
        """What plays stops."""

    def retranslate(self) -> None:
        """Says everything again in another language."""
