"""The X-ray in the Model menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from desktop.state.services import Services

if TYPE_CHECKING:
    from desktop.xray.window import XrayWindow


class XrayAction(QObject):
    """Adds the action, which works while a model is shown, and opens the window beside this one.

    Attributes:
        dialog: The window, once it was opened.
    """

    def __init__(self, services: Services, window: QWidget) -> None:
        """Nothing is open."""
        super().__init__(window)
        self._services, self._window = services, window
        self.dialog: XrayWindow | None = None
        self._action = services.actions.add(
            "model.xray",
            "model",
            "X-ray…",
            self.open,
            tip="What a pixel moves, where a latent cell reads from, and what it paints",
        )
        self._action.setEnabled(False)
        services.session.rendered.connect(self._follow)

    @Slot()
    def open(self) -> None:
        """Of the picture that is shown; imported only now."""
        from desktop.xray.window import XrayWindow

        self.stop()
        self.dialog = XrayWindow(self._services.session, self._window)
        self.dialog.show()

    def stop(self) -> None:
        """Closes the window."""
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def _follow(self) -> None:
        self._action.setEnabled(True)
