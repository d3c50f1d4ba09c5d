"""The program's icons: SVG files of one colour, tinted by the theme."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton

from desktop.theme.sizes import ICON_SIDE, ICONS

SHARP = 3  # pixels to a device-independent one, at the most
SWITCH = QSize(26, 15)
OF_ACTION = {
    "batch.cancel": "stop",
    "batch.folder": "folder",
    "batch.pause": "pause",
    "batch.start": "play",
    "compare.fit": "fit",
    "compare.pixels": "pixels",
    "edit.paste": "paste",
    "explore.keep": "keep",
    "explore.mean": "mean",
    "explore.random": "random",
    "explore.reset": "reset",
    "explore.similar": "similar",
    "file.folder": "folder",
    "file.open": "open",
    "model.add": "add",
    "morph.clear": "clear",
    "morph.files": "add",
    "morph.play": "play",
    "morph.present": "snapshot",
    "morph.save": "save",
    "page.batch": "batch",
    "page.inspect": "inspect",
    "page.morph": "morph",
    "page.picture": "picture",
    "page.training": "training",
    "picture.copy": "copy",
    "picture.next": "next",
    "picture.previous": "previous",
    "picture.save": "save",
    "region.clear": "clear",
    "region.invert": "invert",
}
"""Which icon an action has, on every button that does what it does."""


def icon(name: str, colour: QColor, disabled: QColor) -> QIcon:
    """The icon of that name in `desktop/icons`, in one colour, and in another while it cannot be used.

    Raises:
        OSError: There is no such icon.
    """
    result = QIcon(_drawn(name, colour.name()))
    result.addPixmap(_drawn(name, disabled.name()), QIcon.Mode.Disabled)
    return result


def dress(button: QAbstractButton, name: str) -> None:
    """Gives a button an icon that follows the theme; `switch` shows whether a button that can be checked is."""
    for tint in button.findChildren(_Tint, options=Qt.FindChildOption.FindDirectChildrenOnly):
        tint.rename(name)
        return
    _Tint(button, name)


class _Tint(QObject):
    """Sets the icon again whenever the colours change; it dies with its button."""

    def __init__(self, button: QAbstractButton, name: str) -> None:
        super().__init__(button)
        self._button, self._name = button, name
        self._shown: tuple[str, ...] = ()
        button.installEventFilter(self)
        self._apply()

    def rename(self, name: str) -> None:
        self._name = name
        self._apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.Polish):
            self._apply()
        return False

    def _apply(self) -> None:
        colours, is_primary = QGuiApplication.palette(), self._button.property("role") == "primary"
        normal = colours.highlightedText().color() if is_primary else colours.windowText().color()
        muted = colours.placeholderText().color()
        wanted = (self._name, normal.name(), muted.name(), colours.highlight().color().name())
        if wanted == self._shown:  # setting an icon may send another such event
            return
        self._shown = wanted
        if self._name == "switch":
            self._button.setIconSize(SWITCH)
            self._button.setIcon(_switch(colours))
        else:
            self._button.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
            self._button.setIcon(icon(self._name, normal, muted))


@functools.lru_cache(256)
def _drawn(name: str, colour: str) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    source = (ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(ICON_SIDE * SHARP, ICON_SIDE * SHARP)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    return pixmap


def _switch(colours: QPalette) -> QIcon:
    """A small switch: to the left and hollow, or to the right and filled."""
    result, role = QIcon(), QPalette.ColorRole
    accent, muted, line = (colours.color(each) for each in (role.Highlight, role.PlaceholderText, role.Mid))
    for mode, track, rim in ((QIcon.Mode.Normal, accent, muted), (QIcon.Mode.Disabled, line, line)):
        result.addPixmap(_switched(False, rim, rim), mode, QIcon.State.Off)
        result.addPixmap(_switched(True, track, colours.highlightedText().color()), mode, QIcon.State.On)
    return result


def _switched(on: bool, track: QColor, knob: QColor) -> QPixmap:
    pixmap = QPixmap(SWITCH * SHARP)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SHARP, SHARP)
    room = QRectF(0.75, 0.75, SWITCH.width() - 1.5, SWITCH.height() - 1.5)
    painter.setPen(track)
    painter.setBrush(track if on else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(knob)
    side = room.height() - 5
    left = room.right() - side - 2.5 if on else room.left() + 2.5
    painter.drawEllipse(QRectF(left, room.top() + 2.5, side, side))
    painter.end()
    return pixmap
