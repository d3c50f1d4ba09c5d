"""What the user wants to see and what is shown, with the worker between the two."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop import failures
from desktop.engine import measures
from desktop.engine.errors import PictureError, StoppedError
from desktop.engine.framing import FitMode
from desktop.engine.library import ModelEntry
from desktop.engine.machine.providers import Asked
from desktop.engine.machine.runs import Stop
from desktop.engine.parts import EarlyPicture, Part
from desktop.engine.rendering import Renderer
from desktop.engine.scene import Hooks, PictureSource, Request, Scene
from desktop.engine.sliders.steering import Steering
from desktop.i18n import tr
from desktop.worker import Answer, Failed, Worker

REST_MS = 200  # without another scene, before one is measured that takes longer than a slider may wait


class Session(QObject):
    """The wanted model and picture, and the scene that is shown.

    They differ while the worker is busy; what is wanted goes back to what is shown when it cannot be had.

    Signals:
        model_changed(model): A scene is about to be shown through another `LoadedModel`.
        model_wanted(): Another model is wanted, by undo; what else asks for one says so itself.
        subject_changed(subject): The sliders start from another `Subject`.
        rendered(scene): There is a new scene to show; follows the other two.
        failed(text): A request failed, and why, in one sentence.
        returned(): What was to be opened cannot be; what is shown is wanted again. Follows `failed`.
        measured(scene, ssim): The scene that is shown has rested for a moment, and this is its SSIM, or None.
        asked_for(picture): Another picture was asked for by the user; its scene is on its way.
        progressed(doing, done, total): A large picture is on its way; `cancel` gives it up.
        picture_read(source, early): The picture that is on its way was read, an `EarlyPicture`.
        part_decoded(part): A tile of the newest scene that is wanted is there, a `Part`; the scene follows.
    """

    model_changed = Signal(object)
    model_wanted = Signal()
    subject_changed = Signal(object)
    rendered = Signal(object)
    failed = Signal(str)
    returned = Signal()
    measured = Signal(object, object)
    progressed = Signal(str, int, int)
    asked_for = Signal(object)
    picture_read = Signal(object, object)
    part_decoded = Signal(object)
    _read = Signal(object, object)  # from the worker's thread
    _decoded = Signal(object, object)

    def __init__(self, provider: Asked, parent: QObject | None = None) -> None:
        """Nothing wanted, nothing shown."""
        super().__init__(parent)
        self.model: ModelEntry | None = None
        self.picture: PictureSource | None = None
        self.scene: Scene | None = None
        self.fit: FitMode = "crop"
        self.asked = provider
        self._number = 0  # of the newest request
        self._opening = 0  # number of the newest request for another model or picture
        self._going_back = False  # whether that request had the code steered already
        self._stop = Stop()  # shared by all requests since the last other model or picture
        self._newest: Request | None = None
        self._renderer = Renderer(provider, Hooks(self.progressed.emit, self._read.emit, self._decoded.emit))
        self._read.connect(self._tell_read)
        self._decoded.connect(self._tell_decoded)
        self._worker, self._measurer = Worker(self), Worker(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._measure)

    def open(
        self,
        model: ModelEntry | None = None,
        picture: PictureSource | None = None,
        steering: Steering | None = None,
    ) -> None:
        """Asks for another model, another picture, or both; what is None stays. A picture waits for a model.

        With `steering` the picture's code is shown steered, else as it is.
        """
        if model is not None and model.problem is not None:
            self.failed.emit(model.problem)
            model = None
        self.model, self.picture = model or self.model, picture or self.picture
        if self.model is None and picture is not None:
            self.failed.emit(
                tr("There is no model yet to reconstruct a picture with: drop a model folder on this window.")
            )
        elif model is not None or picture is not None:
            self._submit_start(steering if model is not None else None)
            if picture is not None:
                self.asked_for.emit(picture)

    def steer(self, steering: Steering) -> None:
        """Asks for the scene of a steered code; while another model or picture is opening, nothing is steered."""
        if self.model is None:
            return
        if not self._is_opening():
            if self._newest is not None:
                self._newest.outdated.set()  # of a large picture, the rest of its tiles is not waited for
            self._submit(self._request(self.model, steering))
        elif self._going_back:
            self.show(self.model, self.picture, steering, self.fit)

    def show(self, model: ModelEntry, picture: PictureSource | None, steering: Steering, fit: FitMode) -> None:
        """Asks for a picture through a model with its code steered: what undo goes back to."""
        self.cancel()
        self.fit = fit
        is_other, self.model, self.picture, self._going_back = model is not self.model, model, picture, True
        self._opening = self._submit(self._request(model, steering))
        if is_other:
            self.model_wanted.emit()

    def set_fit(self, fit: FitMode) -> None:
        """Crops pictures to the aspect of a model of fixed size from now on, or fits the whole of them in."""
        if fit != self.fit:
            self.fit = fit
            self._submit_start()

    def set_provider(self, asked: Asked) -> None:
        """Computes on another provider from now on: the scene that is shown is made there again, steered as it is."""
        if asked == self.asked:
            return
        self.asked = asked
        if self.model is not None and self.scene is not None and not self._is_opening():
            self._submit(self._request(self.model, self.scene.request.steering))
        else:
            self._submit_start()

    def cancel(self) -> None:
        """Gives up what is on its way; what is shown stays."""
        self._stop.set()
        self._stop = Stop()

    def spare(self, job: Callable[[], Answer], done: Callable[[Answer], object], failed: Failed) -> None:
        """Runs a short job on the worker's thread while nothing waits to be shown; see `Worker.spare`."""
        self._worker.spare(job, done, failed)

    def stop(self) -> None:
        """Ends the worker's thread; nothing is shown after this."""
        self._rest.stop()
        self.cancel()
        self._worker.stop()
        self._measurer.stop()

    def _request(self, model: ModelEntry, steering: Steering | None = None) -> Request:
        return Request(model, self.picture, steering, self.fit, self._stop, self.asked)

    def _submit(self, request: Request) -> int:
        """Asks for a scene; gives the request's number."""
        self._number += 1
        self._newest = request
        self._worker.submit(
            functools.partial(self._renderer.render, request),
            functools.partial(self._on_answer, self._number),
            functools.partial(self._on_failure, self._number, request),
        )
        return self._number

    def _submit_start(self, steering: Steering | None = None) -> None:
        """Asks for the wanted model and picture, with the sliders at their start where nothing else is said."""
        if self.model is not None:
            self.cancel()  # an older picture that is still on its way is not waited for
            self._going_back = False
            self._opening = self._submit(self._request(self.model, steering))

    def _is_opening(self) -> bool:
        """Whether the scene shown is of another model or picture than the one wanted."""
        shown = self.scene.request if self.scene else None
        return (
            shown is None or shown.model is not self.model or shown.picture is not self.picture or shown.fit != self.fit
        )

    def _on_answer(self, number: int, scene: Scene) -> None:
        """Takes a scene, unless another model or picture was asked for after it."""
        if number < self._opening:
            return
        before, self.scene = self.scene, scene
        if before is None or before.subject.model is not scene.subject.model:
            self.model_changed.emit(scene.subject.model)
        if before is None or before.subject is not scene.subject:
            self.subject_changed.emit(scene.subject)
        self.rendered.emit(scene)
        self._rest.start()

    @Slot(object, object)
    def _tell_read(self, request: Request, early: EarlyPicture) -> None:
        if request is self._newest:
            self.picture_read.emit(request.picture, early)

    @Slot(object, object)
    def _tell_decoded(self, request: Request, part: Part) -> None:
        if request is self._newest:
            self.part_decoded.emit(part)

    def _on_failure(self, number: int, request: Request, error: Exception) -> None:
        """Gives up what cannot be had, and asks again for the rest of what was wanted with it."""
        is_late = isinstance(error, StoppedError) and request is not self._newest and request.outdated.is_set()
        if number < self._opening or is_late:
            return
        was_opening = number == self._opening
        shown = self.scene.request if self.scene else None
        model_is_proved = shown is not None and shown.model is self.model
        if isinstance(error, PictureError | StoppedError) or model_is_proved:
            self.picture = shown.picture if shown else None
            self.fit = shown.fit if shown else self.fit
            self.asked = shown.asked or self.asked if shown else self.asked
        else:
            self.model = shown.model if shown else None
        if self._is_opening():
            self._submit_start()
        self.failed.emit(failures.sentence(error))
        if was_opening and not self._is_opening():
            self.returned.emit()

    @Slot()
    def _measure(self) -> None:
        if self.scene is not None:
            measure = functools.partial(_ssim, self.scene, self._stop)
            self._measurer.submit(measure, functools.partial(self.measured.emit, self.scene), lambda _: None)


def _ssim(scene: Scene, stop: threading.Event) -> float | None:
    """The SSIM of a scene, on the measuring thread; given up when the scene is."""
    original = scene.original
    if original is None or scene.levels is None:
        return None
    return measures.ssim(original, scene.output, stop.is_set)
