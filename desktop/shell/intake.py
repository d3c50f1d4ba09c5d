"""What was dropped, pasted or chosen, on its way to the page that is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence

from desktop import mime
from desktop.i18n import tr
from desktop.page import Content
from desktop.state.services import Services

MOST_NAMED = 3  # addresses in one sentence


class Intake(QObject):
    """Adds Paste, and says what it could not use."""

    def __init__(self, services: Services, take: Callable[[Content], None], parent: QObject) -> None:
        """`take` is given the files of this computer, or the picture."""
        super().__init__(parent)
        self._services, self._take = services, take
        paste = QKeySequence.StandardKey.Paste
        services.actions.add("edit.paste", "edit", "Paste", self.paste, keys=paste, tip="Paste a picture")

    @Slot()
    def paste(self) -> None:
        """Opens the picture or the files on the clipboard."""
        self.take_data(QGuiApplication.clipboard().mimeData() or QMimeData())  # none where the clipboard is empty

    def take_data(self, data: QMimeData) -> None:
        """What was dropped or pasted; addresses of other computers are left out by name."""
        content, elsewhere = mime.content(data), mime.elsewhere(data)
        if content is not None:
            self._take(content)
        elif not elsewhere:
            self._services.warned.emit(tr("There is no picture in that, nor a file of this computer."))
        if elsewhere:
            shown = ", ".join(elsewhere[:MOST_NAMED]) + (", …" if len(elsewhere) > MOST_NAMED else "")
            self._services.warned.emit(tr("Only files of this computer are opened; left out: {names}.", names=shown))
