"""From what the user wants to see to what is shown: one pure step, run away from the window.

A `Request` says everything that the window should show, so the newest request can always replace an older one that
still waits: nothing is lost with it. The `Renderer` keeps the model and the picture's code between requests.
"""

from __future__ import annotations

import dataclasses
import functools
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from desktop.engine import chequers, measures, model_input, pictures
from desktop.engine.autoencoder import Latents, Running
from desktop.engine.errors import StoppedError
from desktop.engine.framing import FitMode, Frame
from desktop.engine.library import ModelEntry
from desktop.engine.loaded_model import LoadedModel, load_model
from desktop.engine.machine import providers
from desktop.engine.machine.providers import Asked
from desktop.engine.machine.runs import Stop
from desktop.engine.measures import Levels
from desktop.engine.parts import EarlyPicture, Part, early
from desktop.engine.pictures import Alpha, Picture, Pixels
from desktop.engine.previews import preview
from desktop.engine.sliders.directions import Coordinates
from desktop.engine.sliders.familiarity import Familiarity, familiarity
from desktop.engine.sliders.steering import Steering, refitted
from desktop.engine.tiles import Progress, Shown, silent
from export.bundle.sentence import Sentence


@dataclasses.dataclass(frozen=True, eq=False)
class RandomCode:
    """Stands for a picture where there is none: a random code, decoded."""

    seed: int


@dataclasses.dataclass(frozen=True, eq=False)
class FileFrame:
    """One picture of a file that holds several: a frame of an animation, or a page; `number` counts from 0."""

    path: Path
    number: int


PictureSource = Path | FileFrame | Picture | RandomCode


def file_of(source: PictureSource | None) -> Path | None:
    """The file that a picture is asked for by or was read from; None where there is none."""
    if isinstance(source, Picture):
        return source.file
    if isinstance(source, FileFrame):
        return source.path
    return source if isinstance(source, Path) else None


def number_of(source: PictureSource | None) -> int:
    """Which picture of its file it is, from 0."""
    return source.number if isinstance(source, FileFrame) else 0


@dataclasses.dataclass(frozen=True, eq=False)
class Request:
    """All that the window should show.

    Model and picture are compared by identity: to read a file again, ask with a new `Path`.

    Attributes:
        model: The model to use.
        picture: The picture to reconstruct; None for the model's mean.
        steering: The code to show; None for the picture's own.
        fit: What becomes of a picture whose aspect is not the model's.
        asked: The provider to compute on; None for the one that the renderer was made for.
        stop: Set when the answer is no longer wanted; large pictures are then given up between two tiles.
        outdated: Set when another latent of the same picture is wanted; decoding a large one is then given up.
    """

    model: ModelEntry
    picture: PictureSource | None = None
    steering: Steering | None = None
    fit: FitMode = "crop"
    stop: Stop = dataclasses.field(default_factory=Stop)
    asked: Asked | None = None
    outdated: threading.Event = dataclasses.field(default_factory=threading.Event)


@dataclasses.dataclass(frozen=True)
class Hooks:
    """Who is told, on the worker thread, while a large picture is on its way.

    Attributes:
        progress: What is being done, and how far.
        read: The request's picture was read and is shown reduced; never of one that is decoded in a single piece.
        decoded: A tile of it was decoded: of what is shown, without margins.
    """

    progress: Progress = silent
    read: Callable[[Request, EarlyPicture], object] = lambda *_: None
    decoded: Callable[[Request, Part], object] = lambda *_: None


