"""What is remembered, in a file of the test's own."""

from __future__ import annotations

import ast
import json
import os
import pickle
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some
from PySide6.QtCore import QByteArray, QSettings

from desktop.state import old_settings, settings, settings_file
from desktop.state.settings import MOST_RECENT, Settings
from tests.test_import_rules import sources


def kept(path: Path) -> Settings:
    """The settings in a file, as the next start finds them."""
    return Settings(path)


def test_what_is_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    """Another reader of the same file finds everything."""
    first = Settings(tmp_path / "settings.json")
    first.theme, first.language, first.provider, first.page = "dark", "zh_CN", "cpu", "picture"
    first.hint_was_seen = True
    first.set_layout("window", QByteArray(b"\x00\x01layout"))
    first.set_text("batch/pattern", "{name}, {kind}")
    first.add_recent(tmp_path / "a, b = c\n.png")
    first.add_recent(tmp_path / os.fsdecode(b"caf\xe9.png"))
    first.flush()
    second = kept(tmp_path / "settings.json")
    assert (second.theme, second.language, second.provider, second.page) == ("dark", "zh_CN", "cpu", "picture")
    assert second.hint_was_seen
    assert second.layout("window").data() == b"\x00\x01layout"
    assert second.text("batch/pattern") == "{name}, {kind}"
    assert second.recent == [tmp_path / os.fsdecode(b"caf\xe9.png"), tmp_path / "a, b = c\n.png"]
    assert [each.name for each in tmp_path.iterdir() if each.suffix not in (".json", ".lock")] == []


def test_following_the_system_is_remembered_too(tmp_path: Path) -> None:
    """A choice can be taken back."""
    first = Settings(tmp_path / "settings.json")
    first.theme, first.language = "dark", "zh_CN"
    first.theme = first.language = None
    assert (first.theme, first.language) == (None, None)


def test_the_newest_picture_comes_first(tmp_path: Path) -> None:
    """Each picture once, and no more than fit a menu."""
    found = Settings(tmp_path / "settings.json")
    for index in [*range(MOST_RECENT + 3), 5]:
        found.add_recent(tmp_path / f"{index}.png")
    assert [path.name for path in found.recent[:2]] == ["5.png", f"{MOST_RECENT + 2}.png"]
    assert len(found.recent) == MOST_RECENT
    found.forget_recent()
    assert found.recent == []


def test_two_windows_keep_what_either_set(tmp_path: Path) -> None:
    """Each writes what it changed itself, and the recent pictures of both are in the list."""
    path = tmp_path / "settings.json"
    first, second = Settings(path), Settings(path)
    first.theme = "dark"
    first.add_recent(tmp_path / "first.png")
    second.language = "zh_CN"
    second.add_recent(tmp_path / "second.png")
    first.flush()
    second.flush()
    third = kept(path)
    assert (third.theme, third.language) == ("dark", "zh_CN")
    assert [each.name for each in third.recent] == ["second.png", "first.png"]
    assert second.theme == "dark"  # what the other window set is known from the next write on


@pytest.mark.parametrize(
    "content",
    [
        "",
        "garbage",
        "[]",
        "\x00\xff",
        "[" * 100_000,
        '{"theme": "pink", "language": 7, "recent": {"a": 1}, "layout/window": "?"}',
        '{"hint_was_seen": "true", "recent": [1, null], "page": NaN, "theme": 1e999}',
    ],
)
def test_a_broken_file_is_a_first_day(tmp_path: Path, content: str) -> None:
    """Whatever is in the file, the program starts; what could not be read is kept beside it."""
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    found = Settings(path)
    assert (found.theme, found.language, found.recent, found.hint_was_seen) == (None, None, [], False)
    assert found.layout("window").isEmpty()
    found.page = "morph"
    found.flush()
    assert kept(path).page == "morph"
    if not content.startswith("{"):
        assert path.with_suffix(".broken").read_text(encoding="utf-8") == content


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(name=some.text(max_size=30), value=some.recursive(some.none() | some.booleans() | some.text(), some.lists))
def test_any_json_is_read_without_a_fault(tmp_path: Path, name: str, value: object) -> None:
    """What is no text, no truth and no short list of texts is left out, and everything else stays as it is."""
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({name: value}), encoding="utf-8")
    is_value = isinstance(value, str | bool) or (
        isinstance(value, list) and all(isinstance(each, str) for each in value) and len(value) <= 100
    )
    assert settings_file.SettingsFile(path).values == ({name: value} if is_value else {})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_pipes_and_sockets_are_not_waited_for(tmp_path: Path) -> None:
    """A pipe as the settings or as those of an older version, and a socket, are a first day."""
    os.mkfifo(tmp_path / "settings.ini")
    assert kept(tmp_path / "settings.json").recent == []
    os.mkfifo(tmp_path / "settings.json")
    found = kept(tmp_path / "settings.json")
    found.theme = "dark"
    found.flush()
    assert kept(tmp_path / "settings.json").theme == "dark"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "other.json"))
        assert kept(tmp_path / "other.json").theme is None


