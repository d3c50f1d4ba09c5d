"""Labels come from tables beside the pictures and from folders that are classes, in the order of the pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer.data import Data, open_data
from trainer.data.listing import class_labels
from trainer.errors import DataError
from trainer.options.config import TrainConfig


def _fill(folder: Path, *names: str) -> None:
    """Pictures, each of its own grey level."""
    for level, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (32, 32), (10 * level, 0, 0)).save(folder / name)


def _open(folder: Path, **options: object) -> Data:
    return open_data(TrainConfig.of(data=folder, size=32, **options), lambda what, done, of: None)


def _by_level(data: Data, factor: str) -> list[str]:
    """The values of a factor in the order of the names that `_fill` was given."""
    assert data.factors is not None
    levels = data.train.pixels[np.arange(data.train.pixels.shape[0])][:, 0, 0, 0].tolist()
    return [value for _, value in sorted(zip(levels, data.factors[factor]))]


@pytest.mark.parametrize("no_cache", [False, True])
def test_a_table_names_factors(tmp_path: Path, no_cache: bool) -> None:
    """Columns become factors, files are named with or without folder and ending, and gaps are empty."""
    _fill(tmp_path, "a.png", "deep/b.jpg", "c.png", "d.png")
    (tmp_path / "labels.csv").write_text("file,hair,age\r\na.png,red,3\nb,brown,\n./c.png, blond ,5\nnone.png,x,1\n")
    data = _open(tmp_path, no_cache=no_cache)
    assert _by_level(data, "hair") == ["red", "brown", "blond", ""]
    assert _by_level(data, "age") == ["3", "", "5", ""]
    assert data.skipped == (("labels.csv", "names 1 files that are not there or not told apart, such as none.png"),)


def test_folders_are_classes(tmp_path: Path) -> None:
    """Where every picture lies in one of several folders, the folder is its class, beside what a table says."""
    _fill(tmp_path, "cats/1.png", "cats/2.png", "dogs/1.png", "dogs/2.png")
    (tmp_path / "cats" / "labels.csv").write_text("file,paw\n1.png,white\n")
    data = _open(tmp_path)
    assert _by_level(data, "class") == ["cats", "cats", "dogs", "dogs"]
    assert _by_level(data, "paw") == ["white", "", "", ""]


@pytest.mark.parametrize(
    ("keys", "classes"),
    [
        (["a.png", "x/b.png", "y/c.png", "y/d.png"], None),
        (["x/a.png", "x/b.png"], None),
        (["x/a.png", "y/b.png", "z/c.png"], None),
        (["x/1/a.png", "x/2/b.png", "y/c.png", "y/d.png"], ["x", "x", "y", "y"]),
        (["train/x/a.png", "train/y/b.png", "test/x/c.png", "test/y/d.png"], ["x", "y", "x", "y"]),
        (["train/a.png", "train/b.png", "test/c.png", "test/d.png"], None),
    ],
)
def test_which_folders_are_classes(keys: list[str], classes: list[str] | None) -> None:
    """Folders that only keep order, or that split, are no classes."""
    expected = [{}] * len(keys) if classes is None else [{"class": name} for name in classes]
    assert class_labels(keys) == expected


def test_no_labels_are_none(tmp_path: Path) -> None:
    """A folder of pictures and nothing else has no factors."""
    _fill(tmp_path, "a.png", "b.png")
    assert _open(tmp_path).factors is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "table with a header"),
        ("file\na.png\n", "needs a header"),
        ("file,x,x\na.png,1,2\n", "different name"),
        ("file,x\na.png\n", "row 2 has 1 cells under 2 names"),
        ("file,x\n\xff", "table with a header"),
    ],
)
def test_a_broken_table_is_named(tmp_path: Path, text: str, says: str) -> None:
    """A table that cannot be used is a `DataError` that names it and says what is wrong."""
    _fill(tmp_path, "a.png", "b.png")
    (tmp_path / "labels.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError, match=says):
        _open(tmp_path)
