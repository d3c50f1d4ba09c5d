"""Pictures from files: whatever the format, the engine sees uint8 RGB `[H, W, 3]` in sRGB, and alpha beside it.

The trainer reads pictures in the same way; a test holds the two together.
"""

from __future__ import annotations

import dataclasses
import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from desktop.engine import picture_formats
from desktop.engine.disk.timed_file import open_timed
from desktop.engine.errors import PictureError
from desktop.engine.picture_faults import PHOTOMETRIC, bits_of, bomb, broken, require_readable, tags_of, unidentified

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.uint8]
Read = TypeVar("Read")
Reserve = Callable[[int], object]  # told how many pixels are about to be decoded

QUARTER_TURNS = (5, 6, 7, 8)  # EXIF orientations that swap width and height
LARGEST_PROFILE = 1 << 22  # bytes of a colour profile that is kept
BAND_ROWS = 256  # turned from Pillow's image into an array at a time
WHITE_OF_DEEP_GREY = 65535  # Pillow itself would clip 16-bit grey at 255
WHITE_IS_ZERO = 0  # as TIFF numbers it


@dataclasses.dataclass(frozen=True)
class FileFacts:
    """What a file says of itself: its format, its size in bytes, and its colour profile's name if it has one."""

    format: str
    size_bytes: int
    profile: str | None
    frames: int = 1
    """How many pictures are in the file: of an animation, or pages."""
    frame: int = 0
    """Which of them it is, from 0."""


@dataclasses.dataclass(frozen=True, eq=False)
class Picture:
    """A picture in memory.

    Attributes:
        name: To be shown.
        pixels: uint8 RGB `[H, W, 3]`, transparent parts laid on white.
        alpha: uint8 `[H, W]`, 0 where it is clear; None where it is opaque all over.
        facts: Of the file that it came from; None without a file.
        file: That file.
        profile: The ICC profile of the file, to which what is saved is carried back; None for none.
    """

    name: str
    pixels: Pixels
    alpha: Alpha | None = None
    facts: FileFacts | None = None
    file: Path | None = None
    profile: bytes | None = None


def read(path: Path, reserve: Reserve = lambda _pixels: None, frame: int = 0) -> Picture:
    """Reads a picture file: upright (EXIF), in sRGB (its colour profile), one frame of several.

    Args:
        path: The file.
        reserve: Told how many pixels it has before they are decoded.
        frame: Which frame of an animation or page of a document, from 0; the picture's facts say how many there are.

    Raises:
        PictureError: There is no such file, it is no picture, it is broken, it is too large, or has no such frame.
    """

    def decode(image: Image.Image) -> Picture:
        frames = int(getattr(image, "n_frames", 1))
        if not 0 <= frame < frames:
            raise PictureError(
                "{path} has {frames:,} frames, and none of the number {frame:,}.",
                path=path,
                frames=frames,
                frame=frame + 1,
            )
        if frame:
            image.seek(frame)
            require_readable(path, image)
        reserve(image.width * image.height)
        facts = FileFacts(image.format or "picture", path.stat().st_size, _profile_name(image), frames, frame)
        ImageOps.exif_transpose(image, in_place=True)
        profile = image.info.get("icc_profile") or b""
        kept = profile if 0 < len(profile) <= LARGEST_PROFILE else None
        return Picture(path.name, to_rgb(image), _alpha(image), facts, path, kept)

    return _open(path, decode)


@dataclasses.dataclass(frozen=True, eq=False)
class Reduced:
    """A picture decoded smaller: uint8 RGB `[H, W, 3]`, `factor` times smaller than its `whole` width and height."""

    pixels: Pixels
    whole: tuple[int, int]
    factor: int


def read_reduced(path: Path, least: int, reserve: Reserve = lambda _pixels: None) -> Reduced | None:
    """Reads a picture as `read` does, but no larger than needed for either side to keep `least` pixels.

    None where the format knows no such thing (JPEG does), or the picture is not so large. `reserve` is as for `read`.

    Raises:
        PictureError: As `read` does.
    """

    def decode(image: Image.Image) -> Reduced | None:
        width, height = image.size
        image.draft(None, (least, least))
        factor = round(width / image.width)
        if factor == 1:
            return None
        reserve(image.width * image.height)
        turned = image.getexif().get(ExifTags.Base.Orientation) in QUARTER_TURNS
        ImageOps.exif_transpose(image, in_place=True)
        return Reduced(to_rgb(image), (height, width) if turned else (width, height), factor)

    return _open(path, decode)


