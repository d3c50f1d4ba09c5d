"""The command that shows the cache of prepared pictures, and clears it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from trainer import cache
from trainer.data.cache import HeldSet, cached, list_sets
from trainer.data.remembered import INDEX_FILE, remembered


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))


def kept(name: str, megabytes: int) -> HeldSet:
    """A set that is in use for as long as it is held."""
    return cached(name, lambda folder: (folder / "content").write_bytes(bytes(megabytes * 10**6)))


def command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Runs the command; gives its exit status."""
    monkeypatch.setattr(sys, "argv", ["cache", *arguments])
    return cache.main()


def test_the_command_shows_and_clears(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each set is listed with its size, and those that no run has open are cleared."""
    held = kept("held", 20)
    kept("free", 10)
    assert command(monkeypatch) == 0
    shown = capsys.readouterr().out
    assert "0.03 GB of at most 50.00 GB" in shown
    assert "0.02 GB" in next(line for line in shown.splitlines() if "held" in line and "in use" in line)
    assert command(monkeypatch, "--clear") == 0
    assert "Removed 1 sets, 0.01 GB" in (said := capsys.readouterr().out)
    assert "Kept, because a run has it open" in said
    assert [each.folder.name for each in list_sets()] == [held.folder.name]


def test_what_is_remembered_of_files_goes_with_the_last_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept as long as a run has a set open."""
    (tmp_path / "a").touch()
    remembered([tmp_path / "a"], "size", lambda path: str(path.stat().st_size), lambda *_: None)
    index, held = tmp_path / "cache" / INDEX_FILE, kept("held", 1)
    assert command(monkeypatch, "--clear") == 0
    assert index.exists()
    del held
    assert command(monkeypatch, "--clear") == 0
    assert not index.exists()


def test_a_limit_that_is_no_number_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the name of the variable that says it."""
    monkeypatch.setenv("CONVAE_CACHE_GB", "lots")
    assert command(monkeypatch) == 2
    assert capsys.readouterr().err.startswith("error: CONVAE_CACHE_GB")