@dataclasses.dataclass(frozen=True, eq=False)
class Subject:
    """What is steered at first: a picture's code, or the mean.

    Attributes:
        model: The model that made the code.
        source: What the picture was asked for by.
        picture: The whole picture; None for the mean.
        frame: How the picture stands in what the model sees; None for the mean.
        original: uint8 `[H, W, 3]`, the picture as the model sees it, without what was added around it to fill the
            model's size; None for the mean.
        code: float32 latent of the one picture, without a batch dimension.
        encode_ms: How long encoding took; None for the mean.
        preview: Of the original, smaller for the screen; None unless it is large.
        whole_preview: Of the whole picture's pixels, likewise.
        veil: uint8 `[H, W]`, what shows where the original is transparent; None where it is opaque all over.
        whole_veil: Of the whole picture, likewise.
    """

    model: LoadedModel
    source: PictureSource | None
    picture: Picture | None
    frame: Frame | None
    original: Pixels | None
    code: Latents
    encode_ms: float | None
    preview: Pixels | None = None
    whole_preview: Pixels | None = None
    veil: Alpha | None = None
    whole_veil: Alpha | None = None

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
        output: uint8 `[H, W, 3]`, the decoded picture; of the original's size where the code is of its code's shape.
        levels: uint8 `[H, W]`, each pixel's largest difference from the original; None without one of that size.
        error: How the two differ over the whole picture; None without an original of that size.
        decode_ms: How long decoding took.
        running: Where the model runs now.
        is_blank: Whether the decoder gave a picture of one colour, though the original is none.
        output_preview: Of the output, smaller for the screen; None unless it is large.
        levels_preview: Of the levels, likewise.
    """

    request: Request
    subject: Subject
    code: Latents
    familiarity: Familiarity | None
    output: Pixels
    levels: Levels | None
    error: measures.Error | None
    decode_ms: float
    running: Running | None = None
    is_blank: bool = False
    output_preview: Pixels | None = None
    levels_preview: Levels | None = None

    @property
    def is_of_picture(self) -> bool:
        """Whether the code was made from that of the picture which is open, rather than drawn, taken or mixed."""
        steering = self.request.steering
        return self.subject.picture is not None and (steering is None or steering.origin.of_picture)

    @property
    def original(self) -> Pixels | None:
        """uint8 `[H, W, 3]`, what the output is to be compared with, the picture as the model sees it; else None."""
        return self.subject.original if self.is_of_picture else None

    @property
    def psnr_db(self) -> float | None:
        """PSNR against the original in dB; None without one."""
        return None if self.error is None else self.error.psnr_db

    @property
    def small_output(self) -> Pixels:
        """The output for a small picture of it: a large one already made smaller."""
        return self.output if self.output_preview is None else self.output_preview

    @functools.cached_property
    def difference(self) -> Pixels | None:
        """uint8 `[H, W, 3]`, absolute difference from the original; None without one of that size."""
        original = self.original
        return None if original is None or self.levels is None else measures.absolute_difference(original, self.output)

    def result(self) -> tuple[Pixels, Alpha | None]:
        """What is saved: the output at the size that its part of the picture has, with that part's alpha.

        Where the model saw the middle of the picture alone, nothing of the original is put around it.
        """
        picture, frame = self.subject.picture, self.subject.frame
        if picture is None or frame is None or self.levels is None:
            return self.output, None
        seen = None if picture.alpha is None else np.ascontiguousarray(frame.seen.cut(picture.alpha))
        return frame.at_own_size(self.output), seen

    @property
    def steered(self) -> bool:
        """Whether another code than the picture's own is shown."""
        return not np.array_equal(self.code, self.subject.code)