def test_the_file_stays_small(tmp_path: Path) -> None:
    """A text that is too long is not kept, and of too many the longest are left out."""
    found = Settings(tmp_path / "settings.json")
    found.set_text("batch/source", "x" * (settings_file.LONGEST_TEXT + 1))
    assert found.text("batch/source") == ""
    for number in range(20):
        found.set_text(f"slider-names/{number}", "x" * settings_file.LONGEST_TEXT)
    found.theme = "dark"
    found.flush()
    assert (tmp_path / "settings.json").stat().st_size <= settings_file.LARGEST_BYTES
    assert kept(tmp_path / "settings.json").theme == "dark"


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    """A link at the settings' place is replaced; what it points to stays as it is."""
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "settings.json").symlink_to(tmp_path / "precious")
    found = Settings(tmp_path / "settings.json")
    found.theme = "dark"
    found.flush()
    assert (tmp_path / "precious").read_text() == "precious"
    assert kept(tmp_path / "settings.json").theme == "dark"


def test_a_folder_that_cannot_be_written_to_is_said_once(tmp_path: Path) -> None:
    """The settings hold for this run, and one sentence names the file."""
    (tmp_path / "config").write_text("a file where the folder would be")
    found, said = Settings(tmp_path / "config" / "settings.json"), list[str]()
    found.failed.connect(said.append)
    for choice in ("dark", "light"):
        found.theme = choice
        found.flush()
    assert found.theme == "light"
    assert len(said) == 1
    assert str(tmp_path / "config" / "settings.json") in said[0]


def test_clear_leaves_nothing(tmp_path: Path) -> None:
    """Neither settings nor the last session, and nothing of an older version comes back."""
    (tmp_path / "settings.ini").write_text("[General]\ntheme=dark\n")
    found = Settings(tmp_path / "settings.json")
    assert found.theme == "dark"
    assert found.session_file is not None
    found.session_file.write_text("{}")
    found.clear()
    assert found.theme is None
    assert not found.session_file.exists()
    assert kept(tmp_path / "settings.json").theme is None


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
        assert settings.settings_file() == tmp_path / "convae" / "settings.json"


def test_what_an_older_version_kept_is_taken_over(tmp_path: Path) -> None:
    """Texts, lists and layouts that Qt wrote are found, and the old file stays as it was."""
    old = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    layout = bytes(range(256))
    texts = {"theme": "dark", "batch/source": '/a b; c=d, \u7b11/\u00e9\\"\t%', "inspect/folder": "@home", "page": "x"}
    for name, text in texts.items():
        old.setValue(name, text)
    old.setValue("hint_was_seen", True)
    old.setValue("recent", "/one, two.png\n/three.png")
    old.setValue("layout/window", QByteArray(layout))
    old.setValue("slider-names/0123abcdef", '{"axes-3": "Smile = 100 %; \u7b11"}')
    old.sync()
    before = (tmp_path / "settings.ini").read_bytes()
    found = kept(tmp_path / "settings.json")
    assert {name: found.text(name) for name in texts} == texts
    assert found.hint_was_seen
    assert found.recent == [Path("/one, two.png"), Path("/three.png")]
    assert found.layout("window").data() == layout
    assert found.text("slider-names/0123abcdef") == '{"axes-3": "Smile = 100 %; \u7b11"}'
    found.page = "morph"
    found.flush()
    assert (tmp_path / "settings.ini").read_bytes() == before
    assert (kept(tmp_path / "settings.json").theme, kept(tmp_path / "settings.json").page) == ("dark", "morph")


class Planted:
    """An object whose unpickling makes a file."""

    def __init__(self, path: Path) -> None:
        """`path` is the file."""
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_a_prepared_file_runs_nothing(tmp_path: Path) -> None:
    """An object that an old file claims to hold is never made, whichever name it stands under."""
    made = tmp_path / "made"
    packed = pickle.dumps(Planted(made), protocol=2)
    stream = (
        b"\x00\x00\x04\x00\x00\x00\x00\x00\x1bPySide::PyObjectWrapper\x00" + len(packed).to_bytes(4, "big") + packed
    )
    text = "".join(f"\\x{byte:x}" for byte in stream)
    names = ("theme", "recent", "hint_was_seen", "page")
    lines = [f"{name}=@Variant({text})" for name in names]
    layout = ["[layout]", f"window=@Variant({text})", f"picture=@ByteArray({text})", "[Other]", f"x=@Variant({text})"]
    (tmp_path / "settings.ini").write_text("\n".join(["[General]", *lines, *layout]))
    found = old_settings.read(tmp_path / "settings.ini")
    assert set(found) <= {"layout/picture", "hint_was_seen"}
    assert not kept(tmp_path / "settings.json").hint_was_seen
    assert not made.exists()


@pytest.mark.parametrize("room", ["desktop", "export", "trainer"])
def test_qts_settings_are_used_nowhere(room: str) -> None:
    """QSettings would make the objects that a prepared file names, so that no file of the program may name it."""
    for path in sources(room):
        tree = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        imported = {alias.name for node in tree if isinstance(node, ast.ImportFrom) for alias in node.names}
        named = {node.attr for node in tree if isinstance(node, ast.Attribute)}
        assert "QSettings" not in imported | named, path
