"""A morph that plays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.engine.film.morph import MorphPlan
from desktop.morph import player as module
from desktop.morph.player import MorphPlayer

CODES = [np.zeros((1, 2), np.float32), np.ones((1, 2), np.float32)]


class Spare:
    """Spare work that is done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], object], Callable[..., None], Callable[..., None]]] = []

    def __call__(self, job: Callable[[], object], done: Callable[..., None], failed: Callable[..., None]) -> None:
        self.waiting.append((job, done, failed))

    def do_all(self) -> None:
        """Everything that waits, and what comes of it."""
        while self.waiting:
            job, done, failed = self.waiting.pop(0)
            try:
                result = job()
            except Exception as error:
                failed(error)
            else:
                done(result)


@pytest.fixture
def spare(monkeypatch: pytest.MonkeyPatch) -> Spare:
    """Frames that are pictures of their number."""
    monkeypatch.setattr(module, "decoded_frame", lambda *given: np.full((2, 2, 3), given[-1], np.uint8))
    return Spare()


def test_frames_are_decoded_ahead_and_shown_in_order(qtbot: QtBot, spare: Spare) -> None:
    """The first as soon as it is there; then one after another, round and round."""
    player, shown = MorphPlayer(spare), list[int]()
    player.shown.connect(lambda frame, pixels: shown.append(frame) if pixels[0, 0, 0] == frame else None)
    player.set_film(object(), CODES, MorphPlan(frames=3))  # type: ignore[arg-type]
    spare.do_all()
    assert shown == [0]
    player.play(200)
    qtbot.waitUntil(lambda: len(shown) > player.length + 1)
    player.pause()
    assert shown[: player.length + 1] == [*range(player.length), 0]
    assert not player.is_playing


def test_frames_of_a_film_before_are_not_shown(spare: Spare) -> None:
    """An answer that comes late is dropped."""
    player, shown = MorphPlayer(spare), list[int]()
    player.shown.connect(lambda frame, _: shown.append(frame))
    player.set_film(object(), CODES, MorphPlan(frames=3))  # type: ignore[arg-type]
    player.set_film(None, [], MorphPlan(frames=3))
    spare.do_all()
    assert shown == []
    assert player.length == 0


def test_a_frame_that_cannot_be_decoded_stops_the_film(
    qtbot: QtBot, spare: Spare, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is said once."""

    def broken(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(module, "decoded_frame", broken)
    player = MorphPlayer(spare)
    player.set_film(object(), CODES, MorphPlan(frames=3))  # type: ignore[arg-type]
    player.play(100)
    with qtbot.waitSignal(player.failed):
        spare.do_all()
    assert not player.is_playing
    assert spare.waiting == []
