"""From what the user wants to see to what is shown: one pure step, run away from the window.

A `Request` says everything that the window should show, so the newest request can always replace an older one that
still waits: nothing is lost with it. The `Renderer` keeps the model and the picture's code between requests.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from pathlib import Path

from desktop.engine import chequers, measures, model_input, pictures
from desktop.engine.autoencoder import Latents
from desktop.engine.errors import StoppedError
from desktop.engine.framing import FitMode, Frame
from desktop.engine.library import ModelEntry
from desktop.engine.loaded_model import LoadedModel, load_model
from desktop.engine.machine import providers
from desktop.engine.machine.providers import Asked
from desktop.engine.parts import Part, early
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.previews import preview
from desktop.engine.scene import FileFrame, Hooks, PictureSource, RandomCode, Request, Scene, Subject
from desktop.engine.sliders.familiarity import familiarity
from desktop.engine.sliders.steering import refitted
from desktop.engine.tiles import Progress, Shown, silent
from export.bundle.sentence import Sentence


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
