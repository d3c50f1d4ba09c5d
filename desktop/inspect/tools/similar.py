"""The controls of the similar pictures."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.inspect.tools.layout import column
from desktop.widgets.labels import button, label
from desktop.widgets.rows import row


class SimilarTools(QWidget):
    """What the similar pictures are similar to.

    Signals:
        latent_asked(): They are to be those of the sliders' latent.
        overview_asked(): The user wants to choose a picture.
    """

    latent_asked = Signal()
    overview_asked = Signal()

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.said = label("", "number")
        self.of_latent = button("Similar to the sliders", "Pictures like the latent steered on the Picture page")
        self.of_latent.setProperty("role", "small")
        column(self).addLayout(row(self.said, None, self.of_latent))
        self.of_latent.clicked.connect(self.latent_asked)
