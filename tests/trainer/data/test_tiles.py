"""Tiles cover a picture at its own resolution, and go to training or to the held-out pictures together."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from trainer.data import open_data
from trainer.data.listing import Tile, list_folder
from trainer.data.reading import UnreadablePictureError
from trainer.data.tiles import cut, grid, in_tiles
from trainer.options.config import TrainConfig


def _numbered(width: int, height: int) -> Image.Image:
    """Every pixel tells its column and its row."""
    column, row = np.meshgrid(np.arange(width), np.arange(height))
    return Image.fromarray(np.stack([column, row, column * 0], axis=2).astype(np.uint8))


def _quiet(_what: str, _done: int, _of: int) -> None:
    pass


@given(width=st.integers(48, 250), height=st.integers(48, 250))
def test_tiles_cover_the_picture(width: int, height: int) -> None:
    """Every pixel of a picture lies in a tile, unchanged and in its place."""
    picture, cells = _numbered(width, height), grid(width, height, 48)
    seen = np.zeros((height, width), bool)
    for number in range(cells.columns * cells.rows):
        tile = cut(picture, Tile(number, 48), 48)
        left, top = tile[0, 0, :2].astype(int)
        assert (tile == np.asarray(picture)[top : top + 48, left : left + 48]).all()
        seen[top : top + 48, left : left + 48] = True
    assert seen.all()


def test_the_middle_of_a_tile() -> None:
    """The smaller square of a tile is its middle, so that a tile is the same place at both sizes."""
    picture = _numbered(100, 60)
    large, small = (cut(picture, Tile(2, 48), size) for size in (48, 32))
    assert (large[8:40, 8:40] == small).all()


def test_a_picture_smaller_than_a_tile_goes_on_as_its_mirror_image() -> None:
    """It gives one tile with its own pixels, none of them softer than it is."""
    picture = _numbered(30, 20)
    assert grid(30, 20, 48).columns * grid(30, 20, 48).rows == 1
    tile = cut(picture, Tile(0, 48), 48)
    assert (tile[:20, :30] == np.asarray(picture)).all()
    assert (tile[20:40] == tile[19::-1]).all()
    assert (tile[:, 30:] == tile[:, 29:11:-1]).all()
    assert cut(picture, Tile(0, 48), 32).shape == (32, 32, 3)


def test_a_tile_that_is_not_there_any_more() -> None:
    """A picture that became smaller after it was listed is named as changed."""
    with pytest.raises(UnreadablePictureError, match="changed"):
        cut(Image.new("RGB", (48, 48)), Tile(4, 48), 48)


def test_a_turned_picture_has_the_tiles_of_the_upright_one(tmp_path: Path) -> None:
    """Tiles are counted on the picture as it stands, whatever its file's orientation."""
    exif = Image.Exif()
    exif[0x0112] = 6
    _numbered(96, 40).save(tmp_path / "turned.png", exif=exif)
    tiles = in_tiles(list_folder(tmp_path), 48, _quiet).items
    assert [item.tile for item in tiles] == [Tile(0, 48), Tile(1, 48)]
    assert tiles[1].name == "turned.png, tile 2 of 2"


@pytest.mark.parametrize("no_cache", [False, True])
def test_tiles_are_pictures_to_train_on(tmp_path: Path, no_cache: bool) -> None:
    """Tiles of one picture are all held out or all trained on; broken files are named once; both roads agree."""
    for number in range(4):
        Image.new("RGB", (100, 50), (number, 0, 0)).save(tmp_path / f"{number}.png")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    data = open_data(TrainConfig.of(data=tmp_path, size=32, tiles=True, no_cache=no_cache), _quiet)
    assert [name for name, _ in data.skipped] == ["broken.png"]
    tiles = {tuple(part.batch(slice(None))[:, 0, 0, 0].tolist()) for part in (data.train, data.holdout)}
    assert sorted(map(len, tiles)) == [6, 18]
    held, kept = sorted(map(set, tiles), key=len)
    assert not held & kept
    assert data.seen.batch(slice(0, 1)).shape == (1, 48, 48, 3)


def test_a_picture_that_breaks_off_is_named_once(tmp_path: Path) -> None:
    """Its header promises four tiles, of which none can be decoded: that is one file less, and not four."""
    for number in range(3):
        Image.new("RGB", (90, 90), (number, 0, 0)).save(tmp_path / f"{number}.png")
    content = io.BytesIO()
    Image.effect_noise((90, 90), 50).save(content, "PNG")
    (tmp_path / "short, tile 1.png").write_bytes(content.getvalue()[:2000])
    data = open_data(TrainConfig.of(data=tmp_path, size=32, tiles=True), _quiet)
    assert [name for name, _ in data.skipped] == ["short, tile 1.png"]
