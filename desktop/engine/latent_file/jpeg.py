"""JPEG beside a latent file: what it makes of as many bytes, and how many it needs to be as good."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
from PIL import Image

from desktop.engine.measures import psnr_db
from desktop.engine.pictures import Pixels

QUALITIES = (1, 95)  # Pillow's own advice for the largest


@dataclasses.dataclass(frozen=True)
class Jpeg:
    """One JPEG of a picture: its quality in Pillow's terms, its length in bytes, and its PSNR in dB."""

    quality: int
    bytes: int
    psnr_db: float


@dataclasses.dataclass(frozen=True)
class Comparison:
    """A latent file beside JPEG.

    Attributes:
        bytes: Of the latent file.
        bits_per_pixel: Of the latent file.
        psnr_db: Of the picture that comes back from it.
        same_size: The best JPEG that is no larger; None where none is so small.
        as_good: The smallest JPEG with at least that PSNR; None where none is so good.
        smallest: The smallest JPEG that there is.
    """

    bytes: int
    bits_per_pixel: float
    psnr_db: float
    same_size: Jpeg | None
    as_good: Jpeg | None
    smallest: Jpeg

    @property
    def words(self) -> str:
        """Two sentences for people, which also say where JPEG wins."""
        said = f"{self.bytes:,} bytes, {self.bits_per_pixel:.3f} bits per pixel, PSNR {self.psnr_db:.2f} dB."
        if self.same_size is None:
            least = self.smallest
            said += f" No JPEG is that small: the smallest has {least.bytes:,} bytes and {least.psnr_db:.2f} dB."
        else:
            better = "JPEG wins" if self.same_size.psnr_db > self.psnr_db else "this file wins"
            said += (
                f" At this size {better}: a JPEG of {self.same_size.bytes:,} bytes has {self.same_size.psnr_db:.2f} dB."
            )
        if self.as_good is None:
            return f"{said} No JPEG is as good."
        return f"{said} A JPEG as good as this needs {self.as_good.bytes:,} bytes."


def compare(original: Pixels, reconstruction: Pixels, length: int) -> Comparison:
    """What a latent file of `length` bytes and its picture are worth; both pictures uint8 `[H, W, 3]`."""
    psnr = psnr_db(original, reconstruction)
    bits = 8 * length / (original.shape[0] * original.shape[1])
    within, as_good = largest_within(original, length), smallest_as_good(original, psnr)
    return Comparison(length, bits, psnr, within, as_good, _measured(original, QUALITIES[0]))


def largest_within(pixels: Pixels, budget: int) -> Jpeg | None:
    """The best JPEG of at most `budget` bytes; None where the smallest is larger."""
    low, high = QUALITIES
    if len(_jpeg(pixels, low)) > budget:
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(_jpeg(pixels, middle)) <= budget else (low, middle - 1)
    return _measured(pixels, low)


def smallest_as_good(pixels: Pixels, wanted_db: float) -> Jpeg | None:
    """The smallest JPEG of at least that PSNR; None where even the best is worse."""
    low, high = QUALITIES
    if _measured(pixels, high).psnr_db < wanted_db:
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _measured(pixels, middle).psnr_db >= wanted_db else (middle + 1, high)
    return _measured(pixels, high)


def _measured(pixels: Pixels, quality: int) -> Jpeg:
    content = _jpeg(pixels, quality)
    with Image.open(io.BytesIO(content)) as image:
        back = np.asarray(image.convert("RGB"))
    return Jpeg(quality, len(content), psnr_db(pixels, back))


def _jpeg(pixels: Pixels, quality: int) -> bytes:
    """Huffman tables fitted to the picture, colours at half the resolution, as JPEGs on the web are."""
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "JPEG", quality=quality, optimize=True, subsampling="4:2:0")
    return content.getvalue()
