"""Pictures for tests."""

from __future__ import annotations

import numpy as np
from PIL import ImageCms

from desktop.engine.pictures import Pixels


def gradient(height: int, width: int) -> Pixels:
    """A smooth picture, uint8 `[height, width, 3]`."""
    rows, columns = np.mgrid[0:height, 0:width]
    channels = (rows * 200 // height, columns * 200 // width, (rows + columns) * 100 // (height + width))
    return np.stack(channels, axis=2).astype(np.uint8) + 30


def swapped_profile() -> bytes:
    """An ICC profile in which red and green have changed places, and whose name is not sRGB."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = bytearray(profile)
    red, green = content.index(b"rXYZ"), content.index(b"gXYZ")
    content[red : red + 4], content[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(content).replace(b"sRGB", b"test").replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))
