"""A figure on paper: PDF and SVG with text as text and pictures pixel for pixel, or a PNG of 300 dots an inch.

Lengths are points, of which an inch has 72; the width is that of a page's text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPageSize, QPainter, QPdfWriter, QPen, QPolygonF
from PySide6.QtSvg import QSvgGenerator

from desktop.engine.disk.file_writer import write_file
from desktop.engine.errors import DesktopError
from desktop.figures.content import Curve, Figure, Row
from desktop.qt_images import to_qimage

SUFFIXES = (".pdf", ".svg", ".png")
WIDTH, GAP, LINE = 468.0, 4.0, 11.0
LABEL_WIDTH, LARGEST_CELL = 74.0, 110.0
TEXT_SIZE, CAPTION_SIZE = 8, 9
PANEL_HEIGHT, AXIS_WIDTH = 150.0, 44.0
DOTS_PER_INCH, POINTS_PER_INCH = 300, 72
TICKS = 5
INK, PALE, BLUE = QColor("#1a1a1a"), QColor("#b8b8b8"), QColor("#0b6e99")
LEFT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter
MIDDLE, TOP = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop


def save(path: Path, figure: Figure) -> None:
    """Writes a figure in the format of the path's ending, and its numbers beside it as CSV.

    Raises:
        DesktopError: The ending is of no such format, or the disk refused.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise DesktopError("{path} must end in {suffixes}.", path=path, suffixes=", ".join(SUFFIXES))
    draw = {".pdf": _pdf, ".svg": _svg, ".png": _png}[suffix]
    write_file(path, draw(figure), DesktopError)
    write_file(path.with_suffix(".csv"), figure.csv().encode(), DesktopError)


def _pdf(figure: Figure) -> bytes:
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    size = QSizeF(WIDTH, _height(figure))
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(figure.caption)
    _paint(figure, writer, DOTS_PER_INCH / POINTS_PER_INCH)
    return bytes(buffer.data().data())


def _svg(figure: Figure) -> bytes:
    buffer, generator = _buffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(POINTS_PER_INCH)
    size = QSizeF(WIDTH, _height(figure))
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(QPointF(), size))
    generator.setDescription(figure.caption)
    _paint(figure, generator, 1.0)
    return bytes(buffer.data().data())


def _png(figure: Figure) -> bytes:
    scale, buffer = DOTS_PER_INCH / POINTS_PER_INCH, _buffer()
    image = QImage(round(WIDTH * scale), round(_height(figure) * scale), QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.white)
    dots_per_metre = round(DOTS_PER_INCH / 0.0254)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)
    _paint(figure, image, scale)
    image.save(buffer, "PNG")  # type: ignore[call-overload,unused-ignore]
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    return buffer


def _paint(figure: Figure, device: QImage | QPdfWriter | QSvgGenerator, scale: float) -> None:
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.scale(scale, scale)
    painter.setPen(INK)
    y = _paint_curves(painter, figure.curves) if figure.curves else _paint_rows(painter, figure)
    painter.setFont(_font(CAPTION_SIZE))
    painter.drawText(QRectF(0, y + GAP, WIDTH, _caption_height(figure)), Qt.TextFlag.TextWordWrap, figure.caption)
    painter.end()


def _height(figure: Figure) -> float:
    body = len(figure.curves) * (PANEL_HEIGHT + 2 * LINE + GAP) if figure.curves else _rows_height(figure)
    return math.ceil(body + GAP + _caption_height(figure) + GAP)


def _rows_height(figure: Figure) -> float:
    return LINE + sum(_row_height(row, _cell(figure)) for row in figure.rows)


def _row_height(row: Row, cell: float) -> float:
    aspect: float = max(pixels.shape[0] / pixels.shape[1] for pixels in row.pictures)
    return cell * aspect + (LINE if row.notes else 0) + GAP


def _cell(figure: Figure) -> float:
    """How wide a picture is."""
    columns = max(len(row.pictures) for row in figure.rows)
    return min(LARGEST_CELL, (WIDTH - LABEL_WIDTH) / columns - GAP)


