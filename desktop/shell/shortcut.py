"""The program in the user's menu: `convae-desktop --install-shortcut` and `--remove-shortcut`.

On Linux a menu entry, an icon and the file types, by freedesktop's Desktop Entry, Icon Theme and Shared MIME-info
specifications; on Windows a shortcut in the start menu; on macOS an application that starts this one.
"""

from __future__ import annotations

import io
import os
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from desktop.engine.disk.file_writer import write_file
from desktop.engine.errors import DesktopError

PACKAGE = Path(__file__).resolve().parents[1]
ICON = PACKAGE / "icons" / "convae.svg"
LINUX = PACKAGE / "packaging" / "linux"
ENTRY, MIME_TYPES = LINUX / "convae-desktop.desktop", LINUX / "convae.xml"
PROGRAM = "convae-desktop"
ICON_SIDE = 256  # pixels
PATIENCE_S = 60
# Values come from the environment, where nothing in a path is taken for a command.
POWERSHELL = (
    "$link = (New-Object -ComObject WScript.Shell).CreateShortcut($env:CONVAE_LINK); "
    "$link.TargetPath = $env:CONVAE_TARGET; $link.Arguments = $env:CONVAE_ARGUMENTS; "
    "$link.IconLocation = $env:CONVAE_ICON; $link.Save()"
)


def install(platform: str = sys.platform) -> list[Path]:
    """Adds the program to the user's menu, or writes what is there anew; gives the files.

    Raises:
        DesktopError: The disk refused, or Windows did.
    """
    files = _contents(platform)
    for path, content in files.items():
        write_file(path, content, DesktopError)
    if platform == "darwin":
        _macos_program().chmod(0o755)
    if platform == "win32":
        _write_link(_windows_link(), _windows_icon())
        return [_windows_link(), *files]
    _refresh(platform)
    return list(files)


def remove(platform: str = sys.platform) -> list[Path]:
    """Takes the program out of the user's menu; gives the files that were there.

    Raises:
        DesktopError: The disk refused.
    """
    wanted = [_windows_link(), _windows_icon()] if platform == "win32" else list(_contents(platform))
    found = [path for path in wanted if path.exists()]
    try:
        for path in found:
            path.unlink()
        if platform == "darwin" and _macos_bundle().is_dir():
            shutil.rmtree(_macos_bundle())
    except OSError as error:
        raise DesktopError(
            "{path} cannot be removed ({strerror}).", path=error.filename, strerror=error.strerror or error
        ) from error
    _refresh(platform)
    return found


def command() -> list[str]:
    """What starts this very program again, from any folder."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    suffix = ".exe" if sys.platform == "win32" else ""
    script = Path(sys.executable).with_name(PROGRAM + suffix)
    return [str(script)] if script.exists() else [sys.executable, "-m", "desktop"]


def exec_line(words: list[str]) -> str:
    """A command as the key `Exec` of a desktop entry holds it.

    See https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html: each word in quotes, in
    which some characters are escaped; then percent signs, and then backslashes as in any string of the file.
    """
    quoted = ('"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"' for word in words)
    return " ".join(quoted).replace("%", "%%").replace("\\", "\\\\")


def _contents(platform: str) -> Mapping[Path, bytes]:
    """The files of a platform, and what is in them."""
    if platform == "win32":
        return {_windows_icon(): _bitmap("ICO")}
    if platform == "darwin":
        return _macos_contents()
    data = _data_home()
    entry = ENTRY.read_text(encoding="utf-8").replace(f"Exec={PROGRAM}", f"Exec={exec_line(command())}")
    return {
        data / "applications" / ENTRY.name: entry.encode(),
        data / "icons" / "hicolor" / "scalable" / "apps" / ICON.name: ICON.read_bytes(),
        data / "mime" / "packages" / MIME_TYPES.name: MIME_TYPES.read_bytes(),
    }


def _macos_contents() -> Mapping[Path, bytes]:
    about = {
        "CFBundleName": "ConvAE",
        "CFBundleIdentifier": "io.github.convae.shortcut",
        "CFBundleExecutable": PROGRAM,
        "CFBundleIconFile": "convae.icns",
        "CFBundlePackageType": "APPL",
    }
    return {
        _macos_bundle() / "Contents" / "Info.plist": plistlib.dumps(about),
        _macos_program(): f"#!/bin/sh\nexec {shlex.join(command())}\n".encode(),
        _macos_bundle() / "Contents" / "Resources" / "convae.icns": _bitmap("ICNS"),
    }


def _refresh(platform: str) -> None:
    """Lets the system read the menu entry and the file types; where the tools are missing, desktops do so later."""
    if platform in ("win32", "darwin"):
        return
    data = _data_home()
    for tool, folder in (("update-mime-database", data / "mime"), ("update-desktop-database", data / "applications")):
        program = shutil.which(tool)
        if program is not None and folder.is_dir():
            _run([program, str(folder)], os.environ)


def _write_link(link: Path, icon: Path) -> None:
    powershell = shutil.which("powershell") or shutil.which("pwsh")
    if powershell is None:
        raise DesktopError("PowerShell was not found, which writes shortcuts.")
    target, *arguments = command()
    environment = {
        "CONVAE_LINK": str(link),
        "CONVAE_TARGET": target,
        "CONVAE_ARGUMENTS": subprocess.list2cmdline(arguments),
        "CONVAE_ICON": str(icon),
    }
    problem = _run([powershell, "-NoProfile", "-NonInteractive", "-Command", POWERSHELL], {**os.environ, **environment})
    if problem:
        raise DesktopError("{path} could not be written: {problem}", path=link, problem=problem)


def _run(words: list[str], environment: Mapping[str, str]) -> str:
    """What is wrong, in the command's own last words; empty where nothing is."""
    try:
        done = subprocess.run(
            words, env=environment, capture_output=True, timeout=PATIENCE_S, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return done.stderr.decode(errors="replace").strip() or "it failed." if done.returncode else ""


def _bitmap(kind: str) -> bytes:
    """The icon in a format of pixels, as Windows and macOS want it."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QSize
    from PySide6.QtGui import QImageReader

    reader, png = QImageReader(str(ICON)), QBuffer()
    reader.setScaledSize(QSize(ICON_SIDE, ICON_SIDE))
    png.open(QBuffer.OpenModeFlag.WriteOnly)
    reader.read().save(png, "PNG")  # type: ignore[call-overload,unused-ignore]
    content = io.BytesIO()
    Image.open(io.BytesIO(png.data().data())).save(content, kind)
    return content.getvalue()


def _data_home() -> Path:
    """As the XDG Base Directory specification has it, by which a relative path counts as none."""
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share"


def _macos_bundle() -> Path:
    return Path.home() / "Applications" / "ConvAE.app"


def _macos_program() -> Path:
    return _macos_bundle() / "Contents" / "MacOS" / PROGRAM


def _windows_link() -> Path:
    roaming = os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming"
    return Path(roaming, "Microsoft", "Windows", "Start Menu", "Programs", "ConvAE.lnk")


def _windows_icon() -> Path:
    local = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    return Path(local, "convae", "convae.ico")
