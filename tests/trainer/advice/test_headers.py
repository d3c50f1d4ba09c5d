"""What the headers of files say of a folder's pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from trainer.advice.headers import Headers, common_aspect, read_headers
from trainer.options.config import TrainConfig


@pytest.mark.parametrize(
    ("sizes", "aspect"),
    [
        ([], None),
        ([(60, 80)] * 19 + [(80, 60)], 0.75),
        ([(60, 80)] * 18 + [(80, 60)] * 2, None),
        ([(60, 80), (301, 400)], 0.75),
    ],
)
def test_an_aspect_is_that_of_nearly_all(sizes: list[tuple[int, int]], aspect: float | None) -> None:
    """One in twenty may be another; rounding to whole pixels makes none."""
    assert common_aspect(sizes) == (None if aspect is None else pytest.approx(aspect, rel=0.005))


@pytest.mark.parametrize(
    ("sizes", "side"),
    [
        ([], 128),
        ([(16, 16), (24, 24)], 32),
        ([(33, 20), (60, 200)], 32),
        ([(28, 28)] * 19 + [(900, 600)], 32),
        ([(28, 28)] * 18 + [(90, 60)] * 2, 64),
        ([(400, 300)], 128),
    ],
)
def test_small_pictures_have_a_small_size(sizes: list[tuple[int, int]], side: int) -> None:
    """A multiple of 32 that at most one in twenty is larger than, and never more than the usual one."""
    assert Headers(tuple(sizes), 0.0).side(128) == side


def test_what_is_cut_off() -> None:
    """Of a picture twice as wide as high a square has half; of its own aspect nothing is cut off."""
    both = Headers(((200, 100), (100, 100)), 0.0)
    assert both.cut_off((128, 128)) == pytest.approx(0.25)
    assert Headers(((200, 100),), 0.0).cut_off((64, 128)) == pytest.approx(0)
    assert Headers((), 0.0).cut_off((64, 128)) == 0


def test_headers_tell_of_upright_pictures(tmp_path: Path) -> None:
    """A photograph on its side counts as it is seen, a broken file not at all, and transparency by its share."""
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (80, 60)).save(tmp_path / "turned.jpg", exif=turned)
    Image.new("RGBA", (30, 40)).save(tmp_path / "clear.png")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    found = read_headers(TrainConfig.of(data=tmp_path))
    assert sorted(found.sizes) == [(30, 40), (60, 80)]
    assert (found.aspect, found.transparent) == (0.75, 0.5)


def test_drawn_pictures_have_no_headers() -> None:
    """Built-in characters are no files."""
    assert read_headers(TrainConfig.of(characters=4)).aspect is None
