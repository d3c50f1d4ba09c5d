"""The program in the user's menu."""

from __future__ import annotations

import configparser
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop import app
from desktop.engine.errors import DesktopError
from desktop.shell import shortcut


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with nothing in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def entry_of(path: Path) -> configparser.SectionProxy:
    """A desktop entry."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_command_installs_and_removes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it says it wrote is there, and nothing of it when it is removed; twice does no harm."""
    for _ in range(2):
        assert app.main(["--install-shortcut"]) == 0
    written = [Path(line.split(maxsplit=1)[1]) for line in capsys.readouterr().out.splitlines()]
    assert len(set(written)) == 3
    assert all(path.is_file() and path.is_relative_to(home / ".local" / "share") for path in written)
    assert app.main(["--remove-shortcut"]) == 0
    assert not any(path.exists() for path in written)
    assert app.main(["--remove-shortcut"]) == 0
    assert "no shortcut" in capsys.readouterr().out


def test_the_entry_starts_this_program(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies where XDG_DATA_HOME says, is valid, and its command is this Python's `convae-desktop`, with files."""
    data = home / "data of mine"
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    shortcut.install("linux")
    path = data / "applications" / "convae-desktop.desktop"
    program, files = shlex.split(entry_of(path)["Exec"])
    assert Path(program).samefile(Path(sys.executable).with_name("convae-desktop"))
    assert files == "%F"
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", path], check=True)


@pytest.mark.skipif(shutil.which("update-mime-database") is None, reason="shared-mime-info is not installed")
@pytest.mark.skipif(shutil.which("xdg-mime") is None, reason="xdg-utils is not installed")
def test_files_have_their_type_and_open_in_this_program(home: Path) -> None:
    """A `.convae` and a `.cvae` file are known by their names, and the desktop's default for both is this program."""
    shortcut.install("linux")
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / ".local" / "share")}
    globs = (home / ".local" / "share" / "mime" / "globs2").read_text()
    for kind, suffix in (("application/x-convae-model", "convae"), ("application/x-convae-latent", "cvae")):
        assert f":{kind}:*.{suffix}\n" in globs
        done = subprocess.run(["xdg-mime", "query", "default", kind], env=environment, capture_output=True, text=True)
        if shutil.which("update-desktop-database"):
            assert done.stdout.strip() == "convae-desktop.desktop"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r\t\0")), min_size=1))
def test_any_path_survives_the_exec_line(words: list[str]) -> None:
    """Read back by the specification's rules, string first, then quotes, each word is what it was."""
    text = shortcut.exec_line(words).replace("\\\\", "\\").replace("%%", "%")
    read, word, inside, escaped = list[str](), "", False, False
    for letter in text:
        if escaped:
            word, escaped = word + letter, False
        elif letter == "\\":
            escaped = True
        elif letter == '"':
            if inside:
                read.append(word)
            word, inside = "", not inside
        elif inside:
            assert letter not in "`$"
            word += letter
        else:
            assert letter == " "
    assert read == words


def test_macos_gets_an_application_that_starts_this_one(home: Path) -> None:
    """A property list, an icon and a script that can be executed; gone without a trace when removed."""
    shortcut.install("darwin")
    contents = home / "Applications" / "ConvAE.app" / "Contents"
    about = plistlib.loads((contents / "Info.plist").read_bytes())
    program = contents / "MacOS" / about["CFBundleExecutable"]
    assert os.access(program, os.X_OK)
    assert program.read_text().splitlines()[1] == f"exec {shlex.join(shortcut.command())}"
    with Image.open(contents / "Resources" / about["CFBundleIconFile"]) as image:
        assert min(image.size) >= 256  # Pillow adds the larger ones
    shortcut.remove("darwin")
    assert list((home / "Applications").iterdir()) == []


def test_windows_is_asked_for_a_link(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PowerShell is given paths as values, not as text of its command; its refusal is told, and an icon is there."""
    told = home / "told"
    fake = home / "bin" / "powershell"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nenv > "{told}"\n[ -z "$REFUSES" ] || {{ echo "Access is denied." >&2; exit 1; }}\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    link, icon = shortcut.install("win32")
    with Image.open(icon) as image:
        assert image.size == (256, 256)
    lines = told.read_text().splitlines()
    assert {f"CONVAE_LINK={link}", f"CONVAE_ICON={icon}", f"CONVAE_TARGET={shortcut.command()[0]}"} <= set(lines)
    assert link.name == "ConvAE.lnk"
    monkeypatch.setenv("REFUSES", "yes")
    with pytest.raises(DesktopError, match=r"Access is denied\."):
        shortcut.install("win32")
    assert shortcut.remove("win32") == [icon]


def test_a_disk_that_refuses_is_one_sentence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2, naming the place."""
    (home / ".local").write_text("in the way")
    assert app.main(["--install-shortcut"]) == 2
    assert "cannot be written" in capsys.readouterr().err
