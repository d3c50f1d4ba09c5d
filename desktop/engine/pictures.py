"""Pictures from files and back: whatever the format, the engine sees uint8 RGB `[H, W, 3]`."""

from __future__ import annotations

import dataclasses
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from desktop.engine.errors import PictureError
from export.bundle import SizeRule

Pixels = NDArray[np.uint8]

LARGEST_PIXELS = 89_000_000  # just under the count from which Pillow warns of a decompression bomb
LARGEST_SIDE = 1024  # for models of free size: what two CPU cores still rebuild in a moment
WHITE_OF_DEEP_GREY = 65535  # Pillow itself would clip 16-bit grey at 255


@dataclasses.dataclass(frozen=True, eq=False)
class Picture:
    """A picture in memory: uint8 RGB `pixels [H, W, 3]`, and the name to show for it."""

    name: str
    pixels: Pixels


def read(path: Path) -> Picture:
    """Reads a picture file: upright (EXIF), in RGB, transparent parts on white, the first frame of several.

    Raises:
        PictureError: There is no such file, it is no picture, it is broken, or it is too large.
    """
    if not path.is_file():
        raise PictureError(f"{path} is not a file." if path.exists() else f"{path} does not exist.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's bomb and metadata warnings; the limit below is ours
            with Image.open(path) as image:
                if image.width * image.height > LARGEST_PIXELS:
                    raise PictureError(
                        f"{path} is too large: {image.width} × {image.height} pixels, "
                        f"where at most {LARGEST_PIXELS // 1_000_000} million are read."
                    )
                if image.mode == "F":
                    raise PictureError(f"{path} holds floating-point pixels, which have no agreed range.")
                return Picture(path.name, to_rgb(ImageOps.exif_transpose(image)))
    except UnidentifiedImageError as error:
        raise PictureError(f"{path} is not a picture in a format that can be read here.") from error
    except Image.DecompressionBombError as error:
        raise PictureError(f"{path} is too large to be read safely.") from error
    except PermissionError as error:
        raise PictureError(f"{path} may not be read: permission denied.") from error
    except PictureError:
        raise
    except Exception as error:  # Pillow's decoders raise almost anything on broken data
        raise PictureError(f"{path} is broken and cannot be read as a picture.") from error


def to_rgb(image: Image.Image) -> Pixels:
    """Any Pillow image of integers as uint8 RGB `[H, W, 3]`; 16-bit grey is scaled, alpha is laid on white."""
    if image.mode.startswith("I"):
        grey = np.asarray(image).astype(np.float64).clip(0, WHITE_OF_DEEP_GREY) * (255 / WHITE_OF_DEEP_GREY)
        return np.repeat(grey.round().astype(np.uint8)[..., None], 3, axis=2)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return np.array(image.convert("RGB"))


def fit(picture: Picture, rule: SizeRule) -> Pixels:
    """The picture at a size that the model takes, uint8 `[H, W, 3]`.

    A fixed size: the centre, cropped to that aspect and resized, exactly as the trainer prepares its pictures.
    A free size: the centre, cropped to the multiple; a side longer than `LARGEST_SIDE` is scaled down first.

    Raises:
        PictureError: The picture is smaller than the model's multiple.
    """
    image = Image.fromarray(picture.pixels)
    if rule.kind == "fixed":
        width = min(image.width, max(1, image.height * rule.width // rule.height))
        height = min(image.height, max(1, image.width * rule.height // rule.width))
        box = _centre(image, width, height)
        return np.array(image.resize((rule.width, rule.height), Image.Resampling.LANCZOS, box=box))
    scale = LARGEST_SIDE / max(image.size)
    if scale < 1.0:
        smaller = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(smaller, Image.Resampling.LANCZOS)
    width, height = (side - side % rule.multiple for side in image.size)
    if min(width, height) == 0:
        raise PictureError(
            f"{picture.name} is too small or too narrow: this model needs at least "
            f"{rule.multiple} × {rule.multiple} pixels."
        )
    return np.array(image.crop(_centre(image, width, height)))


def save_png(path: Path, pixels: Pixels) -> None:
    """Writes uint8 `[H, W, 3]` as a PNG beside its place and renames it there: never half a file.

    Raises:
        PictureError: The disk refused; a file already there stays whole.
    """
    scratch = path.with_name(f".{path.name}.partial")
    try:
        Image.fromarray(pixels).save(scratch, format="PNG")
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise PictureError(f"{path} cannot be written ({error.strerror or error}).") from error


def _centre(image: Image.Image, width: int, height: int) -> tuple[int, int, int, int]:
    """The box of that size in the middle of the image: left, top, right, bottom."""
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return left, top, left + width, top + height
