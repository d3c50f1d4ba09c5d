"""Long work on a thread: its turn, its progress, and how it is cancelled."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop.engine.errors import StoppedError
from desktop.engine.watch import Progress, Stopped
from desktop.runner import Runner


class Work:
    """Pieces of work that wait to be let through, and what came of them."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.ended: list[object] = []

    def __call__(self, progress: Progress, stopped: Stopped) -> str:
        progress(1, 2)
        while not self.open.wait(0.002):
            if stopped():
                raise StoppedError("stopped")
        return "done"


@pytest.fixture
def work() -> Work:
    """Work that waits."""
    return Work()


@pytest.fixture
def runner(qapp: QCoreApplication) -> Iterator[Runner]:
    """A runner that is stopped afterwards."""
    runner = Runner(qapp)
    yield runner
    runner.stop()


def start(runner: Runner, work: Work, *names: str) -> None:
    """Asks for pieces of work; their names are their kinds too."""
    for name in names:
        runner.start(name, work, work.ended.append, work.ended.append, kind=name)


def test_every_piece_has_its_turn(qtbot: QtBot, runner: Runner, work: Work) -> None:
    """Three that are asked for at once are done one after the other, each under its name."""
    told: list[tuple[str, int, int]] = []
    runner.progressed.connect(lambda *progress: told.append(progress))
    start(runner, work, "a", "b", "c")
    assert (runner.busy, runner.names, runner.asked("b"), runner.asked("d")) == (True, ["a", "b", "c"], True, False)
    work.open.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert work.ended == ["done"] * 3
    assert told == [(name, *steps) for name in "abc" for steps in ((0, 0), (1, 2))]


def test_cancel_ends_what_runs_alone(qtbot: QtBot, runner: Runner, work: Work) -> None:
    """The piece that waits has its turn all the same."""
    start(runner, work, "a", "b")
    runner.cancel()
    qtbot.waitUntil(lambda: len(work.ended) == 1)
    assert isinstance(work.ended[0], StoppedError)
    assert not runner.asked("a")
    work.open.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert work.ended[1] == "done"


def test_cancel_all_ends_what_waits_too(qtbot: QtBot, runner: Runner, work: Work) -> None:
    """Every piece is told of as stopped; the next one that is asked for runs."""
    start(runner, work, "a", "b", "c")
    runner.cancel_all()
    qtbot.waitUntil(lambda: not runner.busy)
    assert [type(answer) for answer in work.ended] == [StoppedError] * 3
    work.open.set()
    start(runner, work, "d")
    qtbot.waitUntil(lambda: not runner.busy)
    assert work.ended[-1] == "done"


def test_a_piece_that_ends_may_ask_for_the_next(qtbot: QtBot, runner: Runner, work: Work) -> None:
    """Nothing is busy any more when the answer is told, and the last thing that is said is that nothing runs."""
    busy: list[bool] = []
    runner.changed.connect(lambda: busy.append(runner.busy))
    work.open.set()
    runner.start("first", work, lambda _: start(runner, work, "second"), work.ended.append)
    qtbot.waitUntil(lambda: work.ended == ["done"])
    qtbot.waitUntil(lambda: not runner.busy)
    assert busy[-1] is False
