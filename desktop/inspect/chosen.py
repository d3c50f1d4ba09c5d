"""The picture that is chosen on the Inspect page, from near."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.pictures import Pixels
from desktop.i18n import tr
from desktop.inspect.place import Look
from desktop.widgets.labels import ActionButton, label
from desktop.widgets.picture_view import PictureView
from desktop.widgets.rows import row

WIDTH = 450  # device-independent pixels, at most


class ChosenPicture(QWidget):
    """The picture, with where it is anomalous; its reconstruction; what is known of it; and what to do with it."""

    def __init__(self, actions: Sequence[ActionButton], below: QWidget) -> None:
        """No picture is chosen. The buttons stand two in a row."""
        super().__init__()
        self.picture, self.reconstruction = PictureView(""), PictureView("")
        self.facts = label("", "number")
        self._look: Look | None = None
        self.setMaximumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        self.facts.setWordWrap(True)
        self.facts.setSizePolicy(self.facts.sizePolicy().horizontalPolicy(), self.sizePolicy().Policy.Minimum)
        column.addWidget(self.picture, 1)
        column.addWidget(self.reconstruction, 1)
        column.addWidget(self.facts)
        for each in actions:
            each.setProperty("role", "small")
        for first in range(0, len(actions), 2):
            column.addLayout(row(*actions[first : first + 2], None))
        column.addWidget(below)
        self.clear()

    def clear(self) -> None:
        """No picture is chosen."""
        self._look = None
        self.facts.setText("")
        self.picture.set_hint(tr("No picture chosen"), tr("Choose one, and see where it is anomalous"))
        self.picture.show_picture(tr("Picture"), "", None)
        self.reconstruction.show_picture(tr("Reconstruction"), "", None)

    def show_look(self, look: Look, facts: str) -> None:
        """A picture from near, and what is known of it."""
        self._look = look
        title = tr("Picture") if look.heat is None else tr("Where it is anomalous")
        self.picture.show_picture(title, "", look.original if look.heat is None else look.heat)
        self.show_decoded(look.reconstruction, tr("Reconstruction"))
        self.facts.setText(facts)

    def show_decoded(self, pixels: Pixels, title: str) -> None:
        """What was decoded of something else than the chosen picture, in the place of its reconstruction."""
        self.reconstruction.show_picture(title, "", pixels)

    @property
    def look(self) -> Look | None:
        """The picture that is chosen."""
        return self._look
