"""The end by a signal, and of a model that takes minutes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop import worker
from desktop.engine import library
from desktop.engine.machine import runs
from desktop.engine.session_file import read_session
from desktop.window import Window
from desktop.worker import was_left_behind
from export.bundle import Bundle
from tests import bundles
from tests.desktop.windows import scene_of

ROOT = Path(__file__).parents[3]
# The program as a user runs it, on a screen that nobody sees; what it is told by "ready" is that a picture is shown.
PROGRAM = """
import sys
from desktop import app, display
from desktop.window import Window
display.has_display, display.require_platform = lambda: True, lambda: None
greet = Window.greet
def ready(window):
    greet(window)
    window.session.rendered.connect(lambda _: print("ready", flush=True))
Window.greet = ready
sys.exit(app.main(sys.argv[1:]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no such signal here")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_keeps_the_session(tmp_path: Path, vector: Bundle, photo: Path, name: str) -> None:
    """Model and picture are there at the next start, and the status is the signal's."""
    number = getattr(signal, name)
    environment = os.environ | {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--model", str(vector.folder), "--provider", "cpu", str(photo)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, errors) == (128 + number, "")
    session = read_session(tmp_path / "config" / "convae" / "last-session.json")
    assert (session.model, session.picture) == (vector.folder, photo)


def test_the_window_closes_on_a_model_that_takes_minutes(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its run is cut off between two nodes; no thread is left behind, and no picture comes of it."""
    monkeypatch.setattr(worker, "PATIENCE_MS", 20)
    monkeypatch.setattr(worker, "CUT_OFF_MS", 30_000)
    entry = library.open_entry(bundles.slow_bundle(tmp_path / "slow").folder)
    with qtbot.assertNotEmitted(window.session.rendered):
        window.open(entry)
        qtbot.waitUntil(lambda: window.session.model is entry and bool(runs._going_on))
        window.close()
    assert not window.isVisible()
    assert not was_left_behind()


def test_another_model_takes_the_place_of_one_that_takes_minutes(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    """Whoever does not want to wait chooses another, and has it at once."""
    first = window.services.models[0]
    with qtbot.assertNotEmitted(window.session.rendered):
        window.open(library.open_entry(bundles.slow_bundle(tmp_path / "slow").folder))
        qtbot.waitUntil(lambda: window.session.model is not first and bool(runs._going_on))
    with qtbot.assertNotEmitted(window.session.failed), qtbot.waitSignal(window.session.rendered):
        window.open(first)
    assert scene_of(window).request.model is first
