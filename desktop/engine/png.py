"""PNG files with one filter for every row.

Pillow tries five filters on each row and cannot be told to be brief, which takes longer than zlib itself. Of decoded
pictures the filter of Paeth alone gives files that are no larger. With Pillow and the same zlib strategy in its place a
batch of `characters` took 7 to 9 % longer (medians of 9 and 5 rounds); with Pillow's usual settings, twice as long.
"""

from __future__ import annotations

import struct
import zlib
from typing import IO

import numpy as np
from numpy.typing import NDArray

from desktop.engine.pictures import Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOUR_TYPES = {1: 0, 3: 2, 4: 6}  # channels to PNG's number for grey, RGB and RGBA
PAETH = 4
PROFILE_NAME = b"ICC profile"  # any will do: readers take the one within
BAND_LEVELS = 48 * 1024  # worked on at a time: as int32 they stay in a core's cache

# Of zlib's ways to look for repetition, runs alone: decoded pictures are smooth and a little noisy, and anything more
# takes five times as long for files that are larger.
STRATEGY, LEVEL, MEMORY = zlib.Z_RLE, 6, 8
SMALL_STRATEGY, SMALL_LEVEL = zlib.Z_FILTERED, 9  # 3.5 % smaller, in 52 times the time


def write(file: IO[bytes], pixels: NDArray[np.uint8], profile: bytes | None = None, small: bool = False) -> None:
    """Writes a PNG: uint8 `[H, W]` of grey, `[H, W, 3]` of RGB or `[H, W, 4]` of RGBA; in bands, without a copy.

    `profile` is the ICC profile that the colours are in: PNG's specification, section 11.3.3.3. `small` packs as well
    as zlib can, which takes far longer.
    """
    strategy, level = (SMALL_STRATEGY, SMALL_LEVEL) if small else (STRATEGY, LEVEL)
    height, width = pixels.shape[:2]
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    file.write(SIGNATURE)
    _write_chunk(file, b"IHDR", struct.pack(">IIBBBBB", width, height, 8, COLOUR_TYPES[channels], 0, 0, 0))
    if profile is not None:
        _write_chunk(file, b"iCCP", PROFILE_NAME + b"\0\0" + zlib.compress(profile))
    packer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS, MEMORY, strategy)
    above = np.zeros(width * channels, np.uint8)
    step = max(1, BAND_LEVELS // (width * channels))
    for top in range(0, height, step):
        rows = pixels[top : top + step].reshape(-1, width * channels)
        packed = packer.compress(filtered(rows, above, channels).tobytes())
        if packed:
            _write_chunk(file, b"IDAT", packed)
        above = rows[-1]
    _write_chunk(file, b"IDAT", packer.flush())
    _write_chunk(file, b"IEND", b"")


def filtered(rows: Pixels, above: Pixels, channels: int) -> Pixels:
    """What each level differs by from the nearest of three, by Paeth's filter: PNG's specification, section 9.4.

    The three are those to the left (a), above (b) and above left (c); nearest to `a + b - c`, and if two are as near,
    the first of them.

    Args:
        rows: uint8 `[R, W]`, channels beside one another.
        above: uint8 `[W]`, the row above them; zeros above a picture.
        channels: Of a pixel.

    Returns:
        uint8 `[R, 1 + W]`: each row behind the number of its filter.
    """
    count, width = rows.shape
    line = width + channels  # left of every row lies a pixel of zeros
    levels = np.zeros((count + 1, line), np.int32)
    levels[0, channels:], levels[1:, channels:] = above, rows
    size = count * line - channels
    here, a, b, c = (levels.reshape(-1)[start : start + size] for start in (line + channels, line, channels, 0))
    # The distance, which of the three, and its level in one number: the least of them ends in the level that is sought.
    keys = [b - c, a - c, a + b - 2 * c]
    for order, (key, level) in enumerate(zip(keys, (a, b, c))):
        np.abs(key, out=key)
        key *= 1 << 10
        key += level
        key += order << 8
    nearest = np.minimum(np.minimum(keys[0], keys[1], out=keys[0]), keys[2], out=keys[0])
    result = np.empty((count, line), np.uint8)
    result.reshape(-1)[channels:] = here - nearest  # modulo 256, as PNG has it
    result[:, channels - 1] = PAETH
    return result[:, channels - 1 :]


def _write_chunk(file: IO[bytes], kind: bytes, content: bytes) -> None:
    file.write(struct.pack(">I", len(content)) + kind)
    file.write(content)
    file.write(struct.pack(">I", zlib.crc32(content, zlib.crc32(kind))))
