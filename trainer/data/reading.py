"""One picture file -> pixels, whatever its format, depth, mode or orientation.

The desktop reads pictures in the same way; a test holds the two together.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from trainer.data import formats, tiff
from trainer.options.values import Sides

QUARTER_TURNS = (5, 6, 7, 8)  # EXIF orientations that swap width and height
MAGIC_BYTES = 16  # by which Pillow's plug-ins know their files

REDUCED = 3
"""Times the size wanted, down to which a large picture is first made smaller by whole factors, which is quick: a
photograph of 12 megapixels takes 30 ms in place of 202, and differs by 57 dB from one that is resized in one step."""


def silence_pillow() -> None:
    """Keeps Pillow's warnings off the terminal: what is wrong with a file is said in a sentence, or is nothing."""
    warnings.filterwarnings("ignore", module=r"PIL\.")


silence_pillow()


class UnreadablePictureError(Exception):
    """A file that is no picture, or a broken one; the message is the reason without the name."""


def read_picture(file: Path | IO[bytes], size: int | Sides) -> NDArray[np.uint8]:
    """Reads, turns upright, carries to sRGB, crops the middle to the aspect of `size` and resizes.

    Args:
        file: The file.
        size: The side of a square, or height and width, in pixels.

    Returns:
        uint8 [height, width, 3] RGB. Transparent parts are white. Only the first frame of an animation is read.

    Raises:
        UnreadablePictureError: The file cannot be decoded or is too large.
    """
    down, across = (size, size) if isinstance(size, int) else size
    picture, whole, factor = _read(file, REDUCED * max(down, across))
    width, height = sorted(whole, reverse=picture.width > picture.height)  # turned, too
    seen_width, seen_height = min(width, max(1, height * across // down)), min(height, max(1, width * down // across))
    left, top = (width - seen_width) // 2, (height - seen_height) // 2
    box = (left / factor, top / factor, (left + seen_width) / factor, (top + seen_height) / factor)
    with _gate():
        return np.asarray(picture.resize((across, down), Image.Resampling.LANCZOS, box=box, reducing_gap=REDUCED))


def read_upright(file: Path | IO[bytes]) -> Image.Image:
    """Reads, turns upright and carries to sRGB: 8-bit RGB of its own size.

    Raises:
        UnreadablePictureError: The file cannot be decoded or is too large.
    """
    return _read(file)[0]


def _read(file: Path | IO[bytes], least: int | None = None) -> tuple[Image.Image, tuple[int, int], int]:
    """A picture as `read_upright` gives it, or smaller where it can be decoded so; its own size; by which factor.

    Args:
        file: The file.
        least: Pixels that either side keeps at least; None for all of them.
    """
    with _gate(), _stream(file) as content, _opened(content) as image:
        tiff.check(image)
        whole = image.size
        if least is not None:
            image.draft(None, (least, least))  # JPEG alone can be decoded smaller
        factor = round(whole[0] / image.width)
        ImageOps.exif_transpose(image, in_place=True)
        return to_rgb(image), whole, factor


def check_header(file: Path | IO[bytes]) -> None:
    """Looks at how a file begins, which is quick, and not at its pixels.

    Raises:
        UnreadablePictureError: It is no picture, or too large.
    """
    with _gate(), _opened(file):
        pass


def upright_size(file: Path | IO[bytes]) -> tuple[int, int]:
    """Width and height in pixels once the picture stands upright.

    Raises:
        UnreadablePictureError: It is no picture, or too large.
    """
    with _gate(), _opened(file) as image:
        turned = image.getexif().get(ExifTags.Base.Orientation) in QUARTER_TURNS
        return (image.height, image.width) if turned else image.size


def to_rgb(image: Image.Image) -> Image.Image:
    """Any mode to 8-bit sRGB: 16-bit grey is scaled, transparency is laid on white.

    Raises:
        ValueError: The mode has no agreed range (32-bit floating point).
    """
    if image.mode == "F":
        raise ValueError("32-bit floating-point pictures have no agreed range")
    if image.mode.startswith("I"):  # 16-bit grey; Pillow would clip it to 8 bits
        dark, bright = tiff.ends(image)
        grey = ((np.asarray(image).astype(np.float64) - dark) * (255 / (bright - dark))).clip(0, 255)
        return Image.fromarray(grey.round().astype(np.uint8)).convert("RGB")
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        rgba = in_srgb(image.convert("RGBA"), profile)
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")
    return in_srgb(image, profile).convert("RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours carried from the picture's ICC profile to sRGB; a profile that is broken or does not fit is ignored."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return image
        if image.mode in ("P", "1"):
            image = image.convert("RGB")
        target, mode = ImageCms.createProfile("sRGB"), "RGBA" if image.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(image, source, target, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _stream(file: Path | IO[bytes]) -> IO[bytes]:
    """An open file: of one that it maps into memory by its name, Pillow leaves a deep TIFF lying on its side."""
    return file.open("rb") if isinstance(file, Path) else file


def _opened(file: Path | IO[bytes]) -> Image.Image:
    """The image of a file, whose pixels are not decoded yet.

    Raises:
        UnreadablePictureError: It is no picture, or one of a kind that Pillow does not read, such as a 12-bit JPEG.
    """
    formats.load_plugins()
    try:
        return Image.open(file)
    except Image.DecompressionBombError as error:
        most = 2 * (Image.MAX_IMAGE_PIXELS or 0)
        raise UnreadablePictureError(f"has more than {most:,} pixels; save it smaller") from error
    except UnidentifiedImageError as error:
        kind = _kind(file)
        reason = "not a picture" if kind is None else f"a {kind} of a kind that cannot be read here, or broken"
        raise UnreadablePictureError(reason) from error


def _kind(file: Path | IO[bytes]) -> str | None:
    """The format that a file begins like; None for none."""
    if isinstance(file, Path):
        with file.open("rb") as content:
            return _kind(content)
    file.seek(0)
    beginning = file.read(MAGIC_BYTES)
    for name, (_, accepts) in Image.OPEN.items():
        with contextlib.suppress(Exception):  # they take for granted that there are so many bytes
            if accepts is not None and accepts(beginning) is True:
                return name
    return None


@contextlib.contextmanager
def _gate() -> Iterator[None]:
    """Everything that is decoded passes here: decoders of broken files raise whatever they like, assertions too."""
    try:
        yield
    except UnreadablePictureError:
        raise
    except Exception as error:
        raise UnreadablePictureError(str(error) or f"broken ({type(error).__name__})") from error
