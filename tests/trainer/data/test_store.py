"""Prepared pictures are known by content and size: places, names and dates do not matter."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer.data import Data, open_data
from trainer.data import store as module
from trainer.data.cache import cache_folder
from trainer.data.remembered import INDEX_FILE, content_hash, remembered
from trainer.options.config import TrainConfig


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pictures that were decoded."""
    names: list[str] = []
    decode = module.decode

    def note(item: module.Item, size: int, read: Callable[[module.Item], Image.Image]) -> object:
        names.append(item.name)
        return decode(item, size, read)

    monkeypatch.setattr(module, "decode", note)
    return names


def _open(folder: Path, size: int = 32) -> Data:
    return open_data(TrainConfig.of(data=folder, size=size), lambda what, done, of: None)


def _all(data: Data) -> list[bytes]:
    return sorted(picture.tobytes() for part in (data.train, data.holdout) for picture in part.batch(slice(None)))


def _touch(folder: Path) -> Path:
    for path in folder.rglob("*.png"):
        path.touch()
    return folder


def _copy(folder: Path) -> Path:
    return Path(shutil.copytree(folder, folder.with_name("copy")))


def _rename(folder: Path) -> Path:
    folder = folder.rename(folder.with_name("renamed"))
    for index, path in enumerate(sorted(folder.rglob("*.png"))):
        path.rename(path.with_name(f"another-{99 - index}.png"))
    return folder


@pytest.mark.parametrize("change", [_touch, _copy, _rename])
def test_the_same_pictures_are_not_decoded_again(
    change: Callable[[Path], Path], picture_folder: Path, tmp_path: Path, decoded: list[str]
) -> None:
    """A folder that was touched, copied or renamed, with its files, finds its pictures prepared."""
    folder = Path(shutil.copytree(picture_folder, tmp_path / "pictures"))
    before = _all(_open(folder))
    assert len(decoded) == 12
    assert _all(_open(change(folder))) == before
    assert len(decoded) == 12


def test_only_new_pictures_are_decoded(picture_folder: Path, tmp_path: Path, decoded: list[str]) -> None:
    """With one picture more, one picture is decoded; the others are taken from the older set, unchanged."""
    folder = Path(shutil.copytree(picture_folder, tmp_path / "pictures"))
    before = _all(_open(folder))
    Image.new("RGB", (50, 40), "red").save(folder / "more.png")
    after = _all(_open(folder))
    assert decoded[12:] == ["more.png"]
    assert set(before) < set(after)
    assert len(after) == 13


def test_a_changed_picture_and_another_size_are_decoded(
    picture_folder: Path, tmp_path: Path, decoded: list[str]
) -> None:
    """A file with other content is read anew; another size is another set."""
    folder = Path(shutil.copytree(picture_folder, tmp_path / "pictures"))
    _open(folder)
    Image.new("RGB", (33, 33), "blue").save(folder / "01.png")
    assert np.full((32, 32, 3), (0, 0, 255), np.uint8).tobytes() in _all(_open(folder))
    assert decoded[12:] == ["01.png"]
    assert _open(folder, size=64).train.pixels.shape[1:] == (64, 64, 3)
    assert len(decoded) == 25


def test_copies_of_a_picture_share_its_pixels(tmp_path: Path, decoded: list[str]) -> None:
    """Files with the same content are decoded once, and each of them still counts."""
    for name in ("a.png", "b.png", "c.png"):
        Image.new("RGB", (40, 40), "red").save(tmp_path / name)
    data = _open(tmp_path)
    assert len(data.train) + len(data.holdout) == 3
    assert data.train.pixels.shape[0] == 1
    assert len(decoded) == 1


def test_a_file_is_looked_at_once(tmp_path: Path) -> None:
    """What was worked out of a file is remembered until its size or date changes; a file that is gone gives nothing."""
    path, gone = tmp_path / "file", tmp_path / "gone"
    path.write_text("one")
    asked: list[Path] = []

    def work_out(path: Path) -> str:
        asked.append(path)
        return content_hash(path)

    def ask() -> list[str | None]:
        return remembered([path, gone], "sha256", work_out, lambda done, of: None)

    first = ask()
    assert first[1] is None
    assert ask() == first
    assert len(asked) == 1
    path.write_text("another")
    assert ask() != first
    assert len(asked) == 2


def test_a_broken_index_is_worked_around(tmp_path: Path) -> None:
    """An index that is no database costs time, and nothing else."""
    path = tmp_path / "file"
    path.write_text("one")
    cache_folder().mkdir()
    (cache_folder() / INDEX_FILE).write_text("not a database, and long enough to be taken for one" * 100)
    assert remembered([path], "sha256", content_hash, lambda done, of: None) == [content_hash(path)]
