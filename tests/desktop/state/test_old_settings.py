"""The settings of earlier versions are read as text, and nothing in them is made."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from desktop.state import old_settings


def read(folder: Path, *lines: str) -> dict[str, object]:
    """What a file of these lines says."""
    path = folder / "convae.ini"
    path.write_text("\n".join(("[General]", *lines)))
    return dict(old_settings.read(path))


def test_names_and_kinds_are_those_of_today(tmp_path: Path) -> None:
    """Texts, a switch, a list of paths and a layout, with Qt's escapes undone."""
    found = read(
        tmp_path, "theme=dark", "hint_was_seen=true", r'recent="/a\x62.png\n/c.png"', r"compare-mode=@@x",
        "[layout]", r"window=@ByteArray(\x1\x2)", "[batch]", "source=/p",
    )  # fmt: skip
    assert found["theme"] == "dark"
    assert found["hint_was_seen"] is True
    assert found["recent"] == ["/ab.png", "/c.png"]
    assert found["compare-mode"] == "@x"
    assert found["layout/window"] == base64.b64encode(b"\x01\x02").decode()
    assert found["batch/source"] == "/p"


@pytest.mark.parametrize("line", ["theme=@Variant(\\0\\0\\0\\x1)", "unknown=1", "layout\\window=plain text"])
def test_objects_and_unknown_names_are_left_out(tmp_path: Path, line: str) -> None:
    """Whatever a value claims to be."""
    assert read(tmp_path, line) == {}


def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    """One that is missing, is no INI file, or is too large."""
    assert old_settings.read(tmp_path / "gone.ini") == {}
    (tmp_path / "a.ini").write_bytes(b"no section\n" * 3)
    assert old_settings.read(tmp_path / "a.ini") == {}
    (tmp_path / "b.ini").write_bytes(b"[General]\ntheme=" + b"d" * old_settings.LARGEST_BYTES)
    assert old_settings.read(tmp_path / "b.ini") == {}
