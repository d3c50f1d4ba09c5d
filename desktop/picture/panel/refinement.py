"""*Refine latent*: moves the picture's latent so that its reconstruction comes closer, in the background."""

from __future__ import annotations

import dataclasses
import functools

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from desktop import failures
from desktop.engine import model_input
from desktop.engine.autoencoder import Latents
from desktop.engine.errors import StoppedError
from desktop.engine.machine.runs import Stop
from desktop.engine.quality.refinement import Refined, refine
from desktop.engine.scene import Scene
from desktop.engine.sliders.steering import Origin, Steering
from desktop.engine.tiles import Progress
from desktop.i18n import mark, tr
from desktop.state.services import Services


class Refinement(QObject):
    """Adds the action to the Edit menu; what it is at is given up when the latent is moved meanwhile.

    Signals:
        ended(): Nothing is going on any more, whether something was found or not.
    """

    ended = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        """Nothing to refine yet."""
        super().__init__(parent)
        self._services, self._session, self._steering = services, services.session, services.steering
        self._stop: Stop | None = None
        self._began_at: Latents | None = None
        services.actions.add(
            "picture.refine",
            "edit",
            "Refine latent",
            self.start,
            keys="Ctrl+Alt+R",
            tip=mark(
                "Refine the latent so that its reconstruction comes closer to the picture, usually by half a dB or more"
            ),
            page="picture",
        )
        self._steering.changed.connect(self._follow)

    @Slot()
    def start(self) -> None:
        """Begins with the latent that the encoder gave, unless it is at it already."""
        scene, state = self._session.scene, self._steering.state
        if scene is None or scene.subject.picture is None or state is None:
            self._services.warned.emit(tr("There is no picture yet to refine the latent of; open one."))
        elif state.origin.kind != "picture":
            self._services.warned.emit(tr("Only a picture's own latent can be refined: start from the picture first."))
        elif self._stop is None:
            self._stop, self._began_at = Stop(), self._steering.code
            job = functools.partial(_refined, scene, self._stop, self._session.progressed.emit)
            self._session.spare(job, functools.partial(self._take, state), self._fail)

    @Slot()
    def stop(self) -> None:
        """Gives up what it is at."""
        if self._stop is not None:
            self._stop.set()

    @Slot()
    def _follow(self) -> None:
        """Other local axes are no other latent."""
        code, began_at = self._steering.code, self._began_at
        if code is None or began_at is None or not np.array_equal(code, began_at):
            self.stop()

    def _take(self, state: Steering, refined: Refined) -> None:
        """Every slider stays as far from its start as it was."""
        if self._stop is None or self._stop.is_set():
            self._give_up()
            return
        self._stop = None
        before, after = f"{refined.psnr_db:.2f}", f"{refined.psnr_db + refined.gained_db:.2f}"
        if refined.gained_db > 0:
            origin = Origin("kept", is_derived=True)
            now = dataclasses.replace(self._steering.state or state, base=refined.code, origin=origin, _starts={})
            self._steering.apply(tr("Refine latent"), now)
            text = tr("The refined latent gives {after} dB in place of {before} dB.", after=after, before=before)
        else:
            text = tr("Refining found no better latent; it stays as it is, at {before} dB.", before=before)
        self._services.told.emit(text)
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        if self._stop is not None and self._stop.is_set():
            self._give_up()
            return
        self._stop = None
        self._services.warned.emit(failures.sentence(error))
        self.ended.emit()

    def _give_up(self) -> None:
        self._stop = None
        self._services.told.emit(tr("Refining was cancelled; the latent is as it was."))
        self.ended.emit()


def _refined(scene: Scene, stop: Stop, tell: Progress) -> Refined:
    """On the session's thread."""

    def progress(doing: str, done: int, total: int) -> None:
        if stop.is_set():
            raise StoppedError("Stopped before its end, as you asked.")
        tell(doing, done, total)

    subject = scene.subject
    assert subject.picture is not None
    _, prepared = model_input.prepare(subject.picture, subject.model.autoencoder.info.size, scene.request.fit)
    with stop.watch():
        if stop.is_set():
            raise StoppedError("Stopped before its end, as you asked.")
        return refine(subject.model.tiler, prepared, subject.code, progress)
