"""A slider that moves by itself."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.engine.sliders.steering import Knob

PERIOD_S = 4.0  # there and back
FRAME_MS = 16


class Sweep(QObject):
    """Moves one slider smoothly from end to end and back, from where it stands, until it is stopped.

    Signals:
        moved(knob, value): Where the slider is now.
        changed(): Another slider moves, or none.
    """

    moved = Signal(object, float)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """At rest."""
        super().__init__(parent)
        self.knob: Knob | None = None
        self._low = self._high = self._phase = self._begun = 0.0
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)

    def start(self, knob: Knob, value: float, low: float, high: float) -> None:
        """Sweeps a slider that stands at `value` between its ends, upwards first."""
        self.knob, self._low, self._high = knob, low, high
        middle, reach = (low + high) / 2, max((high - low) / 2, 1e-9)
        self._phase = math.asin(min(1.0, max(-1.0, (value - middle) / reach)))
        self._begun = time.monotonic()
        self._timer.start()
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """The slider stays where it is."""
        if self.knob is not None:
            self.knob = None
            self._timer.stop()
            self.changed.emit()

    @Slot()
    def _step(self) -> None:
        if self.knob is not None:
            self.moved.emit(self.knob, self.position(time.monotonic() - self._begun))

    def position(self, seconds: float) -> float:
        """Where the slider is so long after the start: a sine between its ends."""
        angle = self._phase + 2 * math.pi * seconds / PERIOD_S
        return (self._low + self._high) / 2 + (self._high - self._low) / 2 * math.sin(angle)
