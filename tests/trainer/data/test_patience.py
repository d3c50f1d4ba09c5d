"""Results come in order, and one file that never answers stops nothing."""

from __future__ import annotations

import threading
import time

import pytest

from trainer.data.patience import Late, in_order, limit_of


def test_results_come_in_order() -> None:
    """Whatever order the threads end in, each item has its own result in its own place."""
    assert list(in_order(lambda number: (time.sleep(0.001 * (number % 3)), number)[1], range(50))) == list(range(50))
    assert list(in_order(str, [])) == []


def test_work_that_never_ends_is_passed_over() -> None:
    """Items that hang, more than there are threads, are late; all others have their results."""
    for_ever = threading.Event()

    def work(number: int) -> int:
        if number % 4 == 0:
            for_ever.wait()
        return number

    found = list(in_order(work, range(24), lambda number: 60 if number % 4 else 0.05))
    for_ever.set()
    assert [isinstance(each, Late) for each in found] == [number % 4 == 0 for number in range(24)]
    assert found[1] == 1


def test_a_fault_comes_in_its_turn_and_ends_the_work() -> None:
    """What the work raises is raised where its result would have been."""
    results = in_order(lambda number: 1 // number, [1, 0, 1])
    assert next(results) == 1
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_nothing_runs_far_ahead() -> None:
    """Where results are not taken, no more than a few items are worked on, so that memory stays bounded."""
    worked: list[int] = []
    results = in_order(worked.append, range(10_000))
    next(results)
    time.sleep(0.1)  # too short a wait can hide a fault, not make one
    assert len(worked) < 1000


def test_large_files_may_take_longer() -> None:
    """The limit grows with the file: a shard of 10 GiB is not late for being large."""
    assert limit_of(0) == 60
    assert limit_of(10 << 30) > 10_000
