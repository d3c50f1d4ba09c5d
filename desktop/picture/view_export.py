"""The view as a picture: what is seen of the comparison, divider, zoom, region and all."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.picture.comparison import Comparison
from desktop.qt_images import to_pixels
from desktop.state.services import Services
from desktop.widgets import save_dialog
from desktop.widgets.save_dialog import FileKind


class ViewExport(QObject):
    """Copies the view, or writes it to a file."""

    def __init__(
        self,
        services: Services,
        comparison: Comparison,
        stem: Callable[[], str],
        kinds: tuple[FileKind, ...],
        parent: QWidget,
    ) -> None:
        """`stem` names the file; `kinds` are what it can be saved as."""
        super().__init__(parent)
        self._services, self._comparison, self._stem, self._kinds, self._parent = (
            services, comparison, stem, kinds, parent,
        )  # fmt: skip
        add = functools.partial(services.actions.add, page="picture")
        add(
            "view.copy",
            "edit",
            "Copy view",
            self._copy,
            keys="Ctrl+Alt+C",
            tip="Copy what is seen of the picture, as it is shown",
        )
        add(
            "view.export",
            "file",
            "Export view…",
            self._ask,
            keys="Ctrl+Alt+E",
            tip="Save what is seen of the picture, as it is shown",
        )

    def image(self) -> QImage:
        """What is seen, in the screen's own pixels."""
        return self._comparison.view.grab().toImage()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setImage(self.image())
        self._services.told.emit(tr("The view is on the clipboard."))

    @Slot()
    def _ask(self) -> None:
        pixels = to_pixels(self.image())
        start, warn = f"{self._stem()}-view.png", self._services.warned.emit
        asked = save_dialog.ask(self._parent, tr("Export the view"), start, self._kinds, warn)
        if asked is not None:
            self._services.saver.save(asked[0], lambda: (pixels, None))
