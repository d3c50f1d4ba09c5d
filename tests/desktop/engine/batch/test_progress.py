"""How far a batch is, how fast it goes, and how it is paused and ended."""

from __future__ import annotations

import threading

import pytest

from desktop.engine.batch import progress
from desktop.engine.batch.progress import Control, Progress, Speed


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that the test turns: its only number is the time."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_pauses_do_not_count_as_work(clock: list[float]) -> None:
    """The speed is that of the time at work, and the time that is left follows from it."""
    control = Control()
    speed = Speed(control)
    for now in (1.0, 2.0):
        clock[0] = now
        speed.count()
    assert speed.per_second is None
    control.pause()
    clock[0] = 102.0
    assert control.paused_s == 100
    control.resume()
    clock[0] = 103.0
    speed.count()
    assert speed.per_second == pytest.approx(1.0)
    assert Progress(3, 1, 10, speed.per_second).seconds_left == pytest.approx(6.0)
    assert Progress(3, 1, 10, None).seconds_left is None


def test_the_speed_is_that_of_lately(clock: list[float]) -> None:
    """What was slow long ago says nothing of what is left."""
    speed = Speed(Control())
    for now in (100.0, 200.0, 300.0):
        clock[0] = now
        speed.count()
    for step in range(1, 100):
        clock[0] = 300.0 + step / 2
        speed.count()
    assert speed.per_second == pytest.approx(2.0, rel=0.05)


def test_who_waits_goes_on_when_it_is_resumed_or_cancelled() -> None:
    """Pausing twice is pausing once; after a cancel nobody waits any more."""
    control = Control()
    control.wait()
    for end in (control.resume, control.cancel):
        control.pause()
        control.pause()
        assert control.paused
        waiter = threading.Thread(target=control.wait)
        waiter.start()
        waiter.join(0.05)
        assert waiter.is_alive()
        end()
        waiter.join(5)
        assert not waiter.is_alive()
        assert not control.paused
    assert control.cancelled
