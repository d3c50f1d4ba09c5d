"""What deep TIFFs mean."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from trainer.data import tiff


def opened(path: Path, pixels: np.ndarray, **tags: object) -> Image.Image:
    """A TIFF of these pixels, with some tags as another program might have written them."""
    Image.fromarray(pixels).save(path)
    image = Image.open(io.BytesIO(path.read_bytes()))
    assert isinstance(image, TiffImagePlugin.TiffImageFile)
    for name, value in tags.items():
        image.tag_v2[getattr(TiffImagePlugin, name)] = value
    return image


def test_deep_grey_goes_from_black_to_white(tmp_path: Path) -> None:
    """The other way round where zero is white; a format without such tags has 16 bits."""
    deep = np.zeros((4, 4), np.uint16)
    assert tiff.ends(opened(tmp_path / "a.tif", deep)) == (0, 65535)
    assert tiff.ends(opened(tmp_path / "b.tif", deep, PHOTOMETRIC_INTERPRETATION=tiff.WHITE_IS_ZERO)) == (65535, 0)
    assert tiff.ends(Image.new("I;16", (2, 2))) == (0, 65535)


def test_numbers_without_an_agreed_range_are_refused(tmp_path: Path) -> None:
    """32 bits, and numbers with a sign; 8 and 16 bits pass, as does any other format."""
    for pixels in (np.zeros((4, 4), np.uint8), np.zeros((4, 4), np.uint16)):
        tiff.check(opened(tmp_path / "good.tif", pixels))
    tiff.check(Image.new("RGB", (2, 2)))
    with pytest.raises(ValueError, match="32 bits"):
        tiff.check(opened(tmp_path / "deep.tif", np.zeros((4, 4), np.int32)))
    with pytest.raises(ValueError, match="with a sign"):
        tiff.check(opened(tmp_path / "signed.tif", np.zeros((4, 4), np.uint16), SAMPLEFORMAT=(tiff.SIGNED,)))