def _caption_height(figure: Figure) -> float:
    wrap = int(Qt.TextFlag.TextWordWrap)
    metrics = QFontMetricsF(_font(CAPTION_SIZE))
    return metrics.boundingRect(QRectF(0, 0, WIDTH, 10_000), wrap, figure.caption).height() + 2 * GAP


def _paint_rows(painter: QPainter, figure: Figure) -> float:
    """The pictures with their labels; gives where the next thing may begin."""
    cell, y = _cell(figure), LINE
    painter.setFont(_font(TEXT_SIZE))
    for column, text in enumerate(figure.columns):
        _text(painter, QRectF(LABEL_WIDTH + column * (cell + GAP), 0, cell, LINE), CENTRE | MIDDLE, text)
    for row in figure.rows:
        tall = _row_height(row, cell) - GAP - (LINE if row.notes else 0)
        _text(painter, QRectF(0, y, LABEL_WIDTH - GAP, tall), LEFT | MIDDLE, row.label)
        for column, pixels in enumerate(row.pictures):
            x, height = LABEL_WIDTH + column * (cell + GAP), cell * pixels.shape[0] / pixels.shape[1]
            painter.drawImage(QRectF(x, y, cell, height), to_qimage(pixels))
            painter.setPen(QPen(PALE, 0.3))  # where a white picture ends
            painter.drawRect(QRectF(x, y, cell, height))
            painter.setPen(INK)
            if row.notes:
                _text(painter, QRectF(x, y + tall, cell, LINE), CENTRE | TOP, row.notes[column])
        y += _row_height(row, cell)
    return y


def _paint_curves(painter: QPainter, curves: Sequence[Curve]) -> float:
    """A panel for each curve, its values logarithmic where they span more than a factor of ten."""
    y = 0.0
    for curve in curves:
        _paint_panel(painter, QRectF(AXIS_WIDTH, y + LINE, WIDTH - AXIS_WIDTH - GAP, PANEL_HEIGHT), curve)
        y += PANEL_HEIGHT + 2 * LINE + GAP
    return y


def _paint_panel(painter: QPainter, panel: QRectF, curve: Curve) -> None:
    steps, values = [point[0] for point in curve.points], [point[1] for point in curve.points]
    is_log = min(values) > 0 and max(values) > 10 * min(values)
    heights = [math.log10(value) for value in values] if is_log else values
    (left, right), (low, high) = _span(steps), _span(heights)

    def place(step: float, height: float) -> QPointF:
        across, up = (step - left) / (right - left), (height - low) / (high - low)
        return QPointF(panel.left() + across * panel.width(), panel.bottom() - up * panel.height())

    painter.setFont(_font(TEXT_SIZE))
    painter.drawText(QRectF(panel.left(), panel.top() - LINE, panel.width(), LINE), LEFT | MIDDLE, curve.label)
    for tick in range(TICKS):
        share = tick / (TICKS - 1)
        step, height = left + share * (right - left), low + share * (high - low)
        at = place(step, height)
        painter.setPen(QPen(PALE, 0.4))
        painter.drawLine(QPointF(panel.left(), at.y()), QPointF(panel.right(), at.y()))
        painter.setPen(INK)
        value = 10**height if is_log else height
        beside = QRectF(panel.left() - AXIS_WIDTH, at.y() - LINE / 2, AXIS_WIDTH - GAP, LINE)
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | MIDDLE, f"{value:.3g}")
        align = (LEFT, CENTRE, Qt.AlignmentFlag.AlignRight)[(share > 0) + (share == 1)]
        under = QRectF(at.x() - {0.0: 0, 1.0: 80}.get(share, 40), panel.bottom() + 1, 80, LINE)
        painter.drawText(under, align | MIDDLE, f"{step:,.0f}")
    painter.setPen(QPen(BLUE, 0.8))
    painter.drawPolyline(QPolygonF([place(step, height) for step, height in zip(steps, heights)]))
    painter.setPen(INK)


def _span(values: Sequence[float]) -> tuple[float, float]:
    """The least and the largest, apart from each other."""
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _text(painter: QPainter, place: QRectF, align: Qt.AlignmentFlag, text: str) -> None:
    """A line of text, its middle left out where there is no room."""
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
    painter.drawText(place, align, shown)


def _font(size: int) -> QFont:
    font = QFont()
    font.setPixelSize(size)  # of the painter's own units, points here
    return font
