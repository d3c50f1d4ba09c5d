"""Runs of onnxruntime that are cut off."""

from __future__ import annotations

from desktop.engine.machine import runs


def test_a_stop_ends_the_runs_of_its_thread() -> None:
    """Those that go on, and any that begins later; a run that nobody watches goes on."""
    stop = runs.Stop()
    with runs.one() as other, stop.watch(), runs.one() as run:
        assert not run.terminate
        stop.set()
        assert run.terminate
        assert not other.terminate
        with runs.one() as later:
            assert later.terminate
    with runs.one() as after:
        assert not after.terminate


def test_all_runs_are_ended_at_once() -> None:
    """Whoever began them; one that has ended is no longer known."""
    with runs.one() as ended:
        pass
    with runs.one() as first, runs.one() as second:
        runs.end_all()
        assert first.terminate
        assert second.terminate
    assert not ended.terminate
