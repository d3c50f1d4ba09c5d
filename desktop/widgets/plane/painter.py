"""What is painted on a plane beside its points: thumbnails, labels, and a card of what the mouse is on."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPen

from desktop import theme
from desktop.engine.embedding.thumbnail_map import THUMBNAIL

KEPT = 2000  # thumbnails at the size in which they are painted
BUDGET_S = 0.008  # of each frame, for thumbnails that were not there
CARD, GAP = 112, 14  # device-independent pixels: the picture on a card, and the card's distance from the mouse


class Thumbnails:
    """Thumbnails at the size in which they are painted; of those that are new, as many as a frame has time for."""

    def __init__(self) -> None:
        """None."""
        self._load: Callable[[int], QImage] = lambda _: QImage()
        self._kept: OrderedDict[int, QImage] = OrderedDict()

    def set_source(self, load: Callable[[int], QImage]) -> None:
        """Where the thumbnail of a position comes from."""
        self._load = load
        self._kept.clear()

    def image(self, position: int) -> QImage:
        """The thumbnail of a position as it was loaded."""
        return self._load(position)

    def paint(
        self,
        painter: QPainter,
        places: Iterable[tuple[int, QPointF]],
        outline: Callable[[int], QPen],
    ) -> bool:
        """Paints thumbnails in their places; False where some wait for the next frame."""
        end, all_there = time.perf_counter() + BUDGET_S, True
        for position, place in places:
            if position not in self._kept:
                if time.perf_counter() > end:
                    all_there = False
                    continue
                self._kept[position] = self._scaled(self._load(position))
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            image = self._kept[position]
            if image.isNull():
                continue
            corner = QPointF(round(place.x() - image.width() / 2), round(place.y() - image.height() / 2))
            painter.drawImage(corner, image)
            painter.setPen(outline(position))
            painter.drawRect(QRectF(corner, QSizeF(image.size())))
        return all_there

    def _scaled(self, image: QImage) -> QImage:
        if image.isNull():
            return image
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return image.scaled(THUMBNAIL, THUMBNAIL, keep, smooth).convertToFormat(QImage.Format.Format_RGB32)


def paint_label(painter: QPainter, palette: QPalette, place: QPointF, text: str, colour: QColor) -> None:
    """A name on a plate, its middle at a place, with the colour of what it names."""
    font = painter.font()
    font.setPixelSize(theme.SMALL_TEXT)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, 180)
    box = QRectF(0, 0, metrics.horizontalAdvance(shown) + 26, metrics.height() + 6)
    box.moveCenter(place)
    ground = palette.base().color()
    ground.setAlphaF(0.88)
    painter.setPen(QPen(palette.mid(), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(box.left() + 10, box.center().y()), 4, 4)
    painter.setPen(palette.text().color())
    painter.drawText(box.adjusted(18, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, shown)


def paint_card(painter: QPainter, palette: QPalette, area: QRectF, mouse: QPointF, image: QImage, text: str) -> None:
    """A picture and a line of text beside the mouse, on the side where there is room."""
    font = painter.font()
    font.setPixelSize(theme.SMALL_TEXT)
    painter.setFont(font)
    metrics, line = painter.fontMetrics(), theme.SMALL_TEXT + 8 if text else 0
    size = QSizeF(image.size()).scaled(CARD, CARD, Qt.AspectRatioMode.KeepAspectRatio) if not image.isNull() else None
    card = QRectF(0, 0, CARD + 16, (size.height() if size is not None else 0) + line + 14)
    left = mouse.x() + GAP if mouse.x() + GAP + card.width() < area.right() else mouse.x() - GAP - card.width()
    top = mouse.y() + GAP if mouse.y() + GAP + card.height() < area.bottom() else mouse.y() - GAP - card.height()
    card.moveTopLeft(QPointF(left, max(top, area.top())))
    painter.setPen(QPen(palette.mid(), 1))
    painter.setBrush(palette.base())
    painter.drawRoundedRect(card, 6, 6)
    if size is not None:
        place = QRectF(QPointF(card.center().x() - size.width() / 2, card.top() + 8), size)
        painter.drawImage(place, image)
    painter.setPen(palette.text().color())
    words = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, int(card.width() - 16))
    painter.drawText(card.adjusted(8, 0, -8, -4), Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, words)
