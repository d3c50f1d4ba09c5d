"""Finds the local axes of what is shown, in the background, while nothing else is to be done."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.engine.autoencoder import Latents
from desktop.engine.errors import StoppedError
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.machine.runs import Stop
from desktop.engine.pictures import Pixels
from desktop.engine.sliders import jacobian
from desktop.engine.sliders.directions import Floats
from desktop.engine.sliders.jacobian import Jacobian
from desktop.engine.sliders.latents import GroupName
from desktop.engine.sliders.local_axes import LocalAxes, local_axes
from desktop.engine.sliders.miniature import Miniature
from desktop.engine.sliders.resizing import resized
from desktop.engine.sliders.steering import Steering
from desktop.state.services import Services

REST_MS = 250  # the sliders have to stand still for so long
LARGEST_CODE = 4  # times the trained latent: the axes of a larger picture are found on a small one of it


class LocalAxesFinder(QObject):
    """While local axes are wanted, keeps those of the state up to date; what it is at is given up when a slider moves.

    Axes that are moved along stay as they are; anything else that changes the latent has them found anew.

    Signals:
        found(jacobian): There are new local axes, from this Jacobian.
        changed(): It has begun, ended or given up: see `is_busy`.
    """

    found = Signal(object)
    changed = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        """Nothing is wanted."""
        super().__init__(parent)
        self._steering, self._session = services.steering, services.session
        self._wanted = False
        self._work: _Work | None = None
        self._found_for: Steering | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._begin)
        self._steering.changed.connect(self._wait)
        self._session.rendered.connect(self._resume)

    @property
    def is_busy(self) -> bool:
        """Whether axes are being found, or will be once the sliders rest."""
        return self._wanted and (self._work is not None or self._rest.isActive())

    def want(self, wanted: bool) -> None:
        """Whether anyone looks at them."""
        self._wanted = wanted
        if wanted:
            self._begin()
        else:
            self.stop()

    def renew(self) -> None:
        """Finds them anew where the latent is now, though it was moved along them alone."""
        self._found_for = None
        self._begin()

    @Slot()
    def stop(self) -> None:
        """Gives up what it is at."""
        self._rest.stop()
        self._give_up()

    @Slot()
    def _wait(self) -> None:
        """Whatever moved, it has the thread to itself."""
        self._give_up()
        if self._wanted and not self._is_current():
            self._rest.start()
            self.changed.emit()

    @Slot()
    def _resume(self) -> None:
        """The scene of a large picture may be there, from which the small one is made."""
        if self._wanted and self._work is None and not self._rest.isActive() and not self._is_current():
            self._begin()

    @Slot()
    def _begin(self) -> None:
        self._give_up()
        state, model, scene = self._steering.state, self._steering.model, self._session.scene
        if not self._wanted or state is None or model is None or scene is None or self._is_current():
            return
        small = None
        if state.base.size > LARGEST_CODE * model.space.mean.size:
            code = self._steering.code
            if code is None or not np.array_equal(scene.code, code):
                return  # until its scene is there
            small = Miniature(model, state, scene.small_output)
        self._work = _Work(self, model, state, small)
        self.changed.emit()
        self._work.step()

    def _give_up(self) -> None:
        if self._work is not None:
            self._work.stop.set()
            self._work = None
            self.changed.emit()

    def _is_current(self) -> bool:
        state = self._steering.state
        return state is not None and self._found_for is not None and _is_along(self._found_for, state)

    def _take(self, work: _Work, result: tuple[Jacobian, LocalAxes]) -> None:
        if work is not self._work:
            return
        self._work = None
        state = self._steering.state
        if state is not None:
            found, axes = result
            self._found_for = state.with_local(axes)
            self._steering.set_local(self._found_for)
            self.found.emit(found)
        self.changed.emit()

    def _fail(self, work: _Work) -> None:
        """A latent that does not decode has no axes; the live picture says why."""
        if work is self._work:
            self._work = None
            self.changed.emit()


class _Work:
    """One set of axes being found: a job for each batch, each given only when the one before is done."""

    def __init__(self, owner: LocalAxesFinder, model: LoadedModel, state: Steering, small: Miniature | None) -> None:
        self.stop = Stop()
        self._owner, self._model, self._state, self._small = owner, model, state, small
        self._jobs: list[Callable[[], object]] = [self._prepare]
        self._code: Latents
        self._picture: Pixels
        self._directions: Floats
        self._columns: list[Floats] = []

    def step(self, *_: object) -> None:
        """The next job, on the session's thread while no picture is wanted there."""
        if self.stop.is_set():
            return
        if self._jobs:
            self._owner._session.spare(functools.partial(self._watched, self._jobs.pop(0)), self.step, self._end)
        else:
            done = functools.partial(self._owner._take, self)
            self._owner._session.spare(self._finish, done, self._end)

    def _end(self, _: Exception) -> None:
        self._owner._fail(self)

    def _watched(self, job: Callable[[], object]) -> None:
        with self.stop.watch():
            if self.stop.is_set():
                raise StoppedError("Stopped before its end, as you asked.")
            job()

    def _prepare(self) -> None:
        """The picture, and the directions to try."""
        space, mask = self._model.space, self._state.mask
        self._code = self._state.code(space) if self._small is None else self._small.code
        self._picture = self._model.autoencoder.decode(self._code[None])[0]
        small_mask = None if mask is None else resized(mask, self._code.shape)
        self._directions = jacobian.probes(space, self._code, small_mask)
        starts = range(0, len(self._directions), jacobian.BATCH)
        self._jobs = [functools.partial(self._decode, first) for first in starts]

    def _decode(self, first: int) -> None:
        batch = self._directions[first : first + jacobian.BATCH]
        self._columns.append(jacobian.decoded_columns(self._model.autoencoder, self._code, batch, self._picture))

    def _finish(self) -> tuple[Jacobian, LocalAxes]:
        found = Jacobian(self._code, self._picture, self._directions, np.concatenate(self._columns))
        return found, local_axes(found)


def _is_along(found_for: Steering, state: Steering) -> bool:
    """Whether a state differs from the one that axes were found for by moves along these axes alone."""
    names = (set(found_for.offsets) | set(state.offsets)) - {"local"}
    same = all(_values(found_for, name) == _values(state, name) for name in names)
    parts = ("base", "mask", "drift", "local")
    return same and all(getattr(found_for, part) is getattr(state, part) for part in parts)


def _values(state: Steering, name: GroupName) -> list[float]:
    """The offsets of a group; none where nothing was moved."""
    offsets = state.offsets.get(name)
    return offsets.tolist() if offsets is not None and offsets.any() else []
