"""Two snapshots, and a slider from one to the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind, tr
from desktop.widgets.labels import label
from desktop.widgets.track import TICKS, Track

SIDE, LOW_SIDE = 46, 30  # device-independent pixels; the second where there is little room


class SnapshotBox(QWidget):
    """Snapshot A, the morph slider, snapshot B.

    Signals:
        taken(name): The user wants the present code in that place.
        recalled(name): The user wants what is in that place.
        mixed(share): The user moved the morph slider; 0 is A, 1 is B.
        grabbed(): A new movement of the slider begins.
    """

    taken = Signal(str)
    recalled = Signal(str)
    mixed = Signal(float)
    grabbed = Signal()

    def __init__(self) -> None:
        """Both places empty."""
        super().__init__()
        self.places: dict[str, SnapshotPlace] = {name: SnapshotPlace(name) for name in ("A", "B")}
        self.track = Track()
        self.track.setRange(0, TICKS)
        self.track.setEnabled(False)
        bind(self.track, self.track.setAccessibleName, "Morph from A to B")
        bind(self.track, self.track.setToolTip, "Morph from A to B")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_SMALL)
        row.addWidget(label("Snapshots", "heading"))
        row.addSpacing(theme.GAP_SMALL)
        row.addWidget(self.places["A"])
        row.addWidget(self.track, 1)
        row.addWidget(self.places["B"])
        for place in self.places.values():
            place.taken.connect(self.taken)
            place.recalled.connect(self.recalled)
        self.track.valueChanged.connect(lambda ticks: self.mixed.emit(ticks / TICKS))
        self.track.sliderPressed.connect(self.grabbed)
        self.track.sliderReleased.connect(self.grabbed)

    def set_low(self, is_low: bool) -> None:
        """Smaller places, where there is little room."""
        side = LOW_SIDE if is_low else SIDE
        for place in self.places.values():
            place.setFixedSize(side, side)

    def set_snapshot(self, name: str, image: QImage | None) -> None:
        """What is in a place; None empties it. The slider works while both are filled."""
        self.places[name].set_image(image)
        self.track.setEnabled(all(place.image is not None for place in self.places.values()))

    def set_share(self, share: float) -> None:
        """Where the slider stands; no signal."""
        with QSignalBlocker(self.track):
            self.track.setValue(round(share * TICKS))
        self.track.start = 0
        self.track.update()


class SnapshotPlace(QAbstractButton):
    """A place for one snapshot: a click fills it or recalls it, with Shift it is always filled anew.

    Signals:
        taken(name), recalled(name): As in `SnapshotBox`.
    """

    taken = Signal(str)
    recalled = Signal(str)

    def __init__(self, name: str) -> None:
        """Empty, with its letter."""
        super().__init__()
        self._name = name
        self.image: QImage | None = None
        self.setFixedSize(SIDE, SIDE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_click)
        self._say()

    def set_image(self, image: QImage | None) -> None:
        """What is in it."""
        self.image = image
        self._say()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Says everything again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(SIDE, SIDE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remembers whether Shift was held."""
        self._anew = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)
        self._anew = False

    _anew = False

    def _on_click(self) -> None:
        (self.taken if self.image is None or self._anew else self.recalled).emit(self._name)

    def _say(self) -> None:
        full = tr("Snapshot {name}: go to it (with Shift: replace it by the present picture)", name=self._name)
        text = tr("Snapshot {name}: keep the present picture here", name=self._name) if self.image is None else full
        self.setToolTip(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture with its letter in a corner, or the letter alone in a dashed outline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours, place = self.palette(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(place, 5, 5)
        painter.fillPath(outline, colours.alternateBase())
        if self.image is not None:
            painter.setClipPath(outline)
            painter.drawImage(place, self.image)
            painter.setClipping(False)
            corner = min(18.0, place.width() / 2)
            badge = QRectF(place.topLeft() + QPointF(2, 2), QPointF(place.left() + corner, place.top() + corner))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.base())
            painter.drawRoundedRect(badge, 3, 3)
            painter.setPen(colours.text().color())
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._name)
        else:
            painter.setPen(colours.placeholderText().color())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._name)
        style = Qt.PenStyle.SolidLine if self.image is not None else Qt.PenStyle.DashLine
        pen = QPen(colours.highlight() if self.hasFocus() or self.underMouse() else colours.placeholderText(), 1, style)
        painter.strokePath(outline, pen)
