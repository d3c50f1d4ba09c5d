"""The very first start: a good picture that moves on its own for a second, with the place to drop one's own over it."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QWidget

from desktop import theme
from desktop.engine.scene import Scene
from desktop.engine.sliders.latents import GROUPS
from desktop.engine.sliders.steering import Knob, Origin
from desktop.i18n import tr
from desktop.state.services import Services

SECONDS, FRAME_MS = 1.0, 16
REACH = 1.0  # of a slider's spread, to either side
SHOWN = 7  # of the training pictures
EVENT = QEvent.Type
INPUTS = (EVENT.MouseButtonPress, EVENT.KeyPress, EVENT.Wheel, EVENT.DragEnter, EVENT.TouchBegin)


class FirstLook(QObject):
    """Begins once the first model's mean is there; any input ends the movement, and a picture takes the place away.

    Where the system asks for no animations, nothing moves.
    """

    def __init__(self, services: Services, canvas: QWidget, parent: QObject) -> None:
        """Nothing happens until `begin`."""
        super().__init__(parent)
        self._services, self._steering, self._session = services, services.steering, services.session
        self.target = DropTarget(canvas)
        self._started = 0.0
        self._knob: Knob | None = None
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)

    @property
    def is_moving(self) -> bool:
        """Whether the picture moves on its own."""
        return self._timer.isActive()

    def begin(self) -> None:
        """At the first scene without a picture; a picture that is opened by then is left alone."""
        self._session.rendered.connect(self._show)
        if self._session.scene is not None:
            self._show(self._session.scene)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any input ends the movement; it is not taken away from whom it is for."""
        if event.type() in INPUTS:
            self.stop()
        return False

    def stop(self) -> None:
        """The picture stands still where its sliders say."""
        application = QCoreApplication.instance()
        if self.is_moving and application is not None:
            self._timer.stop()
            application.removeEventFilter(self)
            if self._steering.shown_state is not None:
                self._session.steer(self._steering.shown_state)

    @Slot(object)
    def _show(self, scene: Scene) -> None:
        """The first time a training picture; from then on the place to drop one stays until there is one."""
        if scene.subject.picture is not None:
            self._session.rendered.disconnect(self._show)
            self.stop()
            self.target.hide()
        elif not self.target.isVisible():
            self.target.show_over()
            gallery = scene.subject.model.gallery
            if gallery is not None and len(gallery):
                index = min(SHOWN, len(gallery) - 1)
                origin, text = Origin("gallery", str(index + 1)), tr("Start from the gallery")
                self._steering.start_from(gallery.code(index), origin, text)
            self._start()

    def _start(self) -> None:
        """Sets one slider in motion, the one that is listed first."""
        application, space = QCoreApplication.instance(), self._steering.space
        duration = self.target.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        if space is None or application is None or duration == 0:
            return
        group = next((name for name in GROUPS if len(space.group(name).low)), None)
        if group is not None:
            self._knob, self._started = Knob(group, 0), time.monotonic()
            application.installEventFilter(self)
            self._timer.start()

    @Slot()
    def _move(self) -> None:
        """There and back, shown alone: the state and its history know nothing of it."""
        state, space, share = self._steering.state, self._steering.space, (time.monotonic() - self._started) / SECONDS
        if share >= 1 or state is None or space is None or self._knob is None:
            self.stop()
            return
        start = state.start(space, self._knob.group)
        if start is not None:
            place = float(start[self._knob.index]) + REACH * math.sin(2 * math.pi * share)
            self._session.steer(state.moved(space, self._knob, place))


class DropTarget(QWidget):
    """A dashed outline over a canvas, and what to do; the mouse goes through it."""

    def __init__(self, canvas: QWidget) -> None:
        """Hidden."""
        super().__init__(canvas)
        self._canvas = canvas
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        canvas.installEventFilter(self)
        self.hide()

    def show_over(self) -> None:
        """Over all of the canvas."""
        self.setGeometry(self._canvas.rect())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as its canvas."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Light on dark, so that it is seen on any picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(theme.GAP, theme.GAP, -theme.GAP, -theme.GAP)
        for colour, width in ((QColor(0, 0, 0, 120), 4.0), (QColor("white"), 2.0)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        text = tr("Drop a picture here, or press Open")
        width, height = painter.fontMetrics().horizontalAdvance(text) + 4 * theme.GAP_SMALL, 34
        chip = QRectF(0, 0, width, height)
        chip.moveCenter(QPointF(area.center().x(), area.top() + height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(chip, height / 2, height / 2)
        painter.setPen(QColor("white"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
