"""What is known of the display before Qt starts."""

from __future__ import annotations

import builtins
import ctypes
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop import display
from desktop.engine.errors import DisplayError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux runs without a display")


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names no display."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_named_is_no_display() -> None:
    """Without any of the three variables there is no display."""
    assert not display.has_display()


@pytest.mark.parametrize(
    ("platform", "seen"), [("vnc", True), ("eglfs", True), ("offscreen", False), ("xcb", False), ("wayland", False)]
)
def test_a_platform_that_was_asked_for(monkeypatch: pytest.MonkeyPatch, platform: str, seen: bool) -> None:
    """One that needs no server is trusted; one that nobody sees, or whose server does not answer, is no display."""
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert display.has_display() == seen


def test_an_x_server_that_does_not_answer_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """A DISPLAY left over from somewhere else does not count."""
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not display.has_display()


def test_wayland_counts_when_it_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The socket must take a connection; once its server is gone, it does not."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert display.has_display()
    assert not display.has_display()


def test_a_missing_drawing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PySide6 cannot be imported, the sentence names the library and the packages."""
    load = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("PySide6"):
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(DisplayError, match=r"missing \(libEGL\.so\.1\).*apt install libegl1"):
        display.require_drawing()


def test_a_missing_window_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Qt's X11 platform cannot be loaded, likewise."""

    def refuse(_name: str) -> None:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    with pytest.raises(DisplayError, match=r"missing \(libxcb-cursor\.so\.0\).*libxcb-cursor0"):
        display.require_platform()


@pytest.mark.parametrize("name", ["offscreen", "vnc:size=800x600", "xcb;offscreen"])
def test_platforms_that_qt_has_are_accepted(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Options and alternatives may follow a platform's name."""
    monkeypatch.setenv("QT_QPA_PLATFORM", name)
    display.require_platform()


def test_a_platform_that_qt_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names it, and those that there are."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "crystal-ball")
    with pytest.raises(DisplayError, match=r"names crystal-ball, but Qt has only .*vnc.*xcb"):
        display.require_platform()
