"""A picture file as a model sees it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.engine import framing, model_input, pictures
from desktop.engine.errors import PictureError
from desktop.engine.framing import FIT_MODES, FitMode
from export.bundle import SizeRule
from tests.pictures import gradient

FIXED, FREE = SizeRule("fixed", 1, 24, 32), SizeRule("multiple", 8, 32, 32)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A JPEG of 800 x 600 that is to be turned by 90 degrees."""
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    Image.fromarray(gradient(600, 800)).save(path, exif=exif, quality=95)
    return path


@pytest.mark.parametrize("mode", FIT_MODES)
def test_a_large_jpeg_is_decoded_smaller(photo: Path, mode: FitMode, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its frame is that of the whole picture, its pixels are nearly those of the long way, which is not gone."""
    picture = pictures.read(photo)
    frame = framing.frame(800, 600, FIXED, mode)
    with monkeypatch.context() as patch:
        patch.setattr(pictures, "read", lambda *_: pytest.fail("the whole picture was read"))
        seen_in, seen = model_input.read_prepared(photo, FIXED, mode)
    assert seen_in == frame
    assert np.abs(seen.astype(int) - frame.prepare(picture.pixels)).mean() < 2  # 8-bit levels
    assert np.array_equal(model_input.prepare(picture, FIXED, mode)[1], seen)


def test_a_small_picture_is_prepared_without_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is opened again only where a JPEG would be decoded smaller, which is from twice the least size on."""
    opened: list[Path] = []
    reduced = pictures.read_reduced
    monkeypatch.setattr(pictures, "read_reduced", lambda path, least: opened.append(path) or reduced(path, least))
    least = framing.REDUCED * 32
    for side in (2 * least - 1, 2 * least):
        path = tmp_path / f"{side}.jpg"
        Image.fromarray(gradient(side, side)).save(path)
        shorter = reduced(path, least)
        model_input.prepare(pictures.read(path), FIXED)
        assert (path in opened) == (shorter is not None)
    assert len(opened) == 1


def test_what_a_model_of_any_size_sees_is_never_reduced(photo: Path) -> None:
    """Pixel for pixel, continued up to the multiple."""
    whole = pictures.read(photo)
    frame, seen = model_input.read_prepared(photo, FREE)
    assert np.array_equal(frame.visible(seen), whole.pixels)
    assert np.array_equal(model_input.prepare(whole, FREE)[1], seen)


def test_a_picture_whose_file_is_another_now_stays_what_it_was(photo: Path) -> None:
    """Once read, it is prepared from its own pixels where the file is gone or of another size."""
    picture = pictures.read(photo)
    frame = framing.frame(800, 600, FIXED)
    Image.fromarray(gradient(900, 1200)).save(photo)
    assert np.array_equal(model_input.prepare(picture, FIXED)[1], frame.prepare(picture.pixels))
    photo.unlink()
    assert np.array_equal(model_input.prepare(picture, FIXED)[1], frame.prepare(picture.pixels))
    with pytest.raises(PictureError, match="does not exist"):
        model_input.read_prepared(photo, FIXED)
