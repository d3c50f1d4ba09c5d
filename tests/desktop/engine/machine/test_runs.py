"""Runs that are cut off, by the options of onnxruntime's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from onnxruntime.capi.onnxruntime_pybind11_state import RunOptions

from desktop.engine.machine import runs


def test_a_stop_ends_the_runs_of_its_thread() -> None:
    """Those that go on, and any that begins later; a run that nobody watches goes on."""
    stop = runs.Stop()
    with runs.one(RunOptions()) as other, stop.watch(), runs.one(RunOptions()) as run:
        assert not run.terminate
        stop.set()
        assert run.terminate
        assert not other.terminate
        with runs.one(RunOptions()) as later:
            assert later.terminate
    with runs.one(RunOptions()) as after:
        assert not after.terminate


def test_a_stop_is_carried_to_other_threads() -> None:
    """Runs of a call that another thread makes end with the thread that asked for it; without a stop, with none."""

    def ends() -> bool:
        with runs.one(RunOptions()) as run:
            return run.terminate

    stop = runs.Stop()
    stop.set()
    with ThreadPoolExecutor(1) as pool:
        with stop.watch():
            carried = runs.carried(ends)
        assert pool.submit(carried).result()
        assert not pool.submit(ends).result()
        assert not pool.submit(runs.carried(ends)).result()


def test_all_runs_are_ended_at_once() -> None:
    """Whoever began them; one that has ended is no longer known."""
    with runs.one(RunOptions()) as ended:
        pass
    with runs.one(RunOptions()) as first, runs.one(RunOptions()) as second:
        runs.end_all()
        assert first.terminate
        assert second.terminate
    assert not ended.terminate
