"""What is remembered, in a file of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from desktop.state import settings
from desktop.state.settings import MOST_RECENT, Settings


def test_what_is_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    """Another reader of the same file finds everything."""
    first = Settings(tmp_path / "settings.ini")
    first.theme, first.language, first.provider, first.page = "dark", "zh_CN", "cpu", "picture"
    first.hint_was_seen = True
    first.set_layout("window", QByteArray(b"\x00\x01layout"))
    first.set_text("batch/pattern", "{name}, {kind}")
    first.add_recent(tmp_path / "a, b = c.png")
    del first
    second = Settings(tmp_path / "settings.ini")
    assert (second.theme, second.language, second.provider, second.page) == ("dark", "zh_CN", "cpu", "picture")
    assert second.hint_was_seen
    assert second.layout("window").data() == b"\x00\x01layout"
    assert second.text("batch/pattern") == "{name}, {kind}"
    assert second.recent == [tmp_path / "a, b = c.png"]


def test_following_the_system_is_remembered_too(tmp_path: Path) -> None:
    """A choice can be taken back."""
    first = Settings(tmp_path / "settings.ini")
    first.theme, first.language = "dark", "zh_CN"
    first.theme = first.language = None
    assert (first.theme, first.language) == (None, None)


def test_the_newest_picture_comes_first(tmp_path: Path) -> None:
    """Each picture once, and no more than fit a menu."""
    kept = Settings(tmp_path / "settings.ini")
    for index in [*range(MOST_RECENT + 3), 5]:
        kept.add_recent(tmp_path / f"{index}.png")
    assert [path.name for path in kept.recent[:2]] == ["5.png", f"{MOST_RECENT + 2}.png"]
    assert len(kept.recent) == MOST_RECENT
    kept.forget_recent()
    assert kept.recent == []


@pytest.mark.parametrize(
    "content", ["", "garbage", "[General]\ntheme=pink\nlanguage=7\nrecent=@Invalid()\n", "\x00\xff"]
)
def test_a_broken_file_is_a_first_day(tmp_path: Path, content: str) -> None:
    """Whatever is in the file, the program starts."""
    path = tmp_path / "settings.ini"
    path.write_text(content, encoding="utf-8")
    found = Settings(path)
    assert (found.theme, found.language, found.recent, found.hint_was_seen) == (None, None, [], False)
    assert found.layout("window").isEmpty()


def test_clear_leaves_nothing(tmp_path: Path) -> None:
    """Neither settings nor the last session."""
    found = Settings(tmp_path / "settings.ini")
    found.theme = "dark"
    assert found.session_file is not None
    found.session_file.write_text("{}")
    found.clear()
    assert found.theme is None
    assert not found.session_file.exists()
    assert Settings(tmp_path / "settings.ini").theme is None


def test_without_a_file_nothing_outlives_it() -> None:
    """Settings for a picture of the window are read from nowhere and written nowhere."""
    fleeting = Settings()
    fleeting.theme = "dark"
    assert fleeting.theme == "dark"
    assert Settings().theme is None
    assert fleeting.session_file is None


def test_the_file_is_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment says where, so that a test can have it elsewhere."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    if settings.platformdirs.unix.Unix is settings.platformdirs.PlatformDirs:
        assert settings.settings_file() == tmp_path / "convae" / "settings.ini"
