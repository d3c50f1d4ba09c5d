"""Once on a real X server: a real process with real mouse and keyboard events, judged by what it leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.engine.session_file import read_session
from desktop.engine.steering import Knob
from desktop.window import Window

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
SIZE = (1280, 800)
PATIENCE_S = 60.0

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.slow,
]


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual screen of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def track(qtbot: QtBot, entry: ModelEntry, photo: Path) -> tuple[QPoint, QPoint]:
    """Where the first slider's handle is in a window of that size, and a point on its track further to the right."""
    window = Window([entry], "cpu")
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    with qtbot.waitSignal(window.session.rendered):
        window.open(entry, photo)
    window.greet()
    QApplication.processEvents()
    slider = window.picture_page.explore.sliders.row(Knob("axes", 0))
    here = slider.track.mapTo(window, slider.track.rect().center())
    there = slider.track.mapTo(window, QPoint(slider.track.width() - 20, slider.track.rect().center().y()))
    window.close()
    return here, there


def wait_for(happens: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Until it happens; the process must not end before."""
    deadline = time.monotonic() + PATIENCE_S
    while not happens():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_mouse_and_keyboard_reach_the_window(
    display: str, track: tuple[QPoint, QPoint], entry: ModelEntry, photo: Path, tmp_path: Path
) -> None:
    """A slider dragged by the mouse, another page by Ctrl+2, the end by Ctrl+Q: all of it is in what is remembered."""
    kept = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    homes = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    environment = {**kept, **homes, "DISPLAY": display}
    command = [sys.executable, "-m", "desktop", "--model", str(entry.folder), "--size", "x".join(map(str, SIZE))]
    process = subprocess.Popen(
        [*command, str(photo)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    def xdotool(*words: str | int) -> str:
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=environment, capture_output=True, text=True, timeout=30, check=False
        )
        return done.stdout.strip()

    try:
        settings = tmp_path / "XDG_CONFIG_HOME" / "convae" / "settings.ini"
        wait_for(lambda: bool(xdotool("search", "--onlyvisible", "--name", "^ConvAE$")), process)
        wait_for(lambda: settings.exists() and "photo.png" in settings.read_text(), process)  # it is shown
        window = xdotool("search", "--onlyvisible", "--name", "^ConvAE$").splitlines()[0]
        xdotool("windowmove", window, 0, 0, "windowfocus", "--sync", window)
        here, there = track
        xdotool("mousemove", here.x(), here.y(), "mousedown", 1, "mousemove", there.x(), there.y(), "mouseup", 1)
        xdotool("key", "ctrl+2")
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
    assert "page=morph" in settings.read_text()
    assert json.loads(settings.with_name("last-session.json").read_text())["version"] == 1
