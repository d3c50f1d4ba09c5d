"""A picture on a plain surround, under a caption; or, while there is none, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.pictures import Pixels
from desktop.widgets.canvas import Canvas, Side
from desktop.widgets.labels import label
from desktop.widgets.layer import Layer, Raster
from desktop.widgets.viewport import Viewport


class PictureView(QWidget):
    """Caption line and canvas; views that are given the same viewport zoom and move together."""

    def __init__(self, title: str, invites: bool = False, viewport: Viewport | None = None) -> None:
        """An `invites` view draws a dashed outline while it is empty: this is where a picture goes."""
        super().__init__()
        self._title, self._facts = label("", "heading"), label("", "number")
        self._title.setText(title)
        self._own = viewport is None
        self.viewport = viewport or Viewport(self)
        self.canvas = Canvas(self.viewport, invites)
        caption = QHBoxLayout()
        caption.addWidget(self._title)
        caption.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(caption)
        column.addWidget(self.canvas, 1)

    def show_picture(self, title: str, facts: str, pixels: Pixels | None) -> None:
        """Shows uint8 RGB `[H, W, 3]`, or the hint when None."""
        if pixels is None:
            self.show_layers(title, facts, ())
            return
        height, width, _ = pixels.shape
        if self._own:
            self.viewport.set_picture(width, height)
        self.show_layers(title, facts, [Layer(Raster(pixels), QRectF(0, 0, width, height))])

    def show_layers(self, title: str, facts: str, layers: Sequence[Layer]) -> None:
        """Shows layers, the last on top, or the hint when there are none."""
        self._title.setText(title)
        self._facts.setText(facts)
        self.canvas.show_sides(Side(layers))

    def set_hint(self, first: str, second: str) -> None:
        """Two lines for the time without a picture."""
        self.canvas.set_hint(first, second)

    def set_highlighted(self, highlighted: bool) -> None:
        """Whether something is being dragged over the window, to be dropped."""
        self.canvas.set_highlighted(highlighted)

    @property
    def facts(self) -> str:
        """The facts in the caption."""
        return self._facts.text()

    @property
    def title(self) -> str:
        """The title in the caption."""
        return self._title.text()

    @property
    def image(self) -> QImage | None:
        """The picture on top, at its own size."""
        return self.canvas.left.layers[-1].image if self.canvas.left.layers else None

    @property
    def caption_height(self) -> int:
        """Pixels above the canvas."""
        return self._title.sizeHint().height() + theme.GAP_SMALL
