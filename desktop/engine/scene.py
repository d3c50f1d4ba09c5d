"""What the window asks for, and what it is given: a request, its subject, and the scene that shows it."""

from __future__ import annotations

import dataclasses
import functools
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from desktop.engine import measures
from desktop.engine.autoencoder import Latents, Running
from desktop.engine.framing import FitMode, Frame
from desktop.engine.library import ModelEntry
from desktop.engine.loaded_model import LoadedModel
from desktop.engine.machine.providers import Asked
from desktop.engine.machine.runs import Stop
from desktop.engine.measures import Levels
from desktop.engine.parts import EarlyPicture, Part
from desktop.engine.pictures import Alpha, Picture, Pixels
from desktop.engine.sliders.directions import Coordinates
from desktop.engine.sliders.familiarity import Familiarity
from desktop.engine.sliders.steering import Steering
from desktop.engine.tiles import Progress, silent


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
    def profile(self) -> bytes | None:
        """The ICC profile that what is saved is carried to: that of the picture's file; None for sRGB without one."""
        picture = self.subject.picture
        return picture.profile if picture is not None and self.is_of_picture else None

    @property
    def steered(self) -> bool:
        """Whether another code than the picture's own is shown."""
        return not np.array_equal(self.code, self.subject.code)
