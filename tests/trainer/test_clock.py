"""Time is planned with."""

from __future__ import annotations

import pytest

from trainer.clock import Clock


def test_the_clock_counts_what_was_trained_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on over resumptions; the share spent reaches 1 early enough for one more measurement."""
    now = [1000.0]
    monkeypatch.setattr("trainer.clock.time.monotonic", lambda: now[0])
    clock = Clock(30, 100)
    now[0] += 19
    assert clock.seconds == 49
    assert clock.spent == pytest.approx(49 / 98)
    clock.reserve(20)
    assert clock.spent == pytest.approx(49 / 80)
    clock.reserve(500)
    assert clock.spent == pytest.approx(49 / 50)
    now[0] += 1000
    assert clock.spent == 1
    assert Clock(30, None).spent == 0
