"""The cache builds once, keeps what is in use, and removes what was not used for longest."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from trainer.data import cache as module
from trainer.data.cache import HeldSet, cache_folder, cached, limit_bytes, list_sets, trim
from trainer.errors import DataError


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))


def _make(name: str, size: int = 1000, age: int = 0) -> HeldSet:
    """A set of some bytes, last used so many seconds ago."""
    held = cached(name, lambda folder: _write(folder, size))
    used = held.folder.stat().st_mtime - age
    os.utime(held.folder, (used, used))
    return held


def _write(folder: Path, size: int) -> None:
    (folder / "content").write_bytes(bytes(size))


def _names() -> list[str]:
    return [each.folder.name for each in list_sets()]


def test_two_at_once_build_once() -> None:
    """Threads that ask for the same folder at the same moment get one build."""
    built: list[Path] = []

    def build(folder: Path) -> None:
        built.append(folder)
        (folder / "done").write_text("yes")

    threads = [threading.Thread(target=cached, args=("same", build)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    assert (cache_folder() / "same" / "done").read_text() == "yes"


def test_a_failed_build_leaves_nothing() -> None:
    """When preparing fails, no half-filled folder is taken for a whole one later."""

    def build(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(DataError, match="No space left on device"):
        cached("failing", build)
    assert not [path for path in cache_folder().iterdir() if "failing" in path.name and path.is_dir()]


def test_a_bad_limit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that is no number is refused in a sentence that names the variable."""
    for text in ("lots", "-1", "nan", "inf"):
        monkeypatch.setenv("CONVAE_CACHE_GB", text)
        with pytest.raises(DataError, match="CONVAE_CACHE_GB"):
            limit_bytes()


def test_the_least_recently_used_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new set that takes the cache past its limit removes the oldest sets, and no more than it must."""
    for name, age in (("old", 300), ("older", 400), ("new", 100)):
        _make(name, age=age)
    monkeypatch.setenv("CONVAE_CACHE_GB", str(3000 / 1e9))
    _make("another")
    assert _names() == ["old", "new", "another"]


def test_use_makes_recent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A set that is opened again is no longer the oldest."""
    _make("first", age=500)
    _make("second", age=400)
    cached("first", lambda folder: _write(folder, 1))
    monkeypatch.setenv("CONVAE_CACHE_GB", str(2000 / 1e9))
    _make("third")
    assert _names() == ["first", "third"]


def test_what_is_in_use_stays() -> None:
    """A set stays for as long as something that it was kept for lives, and can go afterwards."""

    class User:
        """Something that can be referred to weakly."""

    user = User()
    _make("held").keep_for(user)
    assert trim(0) == []
    assert [each.in_use for each in list_sets()] == [True]
    del user
    assert [each.folder.name for each in trim(0)] == ["held"]
    assert _names() == []


# The module is loaded by its path: importing its package brings torch, which takes seconds.
HOLDING = f"""
import importlib.util, sys
spec = importlib.util.spec_from_file_location("cache", {module.__file__!r})
cache = sys.modules["cache"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cache)
held = cache.cached("held", lambda folder: (folder / "content").write_text("x"))
print("holding", flush=True)
sys.stdin.read()
"""


def test_another_process_keeps_its_set_until_it_dies() -> None:
    """What another process has open is kept, and goes once that process was killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        assert trim(0) == []
        process.kill()
    assert [each.folder.name for each in trim(0)] == ["held"]
