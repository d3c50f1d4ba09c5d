"""Why a picture file cannot be read, in one sentence: told by its head, or by what a decoder raised."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from desktop.engine.disk.timed_file import open_timed
from desktop.engine.errors import PictureError

LARGEST_PIXELS = 178_000_000  # just under the count that Pillow refuses as a decompression bomb; the trainer's as well
DEEPEST_BITS = 16
UNSIGNED, SIGNED, SEPARATE, UNPACKED = 1, 2, 2, 1  # as TIFF numbers them
BITS_PER_SAMPLE, COMPRESSION, PHOTOMETRIC, PLANAR, SAMPLE_FORMAT = 258, 259, 262, 284, 339  # tags of TIFF
MAGIC_BYTES = 16  # by which Pillow's plug-ins know their files
UNSUPPORTED = re.compile(r"unsupported|not supported|not available|cannot handle|unknown (?:raw )?mode", re.IGNORECASE)


def unidentified(path: Path) -> PictureError:
    """Why Pillow knows no format for a file that could be opened: it is no picture, or one of a kind not known here."""
    with contextlib.suppress(OSError), open_timed(path) as file:
        beginning = file.read(MAGIC_BYTES)
        for name, (_, accepts) in Image.OPEN.items():
            with contextlib.suppress(Exception):  # they take for granted that there are so many bytes
                if accepts is not None and accepts(beginning) is True:
                    return PictureError(
                        "{path} is a {name} of a kind that cannot be read here, or it is broken.", path=path, name=name
                    )
    return PictureError("{path} is not a picture in a format that can be read here.", path=path)


def bomb(path: Path) -> PictureError:
    """A file of so many pixels that Pillow says no more of it, as a small one that unpacks to gigabytes would have."""
    return PictureError(
        "{path} is too large: at most {largest_pixels} million pixels are read; save it smaller.",
        path=path,
        largest_pixels=LARGEST_PIXELS // 1_000_000,
    )


def broken(path: Path, error: Exception) -> PictureError:
    """Why a file of a known format could not be decoded, by what its decoder raised."""
    if isinstance(error, OSError) and error.errno is not None:  # the system's word, not Pillow's
        return PictureError("{path} cannot be read ({strerror}).", path=path, strerror=error.strerror)
    if UNSUPPORTED.search(str(error)):
        return PictureError("{path} is of a kind that cannot be read here ({error}).", path=path, error=error)
    return PictureError("{path} is broken and cannot be read as a picture.", path=path)


def require_readable(path: Path, image: Image.Image) -> None:
    """Refuses what is too large, has no agreed range, or would be read wrongly, before its pixels are decoded.

    Raises:
        PictureError: It is one of these.
    """
    if image.width * image.height > LARGEST_PIXELS:
        raise PictureError(
            "{path} has {width} × {height} pixels, and at most {largest_pixels} million are read; save it smaller.",
            path=path,
            width=image.width,
            height=image.height,
            largest_pixels=LARGEST_PIXELS // 1_000_000,
        )
    if image.mode == "F":
        raise PictureError("{path} holds floating-point pixels, which have no agreed range.", path=path)
    tags = tags_of(image)
    if tags is not None:
        _check_tiff(path, image.mode, tags)


def tags_of(image: Image.Image) -> Mapping[int, Any] | None:
    """The tags of a TIFF; None of any other file. Pillow's module of the format is not imported for that."""
    return getattr(image, "tag_v2", None) if image.format == "TIFF" else None


def _check_tiff(path: Path, mode: str, tags: Mapping[int, Any]) -> None:
    depth, formats = bits_of(tags), tags.get(SAMPLE_FORMAT, (UNSIGNED,))
    if depth > DEEPEST_BITS:
        raise PictureError(
            "{path} holds whole numbers of {bits} bits, which have no agreed range.", path=path, bits=depth
        )
    if mode.startswith("I") and SIGNED in formats:
        raise PictureError("{path} holds numbers with a sign, which have no agreed range.", path=path)
    planar = tags.get(PLANAR) == SEPARATE
    if planar and depth > 8 and tags.get(COMPRESSION, UNPACKED) == UNPACKED:
        raise PictureError(  # Pillow takes each plane's bytes for pixels of 8 bits
            "{path} holds {bits}-bit colours in separate planes, which cannot be read here; "
            "save it with the colours of a pixel side by side, or compressed.",
            path=path,
            bits=depth,
        )


def bits_of(tags: Mapping[int, Any]) -> int:
    """How many bits one channel of a TIFF with these tags has."""
    return int(max(tags.get(BITS_PER_SAMPLE, (1,))))
