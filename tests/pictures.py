"""Pictures for tests."""

from __future__ import annotations

import functools
import struct
from pathlib import Path

import numpy as np
from PIL import ImageCms

from desktop.engine.pictures import Pixels


def gradient(height: int, width: int) -> Pixels:
    """A smooth picture, uint8 `[height, width, 3]`."""
    rows, columns = np.mgrid[0:height, 0:width]
    channels = (rows * 200 // height, columns * 200 // width, (rows + columns) * 100 // (height + width))
    return np.stack(channels, axis=2).astype(np.uint8) + 30


@functools.cache  # a profile holds the second it was made in
def swapped_profile() -> bytes:
    """An ICC profile in which red and green have changed places, and whose name is not sRGB."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = bytearray(profile)
    red, green = content.index(b"rXYZ"), content.index(b"gXYZ")
    content[red : red + 4], content[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(content).replace(b"sRGB", b"test").replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))


def tiff(path: Path, planes: np.ndarray, photometric: int, planar: int = 1, sample_format: int = 1) -> Path:
    """Writes an uncompressed TIFF by hand, as Pillow writes none of these: `planes` is `[planes, H, W]`."""
    count, height, width = planes.shape
    content = (planes if planar == 2 else np.moveaxis(planes, 0, -1)).astype(planes.dtype.newbyteorder("<")).tobytes()
    bits = planes.dtype.itemsize * 8
    size = planes[0].nbytes
    strips = [size] * count if planar == 2 else [size * count]
    tail, start = b"", 8 + 2 + 12 * 11 + 4
    entries = []

    def entry(tag: int, kind: int, *values: int) -> None:
        nonlocal tail
        packed = struct.pack(f"<{len(values)}{'H' if kind == 3 else 'I'}", *values)
        if len(packed) > 4:
            packed, tail = struct.pack("<I", start + len(tail)), tail + packed
        entries.append(struct.pack("<HHI", tag, kind, len(values)) + packed.ljust(4, b"\0"))

    entry(256, 4, width)
    entry(257, 4, height)
    entry(258, 3, *[bits] * count)
    entry(259, 3, 1)
    entry(262, 3, photometric)
    begin = start + 64
    entry(273, 4, *[begin + sum(strips[:place]) for place in range(len(strips))])
    entry(277, 3, count)
    entry(278, 4, height)
    entry(279, 4, *strips)
    entry(284, 3, planar)
    entry(339, 3, *[sample_format] * count)
    head = b"II*\0" + struct.pack("<IH", 8, len(entries)) + b"".join(entries) + b"\0" * 4
    path.write_bytes((head + tail).ljust(begin, b"\0") + content)
    return path
