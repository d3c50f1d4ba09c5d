"""What the program keeps only to be quick."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from desktop.engine.folder import caches
from desktop.engine.folder.caches import Cache, CacheError


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data: an index of 30 bytes with a thumbnail of 12, and a detector beside it."""
    place = tmp_path / "data"
    (place / "indexes" / "abc").mkdir(parents=True)
    (place / "indexes" / "abc" / caches.INDEX_FILE).write_bytes(bytes(30))
    (place / "indexes" / "abc" / "thumbnails").write_bytes(bytes(12))
    (place / "detectors").mkdir()
    (place / "detectors" / "abc.npz").write_bytes(bytes(7))
    monkeypatch.setattr(caches, "data_folder", lambda: place)
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "training"))
    return place


def test_each_cache_has_the_bytes_that_can_be_made_again(data: Path, tmp_path: Path) -> None:
    """Of what is kept of folders the indexes alone count; a cache that is not there has none."""
    assert caches.caches() == [Cache("indexes", data, 42), Cache("training", tmp_path / "training", 0)]
    (tmp_path / "training" / "set").mkdir(parents=True)
    (tmp_path / "training" / "set" / "pixels").write_bytes(bytes(5))
    assert caches.caches()[1].bytes == 5


def test_emptying_leaves_what_cannot_be_made_again(data: Path) -> None:
    """Detectors stay; the folder of the index goes whole."""
    caches.empty(caches.caches()[0])
    assert caches.caches()[0].bytes == 0
    assert not (data / "indexes" / "abc").exists()
    assert (data / "detectors" / "abc.npz").exists()


def test_an_index_that_is_linked_from_elsewhere_is_left_alone(data: Path, tmp_path: Path) -> None:
    """Nothing outside the data folder is removed."""
    (data / "indexes" / "abc").rename(tmp_path / "elsewhere")
    (data / "indexes" / "abc").symlink_to(tmp_path / "elsewhere")
    caches.empty(Cache("indexes", data, 0))
    assert (tmp_path / "elsewhere" / caches.INDEX_FILE).exists()


@pytest.mark.usefixtures("data")
def test_a_trainer_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sets of the trainer are removed by the trainer itself."""

    def fail(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(1, "python")

    monkeypatch.setattr(caches.subprocess, "run", fail)
    with pytest.raises(CacheError, match="training was not emptied"):
        caches.empty(caches.caches()[1])
