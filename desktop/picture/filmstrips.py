"""What each slider does, in small pictures that are decoded when there is nothing better to do."""

from __future__ import annotations

import functools
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.pictures import Pixels
from desktop.engine.scene import Scene
from desktop.engine.sliders.latents import LatentSpace
from desktop.engine.sliders.miniature import Miniature
from desktop.engine.sliders.steering import Knob, Steering
from desktop.qt_images import to_qimage
from desktop.state.session import Session
from desktop.state.steering_model import SteeringModel

REST_MS = 350  # the sliders have to stand still for so long
LARGEST_SIDE = 128  # pixels of one picture: sharp at 200 % and more
LARGEST_CODE = 4  # times the latent of a picture of the trained size: a larger picture is shown by a small one of it
LARGEST_CACHE = 256  # filmstrips


class Filmstrips(QObject):
    """Decodes the filmstrips of the sliders in sight, one picture at a time, as spare work of the session.

    A filmstrip shows the present code with one slider at several positions. Its pictures depend on all other sliders,
    so the ones in sight are made anew once those rest, and kept for when they come back.

    Signals:
        ready(knob, images): There is a filmstrip for a slider.
        finished(): All that are in sight are there.
    """

    ready = Signal(object, object)
    finished = Signal()

    def __init__(self, model: SteeringModel, session: Session, parent: QObject | None = None) -> None:
        """Nothing in sight."""
        super().__init__(parent)
        self._model, self._session, self._spare = model, session, session.spare
        self._hashed: tuple[Latents, bytes] | None = None  # of the base, which may be large
        self._wanted: dict[Knob, Sequence[float]] = {}
        self._queue: list[Knob] = []
        self._cache: OrderedDict[bytes, list[QImage]] = OrderedDict()
        self._generation = 0
        self._making = False
        self._miniature: tuple[Scene, Steering, Miniature] | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._begin)
        model.changed.connect(self._wait)
        model.model_changed.connect(self._forget)
        session.rendered.connect(self._resume)

    def want(self, wanted: dict[Knob, Sequence[float]]) -> None:
        """The sliders in sight, and the positions at which each is to be shown."""
        self._wanted = wanted
        self._begin() if not self._rest.isActive() else None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being made, or waits to be."""
        return not (self._making or self._queue or self._rest.isActive())

    def hurry(self) -> None:
        """Begins now, whether the sliders rest or not."""
        if self._rest.isActive():
            self._rest.stop()
            self._begin()

    @Slot()
    def stop(self) -> None:
        """Makes no more pictures until something is wanted again."""
        self._wanted, self._queue = {}, []
        self._generation += 1
        self._rest.stop()

    @Slot()
    def _wait(self) -> None:
        """What is queued shows sliders that have moved since."""
        self._queue = []
        self._generation += 1
        self._rest.start()

    @Slot()
    def _forget(self) -> None:
        """Another model has other sliders."""
        self._wanted, self._queue = {}, []
        self._cache.clear()

    @Slot()
    def _begin(self) -> None:
        """Queues what is in sight and not in the cache."""
        self._queue = []
        self._generation += 1
        if self._model.state is None or not self._has_picture():
            return
        for knob in self._wanted:
            key = self._key(knob)
            if key in self._cache:
                self._cache.move_to_end(key)
                self.ready.emit(knob, self._cache[key])
            elif key:
                self._queue.append(knob)
        self._next()

    def _next(self) -> None:
        """The first picture of the next filmstrip, unless one is being made."""
        state, model = self._model.state, self._model.model
        if self.is_idle:
            self.finished.emit()
        if self._making or not self._queue or state is None or model is None:
            return
        knob, picture = self._queue.pop(0), self._picture(model, state)
        jobs = [functools.partial(picture, knob, position) for position in self._wanted[knob]]
        self._making = True
        _Strip(self, self._generation, knob, self._key(knob), jobs).step()

    def _picture(self, model: LoadedModel, state: Steering) -> Callable[[Knob, float], Pixels]:
        """What gives the picture of a slider's position, on the worker's thread."""
        if not self._is_large(state):
            return functools.partial(_thumbnail, model.autoencoder, model.space, state)
        scene = self._session.scene
        assert scene is not None
        kept = self._miniature
        if kept is None or kept[0] is not scene or kept[1] is not state:
            kept = self._miniature = scene, state, Miniature(model, state, scene.small_output)
        return functools.partial(_small_thumbnail, kept[2])

    def _is_large(self, state: Steering) -> bool:
        space = self._model.space
        return space is not None and state.base.size > LARGEST_CODE * space.mean.size

    def _has_picture(self) -> bool:
        """Whether what is needed is there: of a large picture, the scene of the present latent."""
        state, scene = self._model.state, self._session.scene
        if state is None or not self._is_large(state):
            return state is not None
        code = self._model.code
        return scene is not None and code is not None and np.array_equal(scene.code, code)

    @Slot()
    def _resume(self) -> None:
        """The scene that large pictures wait for may be there."""
        if not self._rest.isActive() and self._model.state is not None and self._is_large(self._model.state):
            self._begin()

    def _key(self, knob: Knob) -> bytes:
        """What the filmstrip depends on, as a hash; empty where the slider does not fit the code."""
        state, space = self._model.state, self._model.space
        if state is None or space is None:
            return b""
        starts = self._model.starts(knob.group)
        if starts is None:
            return b""
        rest = state.moved(space, knob, float(starts[knob.index]))
        digest = hashlib.blake2b(f"{knob}{state.base.shape}".encode(), digest_size=16)
        digest.update(self._base_hash(rest.base))
        digest.update(b"" if rest.local is None else str(rest.local.number).encode())
        for array in (rest.drift, *(rest.offsets[name] for name in sorted(rest.offsets)), rest.mask):
            digest.update(b"none" if array is None else np.ascontiguousarray(array).tobytes())
        return digest.digest()

    def _base_hash(self, base: Latents) -> bytes:
        if self._hashed is None or self._hashed[0] is not base:
            self._hashed = base, hashlib.blake2b(np.ascontiguousarray(base).data, digest_size=16).digest()
        return self._hashed[1]


class _Strip:
    """One filmstrip being made: a job for each picture, each given only when the one before is done."""

    def __init__(
        self, owner: Filmstrips, generation: int, knob: Knob, key: bytes, jobs: Sequence[Callable[[], Pixels]]
    ) -> None:
        self._owner, self._generation, self._knob, self._key, self._jobs = owner, generation, knob, key, list(jobs)
        self._images: list[QImage] = []

    def step(self) -> None:
        """The next picture; the last one makes the filmstrip ready."""
        owner = self._owner
        if self._generation == owner._generation and self._jobs:
            owner._spare(self._jobs.pop(0), self._take, self._fail)
            return
        owner._making = False
        if not self._jobs:
            owner._cache[self._key] = self._images
            if len(owner._cache) > LARGEST_CACHE:
                owner._cache.popitem(last=False)
            if self._generation == owner._generation:
                owner.ready.emit(self._knob, self._images)
        owner._next()

    def _take(self, pixels: Pixels) -> None:
        self._images.append(to_qimage(pixels))
        self.step()

    def _fail(self, _: Exception) -> None:
        """A code that does not decode has no picture; the live picture says why, not its filmstrips."""
        self._owner._making = False
        self._owner._next()


def _thumbnail(autoencoder: Autoencoder, space: LatentSpace, state: Steering, knob: Knob, position: float) -> Pixels:
    """uint8 `[h, w, 3]`, no side longer than `LARGEST_SIDE`: the state with one slider elsewhere."""
    code: Latents = state.moved(space, knob, position).code(space)
    return shrunk(autoencoder.decode(code[None])[0], LARGEST_SIDE)


def _small_thumbnail(miniature: Miniature, knob: Knob, position: float) -> Pixels:
    """uint8 `[h, w, 3]`, no side longer than `LARGEST_SIDE`: a large picture in small, with one slider elsewhere."""
    return shrunk(miniature.moved(knob, position), LARGEST_SIDE)


def decoded_thumbnail(model: LoadedModel, code: Latents, side: int) -> Pixels:
    """uint8 `[h, w, 3]`, no side longer than `side`: a small picture of a code of any size.

    Raises:
        ModelError: The model does not run.
    """
    return shrunk(model.tiler.decode(code), side)


def shrunk(pixels: Pixels, side: int) -> Pixels:
    """uint8 `[H, W, 3]`, scaled down with care where a side is longer than `side` pixels."""
    image = Image.fromarray(pixels)
    image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return np.array(image)
