"""Results about files that need not be computed again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trainer.data.remembered import INDEX_FILE, content_hash, remembered


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Reader:
    """Reads files, and counts."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, path: Path) -> str:
        self.read.append(path.name)
        return path.read_text()

    def texts(self, paths: list[Path], kind: str = "text") -> list[str | None]:
        """What is remembered of them; forgets what was read before."""
        self.read.clear()
        return remembered(paths, kind, self, lambda *_: None)


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Three files, the second of which is not there, and one of whose names is no text."""
    found = [tmp_path / "a", tmp_path / "gone", tmp_path / os.fsdecode(b"d\xe9")]
    found[0].write_text("one")
    found[2].write_text("three")
    return found


def test_a_file_is_read_once_until_it_changes(paths: list[Path]) -> None:
    """By its size and time; another kind of text is remembered beside it."""
    reader = Reader()
    assert reader.texts(paths) == ["one", None, "three"]
    assert sorted(reader.read) == sorted(["a", paths[2].name])
    assert reader.texts(paths) == ["one", None, "three"]
    assert reader.read == []
    paths[0].write_text("other")
    assert reader.texts(paths) == ["other", None, "three"]
    assert reader.read == ["a"]
    reader.texts(paths, "another kind")
    assert len(reader.read) == 2


@pytest.mark.parametrize("harm", ["broken", "folder"])
def test_without_an_index_everything_is_read_again(paths: list[Path], cache: Path, harm: str) -> None:
    """A broken one, or none that can be made, loses nothing but time."""
    reader = Reader()
    cache.mkdir()
    if harm == "broken":
        (cache / INDEX_FILE).write_bytes(b"this is no database, and never was one" * 100)
    else:
        (cache / INDEX_FILE).mkdir()
    for _ in range(2):
        assert reader.texts(paths) == ["one", None, "three"]
        assert len(reader.read) == 2


def test_progress_counts_what_is_worked_out(paths: list[Path]) -> None:
    """Files that are remembered are done already."""
    told: list[tuple[int, int]] = []
    for expected in ([(1, 2), (2, 2)], []):
        told.clear()
        remembered(paths, "text", Path.read_text, lambda done, total: told.append((done, total)))
        assert told == expected


def test_the_hash_is_that_of_the_content(tmp_path: Path) -> None:
    """SHA-256, in hexadecimal."""
    (tmp_path / "a").write_bytes(b"abc")
    assert content_hash(tmp_path / "a").startswith("ba7816bf8f01cfea414140de5dae2223")
