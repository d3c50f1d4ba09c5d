"""PNG files written by this program."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from desktop.engine import png
from tests.pictures import gradient

Pixels = NDArray[np.uint8]


def _written(pixels: Pixels) -> bytes:
    file = io.BytesIO()
    png.write(file, pixels)
    return file.getvalue()


@settings(deadline=None)
@given(
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    channels=st.sampled_from([(), (3,), (4,)]),
    levels=st.sampled_from([2, 7, 256]),
    seed=st.integers(0, 1000),
)
def test_pillow_reads_every_pixel_back(
    height: int, width: int, channels: tuple[int, ...], levels: int, seed: int
) -> None:
    """Grey, RGB and RGBA of any shape: with few levels many of the three neighbours are equally near."""
    pixels = np.random.default_rng(seed).integers(0, levels, (height, width, *channels), np.uint8)
    pixels *= 255 // (levels - 1)
    content = _written(pixels)
    with Image.open(io.BytesIO(content)) as image:
        image.verify()  # every check sum
    with Image.open(io.BytesIO(content)) as image:
        assert np.array_equal(np.asarray(image), pixels)


def test_bands_are_one_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rows are worked on at a time, also when they lie apart in memory, the same comes of it."""
    pixels = np.random.default_rng(0).integers(0, 256, (23, 31, 3), np.uint8)[:, ::2]
    whole = _written(pixels)
    for band in (1, 100, 1000):
        monkeypatch.setattr(png, "BAND_LEVELS", band)
        with Image.open(io.BytesIO(_written(pixels))) as image:
            assert np.array_equal(np.asarray(image), pixels)
    assert png.filtered(pixels.reshape(23, -1), np.zeros(48, np.uint8), 3).tobytes() == _unpacked(whole)


def test_smooth_pictures_are_no_larger_than_pillows() -> None:
    """What a decoder gives is smooth, here a picture made four times as large: a fiftieth more is allowed."""
    small = (gradient(32, 32) + np.random.default_rng(0).normal(0, 8, (32, 32, 3))).clip(0, 255).astype(np.uint8)
    pixels = np.asarray(Image.fromarray(small).resize((128, 128), Image.Resampling.LANCZOS))
    theirs = io.BytesIO()
    Image.fromarray(pixels).save(theirs, "PNG", compress_type=png.STRATEGY)
    assert len(_written(pixels)) <= 1.02 * len(theirs.getvalue())


def _unpacked(content: bytes) -> bytes:
    """The filtered rows in a PNG of one IDAT chunk or more."""
    packed, at = b"", len(png.SIGNATURE)
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] == b"IDAT":
            packed += content[at + 8 : at + 8 + length]
        at += 12 + length
    return zlib.decompress(packed)
