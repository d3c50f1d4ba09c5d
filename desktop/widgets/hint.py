"""Two lines in the middle of a widget that is empty: what is missing, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette

from desktop import theme


def paint_hint(painter: QPainter, area: QRectF, palette: QPalette, hint: tuple[str, str]) -> None:
    """Paints a bold line above the middle and a muted one, which may wrap, below it."""
    centre = area.adjusted(theme.GAP, 0, -theme.GAP, 0)
    flags, middle = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, centre.center().y()
    above, below = QRectF(centre), QRectF(centre)
    above.setBottom(middle - 4)
    below.setTop(middle + 4)
    font = painter.font()
    painter.setFont(theme.strong(font))
    painter.setPen(palette.text().color())
    painter.drawText(above, flags | Qt.AlignmentFlag.AlignBottom, hint[0])
    painter.setFont(font)
    painter.setPen(palette.placeholderText().color())
    painter.drawText(below, flags | Qt.AlignmentFlag.AlignTop, hint[1])
