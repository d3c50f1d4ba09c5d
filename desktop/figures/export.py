"""*Export figure*: what a page shows, as a figure. Computed and drawn on the session's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop import failures
from desktop.figures.content import Figure
from desktop.i18n import mark, tr
from desktop.state.services import Services
from desktop.widgets import save_dialog
from desktop.widgets.save_dialog import FileKind

Make = Callable[[], Figure]
KINDS = [
    FileKind(mark("PDF, for papers"), (".pdf",)),
    FileKind(mark("SVG, for editing"), (".svg",)),
    FileKind(mark("PNG, 300 dots per inch"), (".png",)),
]


class FigureExport(QObject):
    """Adds one figure to a page's File menu."""

    def __init__(
        self, services: Services, page: str, name: str, text: str, present: Callable[[], Make | None], parent: QWidget
    ) -> None:
        """`text` is the action's, marked; `present` gives what makes the figure of what is shown, None for nothing."""
        super().__init__(parent)
        self._services, self._name, self._present, self._parent = services, name, present, parent
        services.actions.add(
            f"{page}.{name}",
            "file",
            text,
            self._ask,
            tip=mark("Save a figure with its caption, and its numbers as CSV beside it"),
            page=page,
        )

    def save(self, path: Path, make: Make) -> None:
        """Makes the figure and writes it; says when it is there."""

        def write() -> Path:
            from desktop.figures import drawing

            drawing.save(path, make())
            return path

        self._services.session.spare(write, self._services.written.emit, self._fail)

    @Slot()
    def _ask(self) -> None:
        make = self._present()
        if make is None:
            self._services.warned.emit(tr("There is nothing yet to make a figure of."))
            return
        warn = self._services.warned.emit
        asked = save_dialog.ask(self._parent, tr("Export figure"), f"{self._name}.pdf", KINDS, warn)
        if asked is not None:
            self.save(asked[0], make)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._services.warned.emit(failures.sentence(error))
