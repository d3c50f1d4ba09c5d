"""Once on a real X server: a real process with real mouse and keyboard events, checked by what it shows and leaves."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.engine.session_file import read_session
from desktop.engine.sliders.steering import Knob
from desktop.window import Window

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
SIZE = (1280, 800)
PATIENCE_S = 60.0
LANGUAGE_LINE = 11  # of the View menu: 简体中文, after the pages, the themes, the system's language and English

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.slow,
]


@dataclasses.dataclass(frozen=True)
class Screen:
    """A virtual screen: its address, and the file in which its pixels are."""

    address: str
    file: Path

    def pixels(self, part: QRect) -> NDArray[np.uint8]:
        """What a part of it shows, uint8 `[H, W, 4]`; the file is an XWD dump, see X11's `XWDFile.h`."""
        content = self.file.read_bytes()
        fields = struct.unpack(">25I", content[:100])
        header, height, line, colours = fields[0], fields[5], fields[12], fields[19]
        rows = np.frombuffer(content, np.uint8, height * line, header + 12 * colours).reshape(height, -1, 4)
        return rows[part.top() : part.bottom() + 1, part.left() : part.right() + 1, :3].copy()


@dataclasses.dataclass(frozen=True)
class Places:
    """Where the first slider's handle is in the window, a point to the right of it, and the decoded picture."""

    handle: QPoint
    right: QPoint
    picture: QRect


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A virtual screen of its own; without -noreset it starts anew, and answers nobody, when its last client leaves."""
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-noreset"),
            *("-nolisten", "tcp", "-fbdir", str(tmp_path)),
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    assert number, "Xvfb did not start"
    yield Screen(f":{number}", tmp_path / "Xvfb_screen0")
    server.terminate()
    server.wait()


@pytest.fixture
def places(qtbot: QtBot, entry: ModelEntry, photo: Path) -> Places:
    """Read from a window of that size in this process."""
    window = Window([entry], "cpu")
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    with qtbot.waitSignal(window.session.rendered):
        window.open(entry, photo)
    QApplication.processEvents()

    def at(widget: QWidget, x: int) -> QPoint:
        return widget.mapTo(window, QPoint(x, widget.rect().center().y()))

    track = window.picture_page.explore.sliders.row(Knob("axes", 0)).track
    canvas = window.picture_page.compare.comparison.canvas
    picture = QRect(canvas.mapTo(window, QPoint(0, 0)), canvas.size())
    window.close()
    return Places(at(track, track.width() // 2), at(track, track.width() - 20), picture)


def wait_for(happens: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Until it happens; the process must not end before."""
    deadline = time.monotonic() + PATIENCE_S
    while not happens():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_mouse_and_keyboard_reach_the_window(
    screen: Screen, places: Places, entry: ModelEntry, photo: Path, tmp_path: Path
) -> None:
    """A picture opened by Ctrl+O, a slider dragged, undone and done again, another page, another language, the end."""
    kept = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    homes = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    environment = {**kept, **homes, "DISPLAY": screen.address}
    command = [sys.executable, "-m", "desktop", "--model", str(entry.folder), "--size", "x".join(map(str, SIZE))]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    def xdotool(*words: str | int) -> str:
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=environment, capture_output=True, text=True, timeout=30, check=False
        )
        return done.stdout.strip()

    def focus(title: str) -> str:
        """Gives the keyboard to the window of that title, once it is there: this screen has no window manager."""
        wait_for(lambda: bool(xdotool("search", "--onlyvisible", "--name", f"^{title}$")), process)
        found = xdotool("search", "--onlyvisible", "--name", f"^{title}$").splitlines()[0]
        xdotool("windowfocus", "--sync", found)
        return found

    def shows(picture: NDArray[np.uint8]) -> bool:
        return np.array_equal(screen.pixels(places.picture), picture)

    settings = tmp_path / "XDG_CONFIG_HOME" / "convae" / "settings.json"
    try:
        xdotool("windowmove", focus("ConvAE"), 0, 0)
        xdotool("mousemove", 1399, 899)  # the pointer stands in no picture of the screen
        empty = screen.pixels(places.picture)
        xdotool("key", "ctrl+o")
        focus("Open pictures")
        xdotool("type", str(photo))
        xdotool("key", "Return")
        wait_for(lambda: settings.exists() and "photo.png" in settings.read_text(), process)
        wait_for(lambda: not shows(empty), process)
        focus("ConvAE")
        time.sleep(1)  # for the picture and its facts to be there whole
        reconstruction = screen.pixels(places.picture)
        here, there = places.handle, places.right
        xdotool("mousemove", here.x(), here.y(), "mousedown", 1, "mousemove", there.x(), there.y(), "mouseup", 1)
        wait_for(lambda: not shows(reconstruction), process)
        xdotool("key", "ctrl+z")
        wait_for(lambda: shows(reconstruction), process)
        xdotool("key", "ctrl+shift+z")
        wait_for(lambda: not shows(reconstruction), process)
        xdotool("key", "ctrl+2")
        xdotool("key", "Alt_L")
        xdotool("key", "Right", "Right", *["Down"] * LANGUAGE_LINE, "Return")
        wait_for(lambda: json.loads(settings.read_text()).get("language") == "zh_CN", process)
        xdotool("key", "ctrl+q")
        out, err = process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()
    assert (process.returncode, out, err) == (0, "", "")
    session = read_session(settings.with_name("last-session.json"))
    assert (session.model, session.picture) == (entry.folder, photo)
    offsets = session.arrays["offsets_axes"]
    assert abs(offsets[0]) > 0.2
    assert np.count_nonzero(offsets) == 1
    assert json.loads(settings.read_text())["page"] == "morph"
    assert json.loads(settings.with_name("last-session.json").read_text())["version"] == 3
