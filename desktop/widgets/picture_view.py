"""A picture on a plain surround, under a caption; or, while there is none, what to do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.engine.pictures import Pixels
from desktop.qt_images import to_qimage
from desktop.widgets.labels import label


class PictureView(QWidget):
    """Caption line and picture. The picture keeps its aspect and is enlarged or reduced smoothly."""

    def __init__(self, title: str, invites: bool = False) -> None:
        """An `invites` view draws a dashed outline while it is empty: this is where a picture goes."""
        super().__init__()
        self._title, self._facts = label("", "heading"), label("", "number")
        self._title.setText(title)
        self._canvas = _Canvas(invites)
        caption = QHBoxLayout()
        caption.addWidget(self._title)
        caption.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_SMALL)
        column.addLayout(caption)
        column.addWidget(self._canvas, 1)

    def show_picture(self, title: str, facts: str, pixels: Pixels | None) -> None:
        """Shows uint8 RGB `[H, W, 3]`, or the hint when None."""
        self._title.setText(title)
        self._facts.setText(facts)
        self._canvas.set_image(None if pixels is None else to_qimage(pixels))

    def set_hint(self, first: str, second: str) -> None:
        """Two lines for the time without a picture."""
        self._canvas.set_hint(first, second)

    def set_highlighted(self, highlighted: bool) -> None:
        """Whether something is being dragged over the window, to be dropped."""
        self._canvas.set_highlighted(highlighted)

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
        """The picture shown, at its own size."""
        return self._canvas.image

    @property
    def caption_height(self) -> int:
        """Pixels above the square that holds the picture."""
        return self._title.sizeHint().height() + theme.GAP_SMALL


class _Canvas(QWidget):
    """The surround and what is on it."""

    def __init__(self, invites: bool) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(96, 96)
        self.image: QImage | None = None
        self._invites = invites
        self._highlighted = False
        self._hint = ("", "")
        self._scaled = QImage()

    def set_image(self, image: QImage | None) -> None:
        self.image, self._scaled = image, QImage()
        self.update()

    def set_hint(self, first: str, second: str) -> None:
        self._hint = (first, second)
        self.update()

    def set_highlighted(self, highlighted: bool) -> None:
        self._highlighted = highlighted
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surround, picture or hint, and the outline while something is dragged over the window."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.alternateBase())
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        if self.image is None:
            self._paint_hint(painter)
        else:
            self._paint_image(painter, self.image)
        if self._highlighted:
            self._paint_outline(painter, QPen(colours.highlight(), 3))
        elif self._invites and self.image is None:
            self._paint_outline(painter, QPen(colours.placeholderText(), 1.5, Qt.PenStyle.DashLine))

    def _paint_image(self, painter: QPainter, image: QImage) -> None:
        """The picture as large as fits. It is scaled once for each size, with care, and not at every paint."""
        ratio = self.devicePixelRatio()
        size = image.size().scaled(self.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        if self._scaled.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled.setDevicePixelRatio(ratio)
        shown = QRectF(QPointF(0, 0), self._scaled.deviceIndependentSize())
        shown.moveCenter(QRectF(self.rect()).center())
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.setClipPath(outline)
        painter.drawImage(shown.topLeft(), self._scaled)

    def _paint_outline(self, painter: QPainter, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.RADIUS, theme.RADIUS)

    def _paint_hint(self, painter: QPainter) -> None:
        centre = QRectF(self.rect()).adjusted(theme.GAP, 0, -theme.GAP, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self.palette().text().color())
        middle = centre.center().y()
        painter.drawText(
            centre.adjusted(0, 0, 0, -centre.height() / 2 - 4), flags | Qt.AlignmentFlag.AlignBottom, self._hint[0]
        )
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(self.palette().placeholderText().color())
        centre.setTop(middle + 4)
        painter.drawText(centre, flags | Qt.AlignmentFlag.AlignTop, self._hint[1])
