"""From what the user wants to see to what is shown: one pure step, run away from the window.

A `Request` says everything that the window should show, so the newest request can always replace an older one that
still waits: nothing is lost with it. The `Renderer` keeps the model and the picture's code between requests.
"""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import numpy as np

from desktop.engine import measures, pictures
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.directions import Coordinates
from desktop.engine.familiarity import Familiarity, familiarity
from desktop.engine.gallery import Gallery, read_gallery
from desktop.engine.latents import LatentSpace, read_latent_space
from desktop.engine.library import ModelEntry
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.providers import Asked
from desktop.engine.samplers import Samplers, read_samplers
from desktop.engine.steering import Steering


@dataclasses.dataclass(frozen=True, eq=False)
class RandomCode:
    """Stands for a picture where there is none: a random code, decoded."""

    seed: int


PictureSource = Path | Picture | RandomCode


@dataclasses.dataclass(frozen=True, eq=False)
class Request:
    """All that the window should show.

    Model and picture are compared by identity: to read a file again, ask with a new `Path`.

    Attributes:
        model: The model to use.
        picture: The picture to rebuild; None for the model's mean.
        steering: The code to show; None for the picture's own.
    """

    model: ModelEntry
    picture: PictureSource | None = None
    steering: Steering | None = None


@dataclasses.dataclass(frozen=True, eq=False)
class LoadedModel:
    """A model whose graphs, latent statistics, samplers and gallery (where it has one) are in memory."""

    entry: ModelEntry
    autoencoder: Autoencoder
    space: LatentSpace
    samplers: Samplers
    gallery: Gallery | None


@dataclasses.dataclass(frozen=True, eq=False)
class Subject:
    """What is steered at first: a picture's code, or the mean.

    Attributes:
        model: The model that made the code.
        source: What the picture was asked for by.
        picture: The whole picture; None for the mean.
        original: uint8 `[H, W, 3]`, the picture as the model sees it; None for the mean.
        code: float32 latent of the one picture, without a batch dimension.
        encode_ms: How long encoding took; None for the mean.
    """

    model: LoadedModel
    source: PictureSource | None
    picture: Picture | None
    original: Pixels | None
    code: Latents
    encode_ms: float | None

    @property
    def start(self) -> Coordinates | None:
        """float64 `[K]`, where the code lies along the axes; None where they do not fit it."""
        return self.model.space.axes.positions(self.code)


@dataclasses.dataclass(frozen=True, eq=False)
class Scene:
    """The answer to a request.

    Attributes:
        request: What was asked.
        subject: The picture, and its own code.
        code: float32, the code that was decoded.
        familiarity: How far the code is from the training pictures'; None where the axes do not fit it.
        output: uint8 `[H, W, 3]`, the decoded picture.
        difference: uint8 `[H, W, 3]`, absolute difference from the original; None without one of that size.
        psnr_db: PSNR against the original in dB; None without one of that size.
        decode_ms: How long decoding took.
    """

    request: Request
    subject: Subject
    code: Latents
    familiarity: Familiarity | None
    output: Pixels
    difference: Pixels | None
    psnr_db: float | None
    decode_ms: float

    @property
    def steered(self) -> bool:
        """Whether another code than the picture's own is shown."""
        return not np.array_equal(self.code, self.subject.code)


class Renderer:
    """Answers requests, one at a time; made to live on a worker thread."""

    def __init__(self, asked: Asked = "auto") -> None:
        """`asked` is the execution provider to prefer."""
        self._asked = asked
        self._model: LoadedModel | None = None
        self._subject: Subject | None = None

    def render(self, request: Request) -> Scene:
        """The scene for a request. After an error, requests for the earlier picture and model still work.

        Raises:
            BundleError: The bundle breaks the contract.
            ModelError: The model does not run.
            PictureError: The picture cannot be read or does not fit the model.
        """
        model = self._load(request.model)
        subject = self._encode(model, request.picture)
        code = subject.code if request.steering is None else request.steering.code(model.space)
        started = time.perf_counter()
        output = model.autoencoder.decode(code[None])[0]
        decode_ms = (time.perf_counter() - started) * 1000
        original, near = subject.original, familiarity(model.space, code)
        if original is None or original.shape != output.shape:
            return Scene(request, subject, code, near, output, None, None, decode_ms)
        difference, psnr_db = measures.absolute_difference(original, output), measures.psnr_db(original, output)
        return Scene(request, subject, code, near, output, difference, psnr_db, decode_ms)

    def _load(self, entry: ModelEntry) -> LoadedModel:
        if self._model is None or self._model.entry is not entry:
            bundle = entry.require()
            autoencoder, space = Autoencoder(bundle, self._asked), read_latent_space(bundle)
            samplers, gallery = read_samplers(bundle, space), read_gallery(bundle)
            self._model = LoadedModel(entry, autoencoder, space, samplers, gallery)
        return self._model

    def _encode(self, model: LoadedModel, source: PictureSource | None) -> Subject:
        if self._subject is None or self._subject.model is not model or self._subject.source is not source:
            self._subject = _encode(model, source)
        return self._subject


def _encode(model: LoadedModel, source: PictureSource | None) -> Subject:
    """Reads, fits and encodes one picture."""
    info = model.autoencoder.info
    if source is None:
        return Subject(model, None, None, None, model.space.mean_code, None)
    if isinstance(source, RandomCode):
        code = model.samplers.draw("gaussian", source.seed)
        picture = Picture("Sample", model.autoencoder.decode(code[None])[0])
    else:
        picture = pictures.read(source) if isinstance(source, Path) else source
    original = pictures.fit(picture, info.size)
    started = time.perf_counter()
    code = model.autoencoder.encode(original[None])[0]
    encode_ms = (time.perf_counter() - started) * 1000
    return Subject(model, source, picture, original, code, encode_ms)
