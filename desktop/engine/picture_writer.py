"""Pictures to files."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.engine import picture_formats, png
from desktop.engine.disk.file_writer import new_file
from desktop.engine.errors import PictureError, StoppedError
from desktop.engine.pictures import Alpha, Pixels

BAND_ROWS = 256


def save(
    path: Path,
    pixels: Pixels,
    alpha: Alpha | None = None,
    stop: Callable[[], bool] | None = None,
    profile: bytes | None = None,
    *,
    small: bool = False,
    options: Mapping[str, object] | None = None,
) -> int:
    """Writes uint8 RGB `[H, W, 3]` as PNG, JPEG, WebP or TIFF, as the suffix says, beside its place and renames it.

    With `alpha`, uint8 `[H, W]`, the file is transparent where the format can be; a JPEG stays as it is on white.
    A PNG without colours has one channel.
    `stop` is asked before each block that is written, and gives the file up. The colours are carried from sRGB to
    `profile`, an ICC profile that is written with them. A PNG may be packed `small`, see `png.write`; `options` are
    Pillow's for other formats, in the place of the usual ones. Returns the size of the file in bytes.

    Raises:
        PictureError: The suffix is none of these, or the disk refused; a file already there stays whole.
        StoppedError: It was given up; a file already there stays whole.
    """
    formats = picture_formats.savable()
    if path.suffix.lower() not in formats:
        known = ", ".join(formats)
        raise PictureError("{path} cannot be written: its name must end in one of {known}.", path=path, known=known)
    kind = formats[path.suffix.lower()]
    assert kind.saved is not None
    name, usual = kind.saved
    content = off_white(pixels, alpha) if alpha is not None and kind.holds_alpha else pixels
    profile = profile if kind.holds_profile else None
    if profile is not None:
        content, profile = from_srgb(content, profile)
    if name == picture_formats.PNG:  # which this program packs itself
        if profile is None and _is_grey(content):
            content = np.ascontiguousarray(content[..., 0])
        return _write(path, lambda file: png.write(file, content, profile, small), stop)
    chosen = {**usual, **(options or {})}
    tagged = chosen if profile is None else {**chosen, "icc_profile": profile}
    return _write(path, lambda file: Image.fromarray(content).save(file, format=name, **tagged), stop)


def from_srgb(pixels: NDArray[np.uint8], profile: bytes) -> tuple[NDArray[np.uint8], bytes | None]:
    """Colours in sRGB, uint8 `[H, W, 3]` or `[H, W, 4]`, carried to an ICC profile, which is to be written with them.

    Where that cannot be, as for a profile of greys or of printing inks, they stay in sRGB, without a profile.
    """
    from PIL import ImageCms  # it takes a while, and few pictures have a profile

    image = Image.fromarray(pixels)
    try:
        target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(target):
            return pixels, profile
        carried = ImageCms.profileToProfile(image, ImageCms.createProfile("sRGB"), target, outputMode=image.mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # broken, or of another kind than the pixels
        return pixels, None
    return (pixels, None) if carried is None else (np.asarray(carried), profile)


def save_png(path: Path, pixels: Pixels) -> None:
    """Writes uint8 `[H, W, 3]`, or grey `[H, W]`, as a PNG whatever the path's suffix, as `save` does.

    Raises:
        PictureError: The disk refused; a file already there stays whole.
    """
    _write(path, lambda file: png.write(file, pixels))


def off_white(pixels: Pixels, alpha: Alpha) -> NDArray[np.uint8]:
    """The colours that, laid on white through `alpha`, give `pixels`, as near as they can: uint8 RGBA `[H, W, 4]`."""
    result = np.empty((*alpha.shape, 4), np.uint8)
    result[..., 3] = alpha
    for top in range(0, len(alpha), BAND_ROWS):
        rows = slice(top, top + BAND_ROWS)
        opacity = alpha[rows, :, None].astype(np.float32)
        below_white = (255 - pixels[rows].astype(np.float32)) * 255 / np.maximum(opacity, 1)
        result[rows, :, :3] = np.where(opacity == 0, pixels[rows], (255 - below_white).clip(0, 255).round())
    return result


def _is_grey(pixels: NDArray[np.uint8]) -> bool:
    """Whether uint8 `[H, W, 3]` has three equal channels; a picture with alpha has four."""
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        return False
    bands = (pixels[top : top + BAND_ROWS] for top in range(0, len(pixels), BAND_ROWS))
    return all(bool((band == band[..., :1]).all()) for band in bands)


class _Watched(io.BufferedWriter):
    """A file that can be given up between two blocks."""

    def __init__(self, file: io.BufferedRandom, stop: Callable[[], bool]) -> None:
        super().__init__(file.raw)
        self._stop = stop

    def write(self, block: Any) -> int:
        if self._stop():
            raise StoppedError("Stopped before its end, as you asked.")
        return super().write(block)

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")  # else Pillow's encoders write past `write`


def _write(path: Path, encode: Callable[[IO[bytes]], object], stop: Callable[[], bool] | None = None) -> int:
    """Has `encode` write a file, whole or not at all, and returns its size in bytes."""
    try:
        with new_file(path, PictureError) as file:
            if stop is None:
                encode(file)
            else:
                watched = _Watched(file, stop)
                try:
                    encode(watched)
                finally:
                    watched.detach()
            return file.seek(0, io.SEEK_END)
    except ValueError as error:  # more pixels than the format has room for
        raise PictureError("{target} cannot be written ({strerror}).", target=path, strerror=error) from error
