"""Time is planned with."""

from __future__ import annotations

import threading

import pytest

from trainer.machine import clock
from trainer.machine.clock import LONGEST_BEAT_S, Clock


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of day, in one number that tests change."""
    now = [1000.0]
    monkeypatch.setattr("trainer.machine.clock.time.monotonic", lambda: now[0])
    return now


def pass_time(now: list[float], clock: Clock, seconds: int) -> None:
    """Lets so many seconds pass for a process that runs: one beat in each."""
    for _ in range(seconds):
        now[0] += 1
        assert clock.seconds > 0


def test_the_clock_counts_what_was_trained_before(now: list[float]) -> None:
    """Time goes on over resumptions; the share spent reaches 1 early enough for one more measurement."""
    clock = Clock(30, 100)
    pass_time(now, clock, 19)
    assert clock.seconds == 49
    assert clock.spent == pytest.approx(49 / 98)
    clock.reserve(20)  # and a tenth of the limit, for the page
    assert clock.spent == pytest.approx(49 / 70)
    clock.reserve(500)
    assert clock.spent == pytest.approx(49 / 50)
    pass_time(now, clock, 1000)
    assert clock.spent == 1
    assert clock.until == 50
    assert (Clock(30, None).spent, Clock(30, None).until) == (0, None)


@pytest.mark.parametrize(("limit", "kept"), [(4.0, 2.0), (20.0, 5.0), (100.0, 10.0), (600.0, 30.0)])
def test_the_end_has_a_tenth_within_bounds(limit: float, kept: float) -> None:
    """Five seconds at the least and thirty at the most, but never more than half."""
    assert clock.finishing_seconds(limit) == kept


def test_a_stopped_process_takes_no_time(now: list[float]) -> None:
    """Of an hour between two beats ten seconds count, whenever it comes; of a busy machine's few seconds all do."""
    clock = Clock(0, 7200)
    pass_time(now, clock, 20)
    now[0] += 3600
    assert clock.seconds == 20 + LONGEST_BEAT_S
    now[0] += LONGEST_BEAT_S
    assert clock.seconds == 20 + 2 * LONGEST_BEAT_S


def test_a_training_counts_while_nobody_asks(now: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that takes minutes is minutes of training: the thread that counts beats through it, and ends with it."""
    monkeypatch.setattr(clock, "BEAT_S", 0.001)
    with Clock(0, 7200) as running:
        for _ in range(300):
            now[0] += 1
            while running._last_beat < now[0]:
                threading.Event().wait(0.0001)
    assert running.seconds == 300
    assert not running._thread.is_alive()
