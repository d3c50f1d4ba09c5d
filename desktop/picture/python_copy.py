"""*Copy as Python*: what the page shows, as lines of Python on the clipboard. Written on the session's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from desktop import failures
from desktop.i18n import mark, tr
from desktop.state.services import Services

Write = Callable[[], str]


class PythonCopy(QObject):
    """Adds the action to a page's Edit menu."""

    def __init__(self, services: Services, page: str, present: Callable[[], Write | None], parent: QObject) -> None:
        """`present` gives what writes the lines of what is shown now; None where nothing is."""
        super().__init__(parent)
        self._services, self._present = services, present
        services.actions.add(
            f"{page}.python",
            "edit",
            "Copy as Python",
            self.copy,
            keys="Ctrl+Shift+C",
            tip=mark("Copy lines of Python that give the same pixels with onnxruntime and numpy"),
            page=page,
        )

    @Slot()
    def copy(self) -> None:
        """Writes the lines; they are on the clipboard once it is said."""
        write = self._present()
        if write is None:
            self._services.warned.emit(tr("There is no picture yet to copy as Python."))
            return
        self._services.session.spare(write, self._done, self._fail)

    @Slot(object)
    def _done(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        count = len([line for line in text.splitlines() if line])
        self._services.told.emit(tr("{n:,} lines of Python are on the clipboard.", n=count))

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._services.warned.emit(failures.sentence(error))
