"""Whether the window may close now: what is being saved is saved first, and what would be lost is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.page import Page
from desktop.state.services import Services
from desktop.widgets import question


class Leaving(QObject):
    """Holds the window open while pictures are being written, and closes it when the last one is there."""

    def __init__(self, services: Services, pages: Callable[[], Iterable[Page]], window: QWidget) -> None:
        """`pages` gives those that were made so far."""
        super().__init__(window)
        self._services, self._pages, self._window = services, pages, window
        self._wanted = False
        self._asks = True
        services.saver.changed.connect(self._go_on)
        services.saver.failed.connect(self._stay)
        services.saver.stopped.connect(self._stay)

    def may_close(self) -> bool:
        """Whether nothing is lost by closing, or the user gives it up; if not, it may close by itself later."""
        if not self._asks:
            return True
        for page in self._pages():
            unfinished = page.unfinished()
            if unfinished and not self._agrees(unfinished, tr("Close")):
                return False
        waiting = self._services.saver.waiting
        if not waiting:
            return True
        if self._wanted and self._agrees(tr("Pictures are still being saved. Close without them?"), tr("Close")):
            return True
        self._wanted = True
        self._services.told.emit(
            tr("{n:,} pictures are still to be saved. The window closes once they are.", n=waiting)
        )
        return False

    def ask_nobody(self) -> None:
        """The system ends the program: it closes at once, and what runs is given up."""
        self._asks = False

    def _agrees(self, text: str, deed: str) -> bool:
        return question.agrees(self._window, text, deed)

    @Slot()
    def _go_on(self) -> None:
        if self._wanted and not self._services.saver.waiting:
            QTimer.singleShot(0, self._window, self._window.close)  # not from within the saver that closing stops

    @Slot()
    def _stay(self) -> None:
        """What could not be saved can be saved elsewhere."""
        self._wanted = False
