"""Saving pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from desktop.engine import picture_formats, picture_writer, pictures
from desktop.engine.errors import PictureError, StoppedError
from tests.pictures import gradient, swapped_profile


@pytest.mark.parametrize("suffix", [".png", ".PNG", ".webp", ".tif", ".tiff"])
def test_saved_picture_reads_back(tmp_path: Path, suffix: str) -> None:
    """Where the format can, it holds every pixel and alpha, is as large as told, and nothing is left beside it."""
    path = tmp_path / f"saved{suffix}"
    alpha = np.full((5, 6), 255, np.uint8)
    alpha[0] = 200
    assert picture_writer.save(path, gradient(5, 6)) == path.stat().st_size
    assert np.array_equal(pictures.read(path).pixels, gradient(5, 6))
    picture_writer.save(path, gradient(5, 6), alpha)
    kept = pictures.read(path).alpha
    assert kept is not None
    assert np.array_equal(kept, alpha)
    assert list(tmp_path.iterdir()) == [path]


def test_a_picture_without_colours_is_a_grey_png(tmp_path: Path) -> None:
    """It has one channel and every level; one coloured pixel makes three, and so does a profile, which is of three."""
    grey = np.repeat(gradient(5, 6)[..., :1], 3, axis=2)
    picture_writer.save(tmp_path / "grey.png", grey)
    picture_writer.save(tmp_path / "profile.png", grey, profile=swapped_profile())
    spot = grey.copy()
    spot[4, 5, 1] += 1
    picture_writer.save(tmp_path / "spot.png", spot)
    for name, mode in (("grey", "L"), ("profile", "RGB"), ("spot", "RGB")):
        with Image.open(tmp_path / f"{name}.png") as image:
            assert image.mode == mode
    assert np.array_equal(pictures.read(tmp_path / "grey.png").pixels, grey)


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg"])
def test_jpeg_is_close_and_opaque(tmp_path: Path, suffix: str) -> None:
    """JPEG loses little of a smooth picture, and what was transparent stays on white."""
    path = tmp_path / f"saved{suffix}"
    picture_writer.save(path, gradient(40, 48), np.zeros((40, 48), np.uint8))
    read = pictures.read(path)
    assert read.alpha is None
    assert np.abs(read.pixels.astype(int) - gradient(40, 48)).mean() < 2


@given(seed=st.integers(0, 1000))
def test_alpha_put_back_shows_the_same_on_white(seed: int) -> None:
    """A picture that had been laid on white looks the same on white with its alpha put back, to a level."""
    noise = np.random.default_rng(seed)
    colours, alpha = noise.integers(0, 256, (9, 7, 4), np.uint8), noise.integers(0, 256, (9, 7), np.uint8)
    colours[..., 3] = alpha
    on_white = pictures.to_rgb(Image.fromarray(colours))
    put_back = picture_writer.off_white(on_white, alpha)
    assert np.array_equal(put_back[..., 3], alpha)
    again = pictures.to_rgb(Image.fromarray(put_back))
    assert np.abs(again.astype(int) - on_white).max() <= 2


@pytest.mark.parametrize("name", ["saved.gif", "saved", "saved.exe"])
def test_other_suffixes_are_refused(tmp_path: Path, name: str) -> None:
    """The sentence names the suffixes that there are, and nothing is written."""
    with pytest.raises(PictureError, match=r"\.png, \.jpg"):
        picture_writer.save(tmp_path / name, gradient(5, 6))
    assert list(tmp_path.iterdir()) == []


def test_failed_save_leaves_nothing(tmp_path: Path) -> None:
    """Where the disk refuses, the error names the file and no half of it is left."""
    path = tmp_path / "folder.png"
    path.mkdir()
    with pytest.raises(PictureError, match=r"folder\.png cannot be written"):
        picture_writer.save_png(path, gradient(5, 6))
    with pytest.raises(PictureError, match=r"wide\.webp cannot be written"):
        picture_writer.save(tmp_path / "wide.webp", np.zeros((1, 20_000, 3), np.uint8))
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tiff"])
def test_a_file_can_be_given_up(tmp_path: Path, suffix: str) -> None:
    """In every format: what was there stays, nothing is left beside it, and unstopped the file is the same as ever."""
    path = tmp_path / f"saved{suffix}"
    path.write_bytes(b"before")
    with pytest.raises(StoppedError):
        picture_writer.save(path, gradient(300, 400), None, lambda: True)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
    picture_writer.save(path, gradient(300, 400), None, lambda: False)
    other = tmp_path / f"other{suffix}"
    picture_writer.save(other, gradient(300, 400))
    assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("suffix", picture_formats.savable())
def test_what_is_saved_keeps_the_profile(tmp_path: Path, suffix: str) -> None:
    """The file has the profile of the picture's own, its colours are those that were seen, and alpha is as it was."""
    source, target = tmp_path / "source.png", tmp_path / f"saved{suffix}"
    alpha = np.full((32, 40, 1), 255, np.uint8)
    alpha[:16] = 128
    Image.fromarray(np.dstack([gradient(32, 40), alpha])).save(source, icc_profile=swapped_profile())
    read = pictures.read(source)
    assert read.profile == swapped_profile()
    picture_writer.save(target, read.pixels, read.alpha, profile=read.profile)
    kind = picture_formats.savable()[suffix]
    with Image.open(target) as image:
        assert image.info.get("icc_profile") == (swapped_profile() if kind.holds_profile else None)
    again = pictures.read(target)
    assert np.abs(again.pixels.astype(int) - read.pixels)[16:].mean() < 3
    assert (again.alpha is not None) == kind.holds_alpha


def test_a_profile_of_no_use_is_left_out() -> None:
    """A broken one, and one of another kind of colours; one that is sRGB is written, and changes no pixel."""
    pixels = gradient(8, 8)
    lab, srgb = (ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes() for name in ("LAB", "sRGB"))
    for profile, kept in ((b"no profile", None), (lab, None), (srgb, srgb)):
        carried, written = picture_writer.from_srgb(pixels, profile)
        assert written == kept
        assert np.array_equal(carried, pixels)
