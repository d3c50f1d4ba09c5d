"""One slider: its name, its value, its marks, its track and its filmstrip."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import bind, mark, tr
from desktop.widgets import plain
from desktop.widgets.filmstrip import FRAMES, Filmstrip
from desktop.widgets.glyphs import GlyphButton
from desktop.widgets.labels import label
from desktop.widgets.track import TICKS, Track

HEAD_HEIGHT, TRACK_HEIGHT, ROW_GAP = 22, 18, 8
LONGEST_NAME = 60


class AxisSlider(QWidget):
    """A slider in units of spread; 0 is the mean.

    Signals:
        moved(value): The user moved it.
        grabbed(): The user pressed it or let it go: a new movement begins.
        reset_asked(): The user wants it back at its start.
        renamed(name): The user gave it another name; empty for its own again.
        locked(on), soloed(on), played(on), starred(on): The user pressed one of its marks.
    """

    moved = Signal(float)
    grabbed = Signal()
    reset_asked = Signal()
    renamed = Signal(str)
    locked = Signal(bool)
    soloed = Signal(bool)
    played = Signal(bool)
    starred = Signal(bool)

    def __init__(self, low: float, high: float) -> None:
        """`low` and `high` in units of spread."""
        super().__init__()
        self._low, self._high = low, high
        self._start = self._exact = 0.0
        self._own_name = ""
        self.track, self.strip = Track(), Filmstrip()
        self.track.setFixedHeight(TRACK_HEIGHT)
        self._name, self._text = label("", "muted"), label("", "number")
        bind(self._name, self._name.setToolTip, "Double-click to rename")
        self._name.installEventFilter(self)
        self.star = GlyphButton("star", mark("Favourite: among the sliders with a star"))
        self.play = GlyphButton("play", mark("Play: sweep from end to end"))
        self.solo = GlyphButton("solo", mark("Solo: the others do not act"))
        self.lock = GlyphButton("lock", mark("Lock: reset and random leave it alone"))
        self._editor: QLineEdit | None = None
        self._lay_out()
        self._connect()
        self.set_position(0.0, 0.0)

    @property
    def value(self) -> float:
        """The coordinate: exactly what was set until the user moves the slider, then a whole number of ticks."""
        ticks = self.track.value()
        return self._exact if ticks == round(self._exact * TICKS) else ticks / TICKS

    @property
    def text(self) -> str:
        """The coordinate as shown."""
        return self._text.text()

    @property
    def limits(self) -> tuple[float, float]:
        """Its own ends, in units of spread."""
        return self._low, self._high

    @property
    def name(self) -> str:
        """The name shown."""
        return self._name.text()

    def set_name(self, own: str, given: str, tip: str) -> None:
        """Its own name, the one that the user gave it (or empty), and what is said about it."""
        self._own_name = own
        self._name.setText(given or own)
        self.track.setAccessibleName(given or own)
        told = tip if not given else f"{own}. {tip}"
        self.setToolTip(plain.tip(told))
        wheel = tr("Ctrl and the wheel move it finely; clicked once, the wheel alone does")
        self.track.setToolTip(plain.tip(f"{told}\n{wheel}"))

    def set_position(self, start: float, value: float) -> None:
        """Where the slider goes back to and where it stands; its ends make room for both. No signal."""
        self._start, self._exact = start, value
        low, high = min(self._low, start, value), max(self._high, start, value)
        with QSignalBlocker(self.track):
            self.track.setRange(math.floor(low * TICKS), math.ceil(high * TICKS))
            self.track.setValue(round(value * TICKS))
        self.track.start = round(start * TICKS)
        self._show()

    def set_marks(self, locked: bool, soloed: bool, playing: bool, starred: bool = False) -> None:
        """What its marks show; no signal."""
        self.track.setEnabled(not locked)
        self.strip.setEnabled(not locked)
        for button, on in self._marks(locked, soloed, playing, starred):
            with QSignalBlocker(button):
                button.setChecked(on)
            button.update()

    def _marks(self, *on: bool) -> list[tuple[GlyphButton, bool]]:
        return list(zip((self.lock, self.solo, self.play, self.star), on))

    def set_filmstrip_side(self, side: int) -> None:
        """How high its filmstrip is, in pixels; 0 for none."""
        self.strip.set_side(side)

    def rename(self) -> None:
        """Lets the user type another name in its place."""
        if self._editor is not None:
            return
        self._editor = QLineEdit(self._name.text(), self)
        self._editor.setMaxLength(LONGEST_NAME)
        self._editor.setAccessibleName(tr("Name of the slider"))
        self._editor.setGeometry(self._name.geometry().adjusted(-4, -2, 0, 2))
        self._editor.selectAll()
        self._editor.editingFinished.connect(self._take_name)
        self._editor.installEventFilter(self)
        self._editor.show()
        self._editor.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double-click on the name renames; Escape gives the old name back."""
        if watched is self._name and event.type() == QEvent.Type.MouseButtonDblClick:
            self.rename()
            return True
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self._editor and event.type() == QEvent.Type.KeyPress and escape:
            self._close_editor()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the track leaves: L locks, S solos, Space plays, F gives it a star, N renames."""
        keys = Qt.Key
        buttons = {keys.Key_L: self.lock, keys.Key_S: self.solo, keys.Key_Space: self.play, keys.Key_F: self.star}
        key = Qt.Key(event.key())
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and key in buttons and not buttons[key].isHidden():
            buttons[key].click()
        elif key == Qt.Key.Key_N:
            self.rename()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.setContentsMargins(theme.GAP_SMALL - 1, 0, 0, 0)
        head.addWidget(self._name, 1)
        self._text.setFixedWidth(46)
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._text)
        head.addSpacing(theme.GAP_SMALL // 2)
        for button in (self.star, self.play, self.solo, self.lock):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, ROW_GAP)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.track)
        column.addWidget(self.strip)
        column.addStretch(1)

    def _connect(self) -> None:
        self.track.valueChanged.connect(self._on_track)
        self.track.reset_asked.connect(self.reset_asked)
        self.track.sliderPressed.connect(self.grabbed)
        self.track.sliderReleased.connect(self.grabbed)
        self.strip.chosen.connect(self._go_to_frame)
        self.lock.toggled.connect(self.locked)
        self.solo.toggled.connect(self.soloed)
        self.play.toggled.connect(self.played)
        self.star.toggled.connect(self.starred)

    def frame_values(self) -> list[float]:
        """The positions in the middle of each frame of the filmstrip."""
        return frame_values(self._low, self._high)

    @Slot(int)
    def _go_to_frame(self, index: int) -> None:
        self.grabbed.emit()
        self.track.setValue(round(self.frame_values()[index] * TICKS))
        self.grabbed.emit()

    @Slot()
    def _on_track(self) -> None:
        self._show()
        self.moved.emit(self.value)

    @Slot()
    def _take_name(self) -> None:
        if self._editor is not None:
            name = self._editor.text().strip()
            self._close_editor()
            self.renamed.emit("" if name == self._own_name else name)

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
            self.track.setFocus()

    def _show(self) -> None:
        value = round(self.value, 2) + 0.0  # no "-0.00"
        self._text.setText(f"{value:+.2f}".replace("-", "\u2212") if value else "0.00")
        self.track.update()


def frame_values(low: float, high: float) -> list[float]:
    """The positions in the middle of each fifth of a slider's range."""
    return [low + (index + 0.5) / FRAMES * (high - low) for index in range(FRAMES)]


def row_height(filmstrip_side: int) -> int:
    """How high one slider is with a filmstrip of that height, in pixels."""
    return HEAD_HEIGHT + TRACK_HEIGHT + filmstrip_side + ROW_GAP
