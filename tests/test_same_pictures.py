"""The trainer and the desktop prepare a picture alike, or a model would see other pixels than it learnt from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine import pictures
from export.bundle import SizeRule
from tests.pictures import gradient

reading = pytest.importorskip("trainer.data.reading")


@pytest.mark.parametrize(
    ("suffix", "mode"),
    [(suffix, mode) for suffix in ("png", "webp", "gif") for mode in ("RGB", "L", "P", "RGBA")]
    + [("jpg", "RGB"), ("jpg", "L"), ("jpg", "CMYK"), ("png", "I;16"), ("tiff", "I;16"), ("bmp", "1")],
)
@pytest.mark.parametrize("turned", [1, 6])
def test_both_see_the_same_pixels(tmp_path: Path, suffix: str, mode: str, turned: int) -> None:
    """Every mode that a format keeps, upright and turned: the same pixels at the trained size."""
    deep = Image.fromarray(gradient(51, 70)[..., 0].astype(np.uint16) * 257)
    image = deep if mode == "I;16" else Image.fromarray(gradient(51, 70)).convert(mode)
    path = tmp_path / f"picture.{suffix}"
    exif = Image.Exif()
    exif[0x0112] = turned
    image.save(path, exif=exif)
    fitted = pictures.fit(pictures.read(path), SizeRule("fixed", 1, 32, 32))
    assert np.array_equal(fitted, reading.read_picture(path, 32))
