"""A morph that plays: its frames are decoded ahead of time as spare work, and shown when it is theirs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.engine.autoencoder import Latents
from desktop.engine.film.morph import MorphPlan
from desktop.engine.loaded_model import LoadedModel, decoded_frame
from desktop.engine.pictures import Pixels
from desktop.i18n import told
from desktop.worker import Spare

LARGEST_KEPT = 256 << 20  # bytes of decoded frames; a longer film is decoded anew each time round
FEWEST_KEPT = 8


class MorphPlayer(QObject):
    """Plays the film of a row of codes.

    Signals:
        shown(frame, pixels): A frame to show, uint8 `[H, W, 3]`.
        changed(): It plays or rests, or is of another length.
        failed(text): A frame could not be decoded.
    """

    shown = Signal(int, object)
    changed = Signal()
    failed = Signal(str)

    def __init__(self, spare: Spare, parent: QObject | None = None) -> None:
        """No film."""
        super().__init__(parent)
        self.frame = 0
        self.length = 0
        self._spare = spare
        self._decode: Callable[[int], Pixels] | None = None
        self._frames: dict[int, Pixels] = {}
        self._generation = 0
        self._decoding = False
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @property
    def is_playing(self) -> bool:
        """Whether it plays."""
        return self._timer.isActive()

    def set_film(self, model: LoadedModel | None, codes: Sequence[Latents], plan: MorphPlan) -> None:
        """Another film; it goes on from where it was, as far as there is something."""
        self._generation += 1
        self._frames = {}
        self.length = len(plan.steps(len(codes)))
        self._decode = functools.partial(decoded_frame, model, tuple(codes), plan) if model is not None else None
        self.frame = min(self.frame, max(0, self.length - 1))
        if self.length < 2:
            self._timer.stop()
        self.changed.emit()
        self._decode_next()

    def play(self, per_second: int) -> None:
        """Plays without end, or at another pace."""
        if self.length >= 2:
            self._timer.start(round(1000 / per_second))
            self.changed.emit()

    @Slot()
    def pause(self) -> None:
        """Rests at the frame shown."""
        self._timer.stop()
        self.changed.emit()

    def seek(self, frame: int) -> None:
        """Shows another frame, now or as soon as it is decoded."""
        self.frame = max(0, min(frame, self.length - 1))
        if self.frame in self._frames:
            self.shown.emit(self.frame, self._frames[self.frame])
        self._decode_next()

    @Slot()
    def _tick(self) -> None:
        """On to the next frame; one that is not decoded yet is waited for."""
        following = (self.frame + 1) % max(1, self.length)
        if following in self._frames:
            self.frame = following
            self.shown.emit(following, self._frames[following])
        self._decode_next()

    def _decode_next(self) -> None:
        """The first frame that is missing, from the one shown on, unless enough of them are ready."""
        if self._decoding or self._decode is None:
            return
        wanted = ((self.frame + ahead) % self.length for ahead in range(self._room()))
        missing = next((frame for frame in wanted if frame not in self._frames), None)
        if missing is not None:
            self._decoding = True
            take = functools.partial(self._take, self._generation, missing)
            fail = functools.partial(self._fail, self._generation)
            self._spare(functools.partial(self._decode, missing), take, fail)

    def _room(self) -> int:
        """How many frames are kept from the one shown on."""
        size = next((pixels.nbytes for pixels in self._frames.values()), 0)
        return self.length if not size else min(self.length, max(FEWEST_KEPT, LARGEST_KEPT // size))

    def _take(self, generation: int, frame: int, pixels: Pixels) -> None:
        self._decoding = False
        if generation == self._generation:
            self._frames[frame] = pixels
            room = self._room()
            self._frames = {
                kept: each for kept, each in self._frames.items() if (kept - self.frame) % self.length < room
            }
            if frame == self.frame:
                self.shown.emit(frame, pixels)
        self._decode_next()

    def _fail(self, generation: int, error: Exception) -> None:
        self._decoding = False
        if generation == self._generation:
            self._decode = None
            self.pause()
            self.failed.emit(told(error))
