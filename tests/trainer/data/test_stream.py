"""Streamed pictures are those of the cache, in the same order, and nothing is kept of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer.data import Data, open_data
from trainer.errors import DataError
from trainer.options.config import TrainConfig


def _open(folder: Path | None, **options: object) -> Data:
    return open_data(TrainConfig.of(data=folder, size=32, **options), lambda what, done, of: None)


def _same(first: Data, second: Data) -> bool:
    pairs = [(first.train, second.train), (first.holdout, second.holdout), (first.seen, second.seen)]
    return all(np.array_equal(a.batch(slice(None)), b.batch(slice(None))) for a, b in pairs)


@pytest.mark.parametrize("crop", [1.0, 0.5])
def test_streaming_gives_the_pixels_of_the_cache(
    crop: float, picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder gives the same pictures in the same order with the cache and without, at the larger size too."""
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))
    streamed = _open(picture_folder, crop=crop, no_cache=True)
    assert streamed.seen.batch(slice(0, 1)).shape[1:] == ((32, 32, 3) if crop == 1 else (46, 46, 3))
    assert not (tmp_path / "cache").exists()
    assert _same(streamed, _open(picture_folder, crop=crop))


def test_characters_can_be_drawn_while_training() -> None:
    """Built-in characters too are the same, with the same labels, without the cache."""
    cached, streamed = (_open(None, characters=6, no_cache=no_cache) for no_cache in (False, True))
    assert _same(cached, streamed)
    assert cached.factors == streamed.factors


def test_foreign_files_are_skipped_and_broken_ones_replaced(tmp_path: Path) -> None:
    """A file that is no picture is skipped; one that breaks off shows the next whole picture in its place."""
    for name, colour in (("a.png", "red"), ("c.png", "blue")):
        Image.new("RGB", (32, 32), colour).save(tmp_path / name)
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8))
    noise.save(tmp_path / "b.png")
    (tmp_path / "b.png").write_bytes((tmp_path / "b.png").read_bytes()[:2000])
    (tmp_path / "words.png").write_text("words")
    data = _open(tmp_path, no_cache=True)
    assert data.skipped == (("words.png", "not a picture"),)
    pixels = data.train.pixels[np.array([0, 1, 2])]
    assert [tuple(picture[0, 0]) for picture in pixels] == [(255, 0, 0), (0, 0, 255), (0, 0, 255)]


def test_pictures_that_vanish_are_a_clear_error(tmp_path: Path) -> None:
    """When every file is gone in the middle of a run, the error says so."""
    for name in ("a.png", "b.png"):
        Image.new("RGB", (32, 32)).save(tmp_path / name)
    data = _open(tmp_path, no_cache=True)
    for path in tmp_path.glob("*.png"):
        path.unlink()
    with pytest.raises(DataError, match="are they still there"):
        data.train.batch(slice(None))
