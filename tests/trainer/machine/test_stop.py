"""Ctrl-C, once, twice by one key, twice, and three times."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from trainer.machine.stop import LEAVING, SAME_REQUEST_S, STOPPING, StopRequest


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of day, in one number that tests change."""
    now = [1000.0]
    monkeypatch.setattr("trainer.machine.stop.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def stop() -> Iterator[StopRequest]:
    """Listening."""
    stop = StopRequest()
    with stop.listening():
        yield stop


def press(now: list[float], number: signal.Signals = signal.SIGINT) -> None:
    """Another signal, a second after the one before."""
    now[0] += 1
    signal.raise_signal(number)


def test_the_first_is_a_request(stop: StopRequest, now: list[float], capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is interrupted, and the terminal is told at once what happens next."""
    press(now, signal.SIGTERM)
    assert stop.signal == signal.SIGTERM
    assert capfd.readouterr().err == f"\n{STOPPING}\n"


def test_one_key_may_arrive_twice(stop: StopRequest, now: list[float]) -> None:
    """What follows within half a second is the same request, whichever signal it is."""
    press(now)
    now[0] += SAME_REQUEST_S / 2
    signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGTERM)
    assert stop.signal == signal.SIGINT


def test_the_second_interrupts(stop: StopRequest, now: list[float]) -> None:
    """In the middle of a long step, it ends at once."""
    press(now)
    with pytest.raises(KeyboardInterrupt):
        press(now)
    assert stop.signal == signal.SIGINT


def save(stop: StopRequest, now: list[float], presses: int) -> Iterator[int]:
    """Something that is saved in as many parts as a key is pressed meanwhile; gives those that were saved."""
    with stop.saving():
        for part in range(presses):
            press(now)
            yield part


def test_a_save_comes_to_its_end(stop: StopRequest, now: list[float], capfd: pytest.CaptureFixture[str]) -> None:
    """The second one waits for what is being written, says so, and ends the run then."""
    press(now)
    parts = save(stop, now, 1)
    assert next(parts) == 0
    with pytest.raises(KeyboardInterrupt):
        next(parts)
    assert capfd.readouterr().err.endswith(f"\n{LEAVING}\n")


def test_the_third_waits_for_nothing(stop: StopRequest, now: list[float]) -> None:
    """A disk that never answers keeps nobody: what is being written breaks off."""
    press(now)
    parts = save(stop, now, 2)
    assert next(parts) == 0
    with pytest.raises(KeyboardInterrupt):
        next(parts)
    assert list(parts) == []


def test_a_save_without_a_second_goes_on(stop: StopRequest, now: list[float]) -> None:
    """The first one within a save is a request like any other."""
    assert list(save(stop, now, 1)) == [0]
    assert stop.signal == signal.SIGINT


def test_handlers_are_put_back_and_processes_that_do_not_write_are_silent(
    now: list[float], capfd: pytest.CaptureFixture[str]
) -> None:
    """Afterwards Ctrl-C means what it meant before."""
    before = signal.getsignal(signal.SIGINT)
    stop = StopRequest()
    with stop.listening(announce=False):
        press(now)
    assert signal.getsignal(signal.SIGINT) is before
    assert capfd.readouterr().err == ""
