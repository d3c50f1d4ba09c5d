"""Films to files: GIF, APNG, PNG frames, and MP4 where PyAV is installed. The same frames give the same bytes."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np
from PIL import Image

from desktop.engine import png
from desktop.engine.disk.file_writer import new_file, new_folder
from desktop.engine.errors import DesktopError, PictureError
from desktop.engine.machine.extras import install_line
from desktop.engine.picture_writer import save_png
from desktop.engine.pictures import Pixels

Kind = Literal["gif", "apng", "frames", "mp4"]
SUFFIXES: dict[Kind, str] = {"gif": ".gif", "apng": ".png", "frames": "", "mp4": ".mp4"}
LARGEST_IN_MEMORY = 1 << 30  # bytes of frames: Pillow keeps a whole GIF or APNG until it is written
MP4_QUALITY = "18"  # x264's constant rate factor: hardly to be told from the frames


def kinds() -> tuple[Kind, ...]:
    """What can be written on this machine; `mp4` needs PyAV."""
    known: tuple[Kind, ...] = ("gif", "apng", "frames", "mp4")
    return known if importlib.util.find_spec("av") else known[:-1]


def kind_of(path: Path) -> Kind:
    """The format that a path asks for by its ending; none asks for a folder of frames.

    Raises:
        DesktopError: It is no ending of a film.
    """
    for kind, suffix in SUFFIXES.items():
        if path.suffix.lower() == suffix:
            return kind
    raise DesktopError(
        "{path}: a film ends in .gif, .png (animated) or .mp4, or in nothing (a folder of frames).", path=path
    )


def write(path: Path, kind: Kind, frames: Iterable[Pixels], count: int, per_second: int) -> None:
    """Writes a film whole or not at all.

    Args:
        path: A file; for `frames` a folder, which must not exist yet.
        kind: The format. A GIF counts in hundredths of a second and has 256 colours in each frame.
        frames: uint8 RGB `[H, W, 3]`, all of one size. What the iteration raises is passed on, and nothing is written.
        count: How many frames there are.
        per_second: How many of them are shown in a second.

    Raises:
        PictureError: The disk refused, the film is too large for the format, or the folder exists.
        DesktopError: MP4 without PyAV.
    """
    if kind == "frames":
        with new_folder(path, PictureError) as folder:
            _write_frames(folder, iter(frames), count)
        return
    writers: dict[Kind, Callable[[IO[bytes], Iterator[Pixels], int, int], None]] = {
        "gif": _write_gif,
        "apng": _write_apng,
        "mp4": _write_mp4,
    }
    with new_file(path, PictureError) as file:
        writers[kind](file, iter(frames), count, per_second)


def _write_gif(file: IO[bytes], frames: Iterator[Pixels], count: int, per_second: int) -> None:
    milliseconds = max(1, round(100 / per_second)) * 10
    images = (
        image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG)
        for image in _images(frames, count)
    )
    _save_all(file, images, format="GIF", duration=milliseconds, loop=0)


def _write_apng(file: IO[bytes], frames: Iterator[Pixels], count: int, per_second: int) -> None:
    _save_all(
        file, _images(frames, count), format="PNG", compress_type=png.STRATEGY, duration=1000 / per_second, loop=0
    )


def _write_frames(folder: Path, frames: Iterator[Pixels], count: int) -> None:
    digits = max(4, len(str(count)))
    for number, pixels in enumerate(frames, start=1):
        save_png(folder / f"{number:0{digits}}.png", pixels)


def _write_mp4(file: IO[bytes], frames: Iterator[Pixels], _: int, per_second: int) -> None:
    """H.264 and its colours by one thread, rounded exactly; nothing of the time or the machine is in the file."""
    try:
        import av
    except ImportError as error:
        raise DesktopError("MP4 needs PyAV: {command}", command=install_line("video")) from error
    sums = av.video.reformatter.Interpolation
    exactly = sums.BILINEAR | sums.ACCURATE_RND | sums.BITEXACT
    options = {"crf": MP4_QUALITY, "threads": "1", "preset": "medium"}
    with av.open(file, "w", format="mp4", options={"fflags": "+bitexact"}) as container:
        stream: Any = None
        for pixels in frames:
            even = _even(pixels)
            if stream is None:
                stream = container.add_stream("libx264", rate=Fraction(per_second), options=options)
                stream.height, stream.width, stream.pix_fmt = even.shape[0], even.shape[1], "yuv420p"
                stream.codec_context.flags |= av.codec.context.Flags.bitexact
            frame = av.VideoFrame.from_ndarray(even, format="rgb24")
            container.mux(stream.encode(frame.reformat(format="yuv420p", interpolation=exactly, threads=1)))
        if stream is not None:
            container.mux(stream.encode())


def _even(pixels: Pixels) -> Pixels:
    """Its last row and column twice where a side is odd: H.264's colours are counted in pairs of pixels."""
    height, width, _ = pixels.shape
    return np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")


def _images(frames: Iterator[Pixels], count: int) -> Iterator[Image.Image]:
    for pixels in frames:
        if pixels.size * count > LARGEST_IN_MEMORY:
            size = f"{count} frames of {pixels.shape[1]} × {pixels.shape[0]}"
            raise PictureError("{size} are too much for one animated picture; save PNG frames instead.", size=size)
        yield Image.fromarray(pixels)


def _save_all(file: IO[bytes], images: Iterator[Image.Image], **options: Any) -> None:
    first = next(images)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on palettes
        first.save(file, save_all=True, append_images=list(images), **options)
