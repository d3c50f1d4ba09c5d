"""Why a picture file cannot be read."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from desktop.engine import pictures
from desktop.engine.errors import PictureError
from tests.pictures import tiff

LEVELS = np.array([[[0, 257, 32896, 65535]]], np.uint16)


def test_deep_colours_are_right_or_refused(tmp_path: Path) -> None:
    """Sixteen bits of each colour side by side are read; in separate planes, which Pillow garbles, they are refused."""
    planes = np.concatenate([LEVELS, LEVELS[..., ::-1], LEVELS])
    together = pictures.read(tiff(tmp_path / "together.tif", planes, photometric=2)).pixels
    assert together[0, :, 1].tolist() == [255, 128, 1, 0]
    with pytest.raises(PictureError, match=r"apart\.tif holds 16-bit colours in separate planes"):
        pictures.read(tiff(tmp_path / "apart.tif", planes, photometric=2, planar=2))


@pytest.mark.parametrize(
    ("dtype", "sample_format", "words"),
    [
        (np.uint32, 1, "whole numbers of 32 bits"),
        (np.int16, 2, "numbers with a sign"),
        (np.float32, 3, "floating-point"),
    ],
)
def test_levels_without_an_agreed_range_are_refused(
    tmp_path: Path, dtype: type[np.generic], sample_format: int, words: str
) -> None:
    """They are not clipped, which would be another picture."""
    levels = (LEVELS >> 1).astype(dtype)
    with pytest.raises(PictureError, match=words):
        pictures.read(tiff(tmp_path / "a.tif", levels, photometric=1, sample_format=sample_format))


def test_a_sound_picture_of_an_unknown_kind_is_not_called_broken(tmp_path: Path) -> None:
    """A BMP of 4 bits a colour is sound; that this program cannot read it is what is said."""
    path = tmp_path / "a.bmp"
    masks = struct.pack("<III", 0xF00, 0xF0, 0xF)
    head = struct.pack("<IiiHHIIiiII", 40, 2, 1, 1, 16, 3, 4, 0, 0, 0, 0)
    path.write_bytes(b"BM" + struct.pack("<IHHI", 70, 0, 0, 66) + head + masks + b"\xff\x0f\0\0")
    with pytest.raises(PictureError, match="of a kind that cannot be read here"):
        pictures.read(path)
    path = tmp_path / "deep.jpg"
    path.write_bytes(b"\xff\xd8\xff\xc1\x00\x0b\x0c\0\x08\0\x08\x01\x01\x11\0")  # 12 bits
    with pytest.raises(PictureError, match="is a JPEG of a kind that cannot be read here, or it is broken"):
        pictures.read(path)


@pytest.mark.parametrize("error", [AssertionError(), KeyError("a"), RecursionError(), MemoryError(), struct.error("b")])
def test_whatever_a_decoder_raises_names_the_file(
    photo: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """One gate stands around decoding, for any exception."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Image.Image, "load", fail)
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", fail)
    with pytest.raises(PictureError, match=r"photo\.png is broken"):
        pictures.read(photo)
