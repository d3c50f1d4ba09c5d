"""WebDataset shards give the pictures that are in them, in a fixed order, whatever else is wrong with them."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from trainer.data import Data, open_data
from trainer.data import shards as shards_module
from trainer.data.dataset import pictures_are_there
from trainer.errors import DataError
from trainer.options.config import TrainConfig


def _picture(level: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 36), (level, 0, 0)).save(file, format="PNG")
    return file.getvalue()


def _write(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def _open(data: Path, **options: object) -> Data:
    return open_data(TrainConfig.of(data=data, size=32, **options), lambda what, done, of: None)


def _levels(pixels: NDArray[np.uint8]) -> list[int]:
    return pixels[:, 0, 0, 0].tolist()


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    """Three shards of four pictures each, with classes and other facts."""
    for shard in range(3):
        members: dict[str, bytes] = {}
        for index in range(4):
            level = 10 * (4 * shard + index)
            key = f"{4 * shard + index:06d}"
            members |= {f"{key}.png": _picture(level), f"{key}.cls": b"%d" % (index % 2)}
            members[f"{key}.json"] = b'{"level": %d, "nested": {}}' % level
        _write(tmp_path / f"set-{shard:02d}.tar", members)
    return tmp_path / "set-{00..02}.tar"


@pytest.mark.parametrize("no_cache", [False, True])
def test_shards_are_read_whole(shards: Path, no_cache: bool) -> None:
    """Every picture is trained on or held out, with its class and facts; cached and streamed alike."""
    data = _open(shards, holdout=0.25, no_cache=no_cache)
    assert (len(data.train), len(data.holdout)) == (9, 3)
    levels = _levels(data.train.batch(slice(None))) + _levels(data.holdout.batch(slice(None)))
    assert sorted(levels) == list(range(0, 120, 10))
    assert data.source == "12 pictures in set-{00..02}.tar (3 shards)"
    assert data.factors is not None
    by_row = _levels(data.train.pixels[np.arange(12)])
    assert data.factors["level"] == [str(level) for level in by_row]
    assert data.factors["class"] == [str(level // 10 % 2) for level in by_row]
    assert set(data.factors) == {"level", "class"}


def test_cached_and_streamed_are_alike(shards: Path) -> None:
    """The same pictures come in the same order with the cache and without it."""
    cached, streamed = (_open(shards, no_cache=no_cache) for no_cache in (False, True))
    assert np.array_equal(cached.train.batch(slice(None)), streamed.train.batch(slice(None)))
    assert np.array_equal(cached.holdout.batch(slice(None)), streamed.holdout.batch(slice(None)))


def test_the_split_of_a_shard_is_its_folders(tmp_path: Path) -> None:
    """Folders `train` and `test` within a shard decide what is held out."""
    names = ("train/a.png", "train/b.png", "test/c.png")
    path = _write(tmp_path / "a.tar", {name: _picture(level) for level, name in enumerate(names)})
    data = _open(path)
    assert _levels(data.train.batch(slice(None))) == [0, 1]
    assert _levels(data.holdout.batch(slice(None))) == [2]


@pytest.mark.parametrize("no_cache", [False, True])
def test_broken_members_are_named_and_skipped(tmp_path: Path, no_cache: bool) -> None:
    """A member that is no picture, a shard that breaks off and one that is no shard are named; the rest is used."""
    _write(tmp_path / "s-0.tar", {"a.png": _picture(1), "b.png": b"words", "c.png": _picture(2), "c.txt": b"words"})
    whole = _write(tmp_path / "s-1.tar", {"d.png": _picture(3), "e.png": _picture(4) + bytes(60_000)}).read_bytes()
    (tmp_path / "s-1.tar").write_bytes(whole[:3000])
    (tmp_path / "s-2.tar").write_text("words")
    data = _open(tmp_path / "s-{0..2}.tar", no_cache=no_cache)
    skipped = dict(data.skipped)
    assert skipped["s-0.tar/b.png"] == "not a picture"
    assert skipped["s-1.tar"].startswith("broken after")
    assert skipped["s-2.tar"].startswith("not an uncompressed .tar file")
    assert {1, 2, 3} <= {*_levels(data.train.batch(slice(None))), *_levels(data.holdout.batch(slice(None)))}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.tar", "There is no shard .*none.tar;"),
        ("none-{0..4}.tar", "There is no shard .*none-0.tar and 4 more"),
        ("text.tar", "holds no pictures .*not an uncompressed"),
        ("packed.tar", "holds no pictures .*not an uncompressed"),
        ("empty.tar", "holds no pictures"),
        ("one.tar", "1 usable"),
    ],
)
def test_unusable_shards(tmp_path: Path, name: str, says: str) -> None:
    """Shards that are missing, no tar files, compressed, without pictures or with one alone are each a clear error."""
    (tmp_path / "text.tar").write_text("words")
    with tarfile.open(tmp_path / "packed.tar", "w:gz"):
        pass
    _write(tmp_path / "empty.tar", {"a.txt": b"words"})
    _write(tmp_path / "one.tar", {"a.png": _picture(1)})
    with pytest.raises(DataError, match=says):
        _open(tmp_path / name)


def test_whether_pictures_are_still_there(shards: Path) -> None:
    """A folder or set of shards is there while nothing of it is missing."""
    assert pictures_are_there(shards)
    assert pictures_are_there(shards.parent)
    (shards.parent / "set-01.tar").unlink()
    assert not pictures_are_there(shards)
    assert not pictures_are_there(shards.parent / "none")


@pytest.mark.parametrize("no_cache", [False, True])
def test_many_are_opened_as_few_are(shards: Path, monkeypatch: pytest.MonkeyPatch, no_cache: bool) -> None:
    """Where only places and numbers are kept, the split, the pictures and their labels are the same."""
    few = _open(shards, holdout=0.25, no_cache=no_cache, near_duplicates="anywhere")
    monkeypatch.setattr("trainer.data.dataset.MANY", 5)
    many = _open(shards, holdout=0.25, no_cache=no_cache, near_duplicates="anywhere")
    for one, other in ((few.train, many.train), (few.holdout, many.holdout)):
        assert np.array_equal(one.rows, other.rows)
        assert np.array_equal(one.batch(slice(None)), other.batch(slice(None)))
    assert few.factors is not None
    assert many.factors is not None
    assert few.factors == {name: list(values) for name, values in many.factors.items()}
    assert (many.group, many.keys) == (None, ())


def test_an_index_that_cannot_be_kept_changes_nothing(
    shards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a place to remember shards in they are listed anew each time."""
    whole = _open(shards, no_cache=True)
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "file" / "cache"))
    again = _open(shards, no_cache=True)
    assert whole.keys == again.keys
    assert whole.factors == again.factors


def test_what_lies_beyond_two_tebibytes_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the last picture up to there are used, and that the shard goes on is said."""
    _write(tmp_path / "a.tar", {f"{level}.png": _picture(level) for level in range(4)})
    monkeypatch.setattr(shards_module, "LARGEST_SHARD_BYTES", 3072)  # three members of a header and a block
    data = _open(tmp_path / "a.tar", no_cache=True)
    assert dict(data.skipped) == {"a.tar": "broken after 2 pictures (larger than 2 TiB)"}
    assert len(data.train) + len(data.holdout) == 2
