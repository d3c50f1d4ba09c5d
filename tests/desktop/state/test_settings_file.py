"""The settings' file, shared by every window that is open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.state.settings_file import LONGEST_TEXT, SettingsFile


def test_two_windows_share_one_file(tmp_path: Path) -> None:
    """What either changes is applied to what is there at that time."""
    path = tmp_path / "settings.json"
    first, second = SettingsFile(path), SettingsFile(path)
    first.change("theme", lambda _: "dark")
    first.write()
    second.change("page", lambda _: "morph")
    second.write()
    assert json.loads(path.read_text()) == {"theme": "dark", "page": "morph"}
    assert second.values["theme"] == "dark"


def test_a_change_sees_what_the_file_holds_now(tmp_path: Path) -> None:
    """A list that another window made longer meanwhile is made longer still; None removes a value."""
    path = tmp_path / "settings.json"
    first, second = SettingsFile(path), SettingsFile(path)
    for file, name in ((first, "a"), (second, "b")):
        file.change("recent", lambda value, name=name: [*(value or []), name])
        file.write()
    assert json.loads(path.read_text()) == {"recent": ["a", "b"]}
    first.change("recent", lambda _: None)
    first.write()
    assert json.loads(path.read_text()) == {}


@pytest.mark.parametrize("content", [b"[1]", b"{", b"[" * 100_000])
def test_what_is_no_settings_file_is_put_aside(tmp_path: Path, content: bytes) -> None:
    """Nothing is lost by a slip of the pen."""
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings = SettingsFile(path)
    assert settings.values == {}
    settings.change("theme", lambda _: "dark")
    settings.write()
    assert path.with_suffix(".broken").read_bytes() == content
    assert json.loads(path.read_text()) == {"theme": "dark"}


def test_only_values_are_kept(tmp_path: Path) -> None:
    """Numbers and objects in the file are passed over, and a text that is too long is not set."""
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"a": 1, "b": {"c": "d"}, "theme": "dark"}))
    settings = SettingsFile(path)
    assert settings.values == {"theme": "dark"}
    settings.change("theme", lambda _: "x" * (LONGEST_TEXT + 1))
    assert settings.values == {"theme": "dark"}


def test_clearing_leaves_nothing(tmp_path: Path) -> None:
    """Not even what another window has set since."""
    path = tmp_path / "settings.json"
    settings, other = SettingsFile(path), SettingsFile(path)
    other.change("theme", lambda _: "dark")
    other.write()
    settings.clear()
    settings.write()
    assert json.loads(path.read_text()) == {}
