"""What every page of the window is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.engine.pictures import Picture
from desktop.state.services import Services

Content = Sequence[Path] | Picture  # what was dropped, pasted or chosen


class Page(QWidget):
    """One page: a widget that is made with the services, the first time it is shown.

    A page registers its actions in its constructor (`act = services.actions.of_page("name")`); they work while it is
    shown. It listens to the session's signals, and tells the user things through `services.told` and `services.warned`.
    """

    def __init__(self, services: Services) -> None:
        """Keeps the services; the page's widgets are made by the class that extends this one."""
        super().__init__()
        self.services = services

    def take(self, content: Content) -> bool:
        """Uses what was dropped or pasted while this page was shown; False leaves it to the Picture page."""
        return False

    def set_highlighted(self, highlighted: bool) -> None:
        """Whether something is being dragged over the window that the page may `take`."""

    def arrive(self) -> None:
        """The page is shown from now on."""

    def leave(self) -> None:
        """The page is hidden from now on; what it plays or animates stops here."""

    def unfinished(self) -> str:
        """The question to ask before the window closes, where that would lose what is being made; else empty."""
        return ""

    def stop(self) -> None:
        """The window closes: every thread that the page started ends before this returns."""
