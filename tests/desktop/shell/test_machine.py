"""The badge, the choice and the doctor, in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.engine import autoencoder
from desktop.engine.autoencoder import Autoencoder, Latents
from desktop.engine.errors import ModelError
from desktop.engine.library import ModelEntry
from desktop.engine.machine import graphs, providers, race
from desktop.engine.machine.placement import Placement
from desktop.engine.machine.providers import Kind
from desktop.engine.pictures import Pixels
from desktop.window import Window
from export.bundle import Bundle
from tests.desktop.windows import open_window


@pytest.fixture
def window(qtbot: QtBot, entry: ModelEntry, photo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window on a machine where CUDA seems to work; in truth the CPU does its work."""
    create = providers.create_session
    monkeypatch.setattr(providers, "offered", lambda: (providers.CUDA, providers.CPU))
    monkeypatch.setattr(providers, "cuda_problem", lambda: None)
    monkeypatch.setattr(providers, "create_session", lambda graph, _kind, *rest: create(graph, providers.CPU, *rest))
    monkeypatch.setattr(graphs, "read_profile", _mixed)
    window = open_window(qtbot, entry, photo, "auto")
    yield window
    window.close()


def _mixed(path: Path, kind: Kind) -> Placement:
    if path.name.startswith("encoder"):
        return Placement({kind.name: 4})
    return Placement({"CUDA": 6, "CPU": 1}, ("Cast",)) if kind is providers.CUDA else Placement({"CPU": 7})


def test_the_badge_says_how_many_nodes_run_where(window: Window) -> None:
    """Nodes that fell to the CPU are counted, and named in the tooltip."""
    badge = window.machine.badge
    assert badge.text() == "Running on CUDA, 10 of 11 nodes"
    assert badge.toolTip() == (
        "Where nodes ran with one picture that was watched. Encoder: CUDA (4). Decoder: CUDA (6), CPU (1). "
        "On the CPU instead: Cast."
    )
    assert badge.choices == ["auto", "cuda", "cpu"]


def test_the_provider_is_switched_at_run_time(qtbot: QtBot, window: Window) -> None:
    """The scene is made again there, steered as it was, and the choice is remembered."""
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.random"].trigger()
    before = window.session.scene
    assert before is not None
    with qtbot.waitSignal(window.session.rendered):
        window.machine.badge.choose("cpu")
    after = window.session.scene
    assert after is not None
    assert window.machine.badge.text() == "Running on the CPU"
    assert np.array_equal(after.output, before.output)
    assert after.subject is before.subject
    assert window.services.settings.provider == "cpu"


def test_cuda_that_fails_in_mid_work_loses_nothing(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slider moved when memory runs out gets its picture from the CPU; the badge and a sentence say so."""
    execute = Autoencoder._execute
    calls: list[str] = []

    def fail_once(self: Autoencoder, session: Any, side: Any, batch: Any) -> Any:
        if self.provider == "CUDA" and not calls:
            calls.append(side)
            raise ModelError("tiny: the decoder failed: CUDA out of memory.")
        return execute(self, session, side, batch)

    monkeypatch.setattr(Autoencoder, "_execute", fail_once)
    subject = window.session.scene.subject if window.session.scene else None
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.random"].trigger()
    scene = window.session.scene
    assert scene is not None
    assert scene.steered
    assert scene.subject is subject
    assert calls == ["decoder"]
    assert window.machine.badge.text().startswith("Running on the CPU: CUDA failed in the middle of its work")
    assert "out of memory" in window.message.text
    assert "The CPU has taken over, and nothing is lost." in window.message.text


def test_one_colour_from_cuda_is_not_believed(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """A black picture from CUDA is made again on the CPU."""
    decode = Autoencoder.decode

    def black(self: Autoencoder, latents: Latents) -> Pixels:
        return np.zeros((1, 32, 32, 3), np.uint8) if self.provider == "CUDA" else decode(self, latents)

    monkeypatch.setattr(Autoencoder, "decode", black)
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.random"].trigger()
    assert window.session.scene is not None
    assert not window.session.scene.is_blank
    assert "CUDA gave a picture of one colour" in window.machine.badge.text()


def test_one_colour_from_the_cpu_is_reported(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture of one colour is never shown as a success."""
    monkeypatch.setattr(Autoencoder, "decode", lambda *_: np.zeros((1, 32, 32, 3), np.uint8))
    with qtbot.waitSignal(window.session.rendered):
        window.services.actions["explore.random"].trigger()
    assert window.session.scene is not None
    assert window.session.scene.is_blank
    assert "a picture of one colour" in window.message.text


def test_the_doctor_opens_in_a_window(qtbot: QtBot, window: Window) -> None:
    """F2 examines the machine on another thread; the findings are listed, and can be copied."""
    qtbot.keyClick(window, Qt.Key.Key_F2)
    dialog = window.machine.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.findings))
    assert "Decode on CPU" in [finding.what for finding in dialog.findings]
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert "Decode on CPU: works" in QGuiApplication.clipboard().text()
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_a_model_that_rests_is_raced_once(
    qtbot: QtBot, entry: ModelEntry, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It then runs in the way that won, where a slider finds it; another race is for batches. Neither is run again."""
    raced, known = list[tuple[Path, int]](), dict[int, race.Result]()

    def run(bundle: Bundle, threads: int, _is_stopped: Callable[[], bool]) -> race.Result:
        raced.append((bundle.path, threads))
        known[threads] = race.Result(race.WAYS[1], {"extended": 2.0})
        return known[threads]

    opened = list[str]()
    open_graph = autoencoder.open_graph

    def watched(content: bytes, kind: Kind, threads: int, choice: str, name: str) -> graphs.Graph:
        opened.append(choice)
        return open_graph(content, kind, threads, choice, name)

    monkeypatch.setattr(race, "race", run)
    monkeypatch.setattr(race, "kept", lambda _, threads: known.get(threads))
    window = open_window(qtbot, entry, photo, "auto")
    monkeypatch.setattr(autoencoder, "open_graph", watched)
    window.machine.race_when_idle(rest_ms=1)
    for _ in range(2):
        with qtbot.waitSignal(window.session.rendered):
            window.services.actions["explore.random"].trigger()
        qtbot.waitUntil(lambda: opened == ["extended", "extended"])
        qtbot.wait(20)
    assert raced == [(entry.require().path, threads) for threads in (0, autoencoder.THREADS_OF_EACH)]
    window.close()
