"""A folder becomes pictures to train on and pictures held out, prepared once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer.data import Data, open_data
from trainer.data.reading import read_picture
from trainer.errors import DataError
from trainer.options.config import TrainConfig


def _open(folder: Path | None, **options: object) -> Data:
    config = TrainConfig.of(data=folder, size=32, **options)
    return open_data(config, lambda what, done, of: None)


def test_every_picture_is_found_once(picture_folder: Path) -> None:
    """Pictures of sub-folders too are read, and each is either trained on or held out."""
    data = _open(picture_folder, holdout=0.25)
    assert (len(data.train), len(data.holdout)) == (9, 3)
    assert sorted([*data.train.rows, *data.holdout.rows]) == list(range(12))
    expected = {read_picture(path, 32).tobytes() for path in picture_folder.rglob("*.png")}
    assert {picture.tobytes() for picture in data.train.batch(slice(None))} < expected


def test_split_follows_from_the_names_alone(tmp_path: Path, picture_folder: Path) -> None:
    """A copy of a folder elsewhere, with other pictures under the same names, is split alike."""
    (tmp_path / "more").mkdir()
    names = sorted(path.relative_to(picture_folder) for path in picture_folder.rglob("*.png"))
    for level, name in enumerate(names):
        Image.new("RGB", (32, 32), (level, level, level)).save(tmp_path / name)
    first, second = _open(picture_folder, holdout=0.5), _open(tmp_path, holdout=0.5)
    held = [int(picture[0, 0, 0]) for picture in second.holdout.batch(slice(None))]
    expected = [read_picture(picture_folder / names[level], 32) for level in held]
    assert np.array_equal(first.holdout.batch(slice(None)), expected)
    assert sorted(held) != list(range(6))


def test_train_and_test_folders_decide(tmp_path: Path, picture_folder: Path) -> None:
    """Where there are folders `train` and `test`, the second is what is held out."""
    for index, path in enumerate(sorted(picture_folder.glob("*.png"))[:5]):
        target = tmp_path / ("test" if index < 2 else "train") / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    data = _open(tmp_path)
    assert (len(data.train), len(data.holdout)) == (3, 2)
    expected = [read_picture(path, 32) for path in sorted((tmp_path / "test").iterdir())]
    assert np.array_equal(data.holdout.batch(slice(None)), expected)


def test_unusable_files_are_named_and_skipped(tmp_path: Path) -> None:
    """Broken pictures are listed with a reason; files that are no pictures, and what is hidden, are passed over."""
    for name in ("a.png", "b.JPG", "c.png"):
        Image.new("RGB", (40, 40), "red").save(tmp_path / name, format="PNG")
    (tmp_path / "words.png").write_text("not a picture")
    (tmp_path / "notes.txt").write_text("notes")
    (tmp_path / ".thumbnails").mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / ".thumbnails" / "t.png")
    (tmp_path / "._a.png").write_text("what a Mac leaves beside a.png")
    data = _open(tmp_path)
    assert data.skipped == (("words.png", "not a picture"), ("*.txt", "1 file passed over by the ending"))
    assert len(data.train) + len(data.holdout) == 3


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (None, "There is no folder"),
        ({}, r"holds no pictures \(.*\.webp\); choose another folder"),
        ({"a.txt": "", "b.txt": "", "c.mp4": ""}, r"\.webp\), but 2 files \.txt and 1 more; choose"),
        ({"a.png": "words"}, r"a\.png: not a picture\); at least 2 are needed\. Add some, or choose another folder"),
    ],
    ids=["missing", "empty", "other files", "no usable picture"],
)
def test_nothing_to_train_on(tmp_path: Path, files: dict[str, str] | None, says: str) -> None:
    """A missing folder, an empty one and one with broken files alone are each a clear `DataError`."""
    folder = tmp_path / "pictures"
    if files is not None:
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text)
    with pytest.raises(DataError, match=says):
        _open(folder)


def test_a_picture_is_no_folder(tmp_path: Path) -> None:
    """Who names a picture is told to name its folder."""
    Image.new("RGB", (40, 40)).save(tmp_path / "a.png")
    with pytest.raises(DataError, match=r"a\.png is a file; --data takes the folder that it is in"):
        _open(tmp_path / "a.png")


def test_characters_hold_out_the_last_and_keep_factors() -> None:
    """The last tenth of the characters is held out, and every factor has a value for every picture."""
    data = _open(None, characters=40)
    assert list(data.holdout.rows) == [36, 37, 38, 39]
    assert data.factors is not None
    assert {len(values) for values in data.factors.values()} == {40}
    assert "CC BY 4.0" in data.source