def thumbnail(path: Path, side: int) -> Pixels:
    """A picture file as uint8 RGB `[H, W, 3]` with no side longer than `side`; the files' small versions are used.

    Raises:
        PictureError: As `read` does.
    """

    def decode(image: Image.Image) -> Pixels:
        image.draft("RGB", (2 * side, 2 * side))  # a JPEG is decoded at a fraction of its size
        ImageOps.exif_transpose(image, in_place=True)
        pixels = Image.fromarray(to_rgb(image))
        pixels.thumbnail((side, side), Image.Resampling.LANCZOS)
        return np.array(pixels)

    return _open(path, decode)


def size(path: Path) -> int:
    """How many pixels a picture file has, from its head; 0 where it cannot be read."""
    try:
        return _open(path, lambda image: image.width * image.height)
    except PictureError:
        return 0


def count_frames(path: Path) -> int:
    """How many pictures a file holds, of which all else here takes the first; 1 where its ending says so.

    Raises:
        PictureError: As `read` does.
    """
    if path.suffix.lower() not in picture_formats.of_several():
        return 1
    return _open(path, lambda image: int(getattr(image, "n_frames", 1)))


def check(path: Path) -> None:
    """Looks at the beginning of a picture file alone, which is quick; the rest of it may still be broken.

    Raises:
        PictureError: There is no such file, it is no picture, or it is too large.
    """
    _open(path, lambda _image: None)


def to_rgb(image: Image.Image) -> Pixels:
    """Any Pillow image of integers as uint8 RGB `[H, W, 3]`; 16-bit grey is scaled, alpha is laid on white."""
    if image.mode.startswith("I"):
        black, white = _ends(image)
        grey = ((np.asarray(image).astype(np.float64) - black) * (255 / (white - black))).clip(0, 255)
        return np.repeat(grey.round().astype(np.uint8)[..., None], 3, axis=2)
    clear = image.has_transparency_data
    image = in_srgb(image.convert("RGBA") if clear else image, image.info.get("icc_profile"))
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    for top in range(0, image.height, BAND_ROWS):  # Pillow's own copies of a large picture would be five times its size
        band = image.crop((0, top, image.width, min(image.height, top + BAND_ROWS)))
        if clear:
            band = Image.alpha_composite(Image.new("RGBA", band.size, "white"), band)
        pixels[top : top + BAND_ROWS] = np.asarray(band.convert("RGB"))
    return pixels


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The image's colours carried from its ICC profile to sRGB; as it is where there is none that can be used."""
    if not profile:
        return image
    from PIL import ImageCms  # it takes a while, and a window opens without it

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return image
        if image.mode in ("P", "1"):
            image = image.convert("RGB")
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        carried = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # broken, or of another kind than the pixels
        return image
    return carried or image


def _open(path: Path, decode: Callable[[Image.Image], Read]) -> Read:
    """What `decode` makes of a picture file; everything that can be wrong with it as a PictureError that names it."""
    picture_formats.load_plugins()
    try:
        with warnings.catch_warnings(), open_timed(path) as file:
            warnings.simplefilter("ignore")  # Pillow's bomb and metadata warnings; the limit below is ours
            with Image.open(file) as image:
                require_readable(path, image)
                return decode(image)
    except PictureError:
        raise
    except FileNotFoundError as error:
        raise PictureError("{path} does not exist.", path=path) from error
    except PermissionError as error:
        raise PictureError("{path} may not be read: permission denied.", path=path) from error
    except Image.DecompressionBombError as error:
        raise bomb(path) from error
    except UnidentifiedImageError as error:
        raise unidentified(path) from error
    except Exception as error:  # Pillow's decoders raise almost anything on broken data
        raise broken(path, error) from error


def _ends(image: Image.Image) -> tuple[float, float]:
    """The levels of black and of white in deep grey."""
    tags = tags_of(image)
    if tags is None:
        return 0, WHITE_OF_DEEP_GREY
    most = 2 ** bits_of(tags) - 1
    return (most, 0) if tags.get(PHOTOMETRIC) == WHITE_IS_ZERO else (0, most)


def _alpha(image: Image.Image) -> Alpha | None:
    if not image.has_transparency_data or image.mode.startswith("I"):
        return None
    alpha = np.array(image.convert("RGBA").getchannel("A"))
    return None if bool((alpha == 255).all()) else alpha


def _profile_name(image: Image.Image) -> str | None:
    profile = image.info.get("icc_profile")
    if not profile:
        return None
    from PIL import ImageCms

    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip() or None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