class Renderer:
    """Answers requests, one at a time; made to live on a worker thread."""

    def __init__(self, asked: Asked = "auto", hooks: Hooks | None = None) -> None:
        """`asked` is the execution provider to prefer."""
        self._asked = self._used = asked
        self._hooks = hooks or Hooks()
        self._model: LoadedModel | None = None
        self._subject: Subject | None = None
        self._fit: FitMode = "crop"  # of the subject

    def render(self, request: Request) -> Scene:
        """The scene for a request. After an error, requests for the earlier picture and model still work.

        Once the request's `stop` is set, what the graphs are at is cut off too.

        Raises:
            BundleError: The bundle breaks the contract.
            ModelError: The model does not run.
            PictureError: The picture cannot be read.
            StoppedError: The request's `stop` was set.
        """
        with request.stop.watch():
            return self._render(request, self._watch(request))

    def _render(self, request: Request, progress: Progress) -> Scene:
        model = self._load(request.model, request.asked or self._asked)
        subject = self._encode(model, request, progress)
        code = subject.code if request.steering is None else refitted(request.steering, model.space).code(model.space)
        started = time.perf_counter()
        original, frame = subject.original, subject.frame
        is_unrelated = request.steering is not None and not request.steering.origin.of_picture
        if is_unrelated or code.shape != subject.code.shape:
            original = frame = None
        output = _decode(model, code, progress, functools.partial(self._show, request, frame))
        decode_ms = (time.perf_counter() - started) * 1000
        running, near, is_blank = model.autoencoder.running, familiarity(model.space, code), measures.is_flat(output)
        if original is None or frame is None:
            reduced = preview(output)
            return Scene(request, subject, code, near, output, None, None, decode_ms, running, is_blank, reduced)
        output = frame.visible(output)
        is_blank = is_blank and not measures.is_flat(original)
        levels, error = measures.difference_levels(original, output), measures.error(original, output)
        reduced = preview(output)
        return Scene(
            request, subject, code, near, output, levels, error, decode_ms, running, is_blank, reduced, preview(levels)
        )

    def _watch(self, request: Request) -> Progress:
        def progress(doing: str, done: int, total: int) -> None:
            is_late = request.outdated.is_set() and doing == "Decoding" and 0 < done < total
            if request.stop.is_set() or is_late:
                raise StoppedError("Stopped before its end, as you asked.")
            self._hooks.progress(doing, done, total)

        return progress

    def _show(self, request: Request, frame: Frame | None, part: Part) -> None:
        seen = part if frame is None else part.seen_in(frame)
        if seen is not None:
            self._hooks.decoded(request, seen)

    def _load(self, entry: ModelEntry, asked: Asked) -> LoadedModel:
        if self._model is None or self._model.entry is not entry:
            self._model = load_model(entry, asked)
        elif asked != self._used:
            self._model.autoencoder.use(asked)
        self._used = asked
        return self._model

    def _encode(self, model: LoadedModel, request: Request, progress: Progress) -> Subject:
        kept = self._subject
        if kept is None or kept.model is not model or kept.source is not request.picture or self._fit != request.fit:
            tell = functools.partial(self._tell_read, model, request)
            kept = self._subject = encode(model, request.picture, request.fit, progress, tell)
            self._fit = request.fit
        return kept

    def _tell_read(self, model: LoadedModel, request: Request, picture: Picture) -> None:
        if model.tiler.is_tiled(*picture.pixels.shape[:2]) and not request.stop.is_set():
            self._hooks.read(request, early(picture))


def _decode(model: LoadedModel, code: Latents, progress: Progress, shown: Shown) -> Pixels:
    """Decodes; where another provider than the CPU gives one colour for all, the CPU is asked too, and stays."""
    output = model.tiler.decode(code, progress, shown)
    if model.autoencoder.provider != providers.CPU.name and measures.is_flat(output):
        provider = model.autoencoder.provider
        model.autoencoder.leave_provider(Sentence("{provider} gave a picture of one colour", provider=provider))
        output = model.tiler.decode(code, progress, shown)
    return output


def _read(source: Path | FileFrame | Picture) -> Picture:
    if isinstance(source, FileFrame):
        return pictures.read(source.path, frame=source.number)
    return pictures.read(source) if isinstance(source, Path) else source


def encode(
    model: LoadedModel,
    source: PictureSource | None,
    fit: FitMode = "crop",
    progress: Progress = silent,
    was_read: Callable[[Picture], object] = lambda _: None,
) -> Subject:
    """Reads, fits and encodes one picture; `was_read` is told of it before it is encoded.

    Raises:
        ModelError: The model does not run.
        PictureError: The picture cannot be read.
    """
    info = model.autoencoder.info
    if source is None:
        return Subject(model, None, None, None, None, model.space.mean_code, None)
    if isinstance(source, RandomCode):
        code = model.samplers.draw("gaussian", source.seed)
        picture = Picture("Sample", model.autoencoder.decode(code[None])[0])
    else:
        picture = _read(source)
        was_read(picture)
    frame, prepared = model_input.prepare(picture, info.size, fit)
    started = time.perf_counter()
    code = model.tiler.encode(prepared, progress)
    encode_ms = (time.perf_counter() - started) * 1000
    original, whole, alpha = frame.visible(prepared), preview(picture.pixels), picture.alpha
    veil = None if alpha is None else chequers.veil(frame.seen.cut(alpha), *original.shape[:2])
    whole_veil = None if alpha is None else chequers.veil(alpha, *alpha.shape)
    return Subject(model, source, picture, frame, original, code, encode_ms, preview(original), whole, veil, whole_veil)
