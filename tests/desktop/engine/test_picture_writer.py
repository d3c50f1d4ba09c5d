"""Saving pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.engine import picture_writer, pictures
from desktop.engine.errors import PictureError, StoppedError
from tests.pictures import gradient


@pytest.mark.parametrize("suffix", [".png", ".PNG", ".webp", ".tif", ".tiff"])
def test_saved_picture_reads_back(tmp_path: Path, suffix: str) -> None:
    """Where the format can, it holds every pixel and alpha, and nothing else is left beside it."""
    path = tmp_path / f"saved{suffix}"
    alpha = np.full((5, 6), 255, np.uint8)
    alpha[0] = 200
    picture_writer.save(path, gradient(5, 6))
    assert np.array_equal(pictures.read(path).pixels, gradient(5, 6))
    picture_writer.save(path, gradient(5, 6), alpha)
    kept = pictures.read(path).alpha
    assert kept is not None
    assert np.array_equal(kept, alpha)
    assert list(tmp_path.iterdir()) == [path]


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
