"""The worker thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from desktop.worker import Worker
from tests.threads import thread_count


class Gate:
    """A slow function: it says when it has begun, and waits to be let through."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()
        self.calls: list[int] = []

    def __call__(self, request: int) -> int:
        self.calls.append(request)
        self.begun.set()
        assert self.open.wait(10)
        return request * 10


class Receiver(QObject):
    """Keeps the answers, and the thread on which they came."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[tuple[int, object]] = []
        self.threads: list[QThread] = []

    @Slot(int, object)
    def take(self, number: int, answer: object) -> None:
        """One answer."""
        self.answers.append((number, answer))
        self.threads.append(QThread.currentThread())


@pytest.fixture
def gate() -> Gate:
    """A closed gate."""
    return Gate()


@pytest.fixture
def worker(qapp: QCoreApplication, gate: Gate) -> Iterator[Worker]:
    """A worker whose function is the gate."""
    worker = Worker(gate, qapp)
    yield worker
    gate.open.set()
    worker.stop()


def test_the_newest_request_wins(qtbot: QtBot, worker: Worker, gate: Gate) -> None:
    """Of a hundred requests made while one runs, only the last runs after it."""
    receiver = Receiver()
    worker.answered.connect(receiver.take)
    worker.submit(0)
    assert gate.begun.wait(10)
    numbers = [worker.submit(request) for request in range(1, 101)]
    gate.open.set()
    qtbot.waitUntil(lambda: len(receiver.answers) == 2)
    assert gate.calls == [0, 100]
    assert receiver.answers[-1] == (numbers[-1], 1000)


def test_answers_come_home_to_the_gui_thread(qtbot: QtBot, worker: Worker, gate: Gate) -> None:
    """The function runs elsewhere; its answer is delivered where widgets live."""
    receiver = Receiver()
    worker.answered.connect(receiver.take)
    gate.open.set()
    worker.submit(1)
    qtbot.waitUntil(lambda: bool(receiver.answers))
    application = QCoreApplication.instance()
    assert application is not None
    assert receiver.threads == [application.thread()]


def test_an_exception_is_an_answer_too(qtbot: QtBot) -> None:
    """What the function raises is delivered, and the worker goes on."""

    def inverse(request: int) -> float:
        return 1 / request

    worker = Worker(inverse)
    with qtbot.waitSignal(worker.failed) as failed:
        number = worker.submit(0)
    assert failed.args is not None
    assert failed.args[0] == number
    assert isinstance(failed.args[1], ZeroDivisionError)
    with qtbot.waitSignal(worker.answered):
        worker.submit(1)
    worker.stop()


def test_nothing_comes_after_stop(qtbot: QtBot, worker: Worker, gate: Gate) -> None:
    """A stopped worker has no thread and delivers neither the running request nor a waiting one."""
    receiver, before = Receiver(), thread_count()
    worker.answered.connect(receiver.take)
    worker.submit(1)
    worker.submit(2)
    assert gate.begun.wait(10)
    assert thread_count() == before + 1
    gate.open.set()
    worker.stop()
    assert thread_count() == before
    worker.submit(3)
    qtbot.wait(50)
    assert receiver.answers == []
    assert gate.calls == [1]


def test_spare_work_waits_for_requests(qtbot: QtBot, worker: Worker, gate: Gate) -> None:
    """A request that comes after ten jobs is answered after the one that runs; then the rest is done, in order."""
    order: list[object] = []
    release = threading.Event()

    def slow() -> str:
        assert release.wait(10)
        return "slow"

    worker.answered.connect(lambda _number, _answer: order.append("request"))
    gate.open.set()
    worker.spare(slow, order.append, order.append)
    for number in range(3):
        worker.spare(lambda number=number: number, order.append, order.append)  # type: ignore[misc]
    worker.submit(1)
    release.set()
    qtbot.waitUntil(lambda: len(order) == 5)
    assert order == ["slow", "request", 0, 1, 2]


def test_spare_work_that_fails_says_so(qtbot: QtBot, worker: Worker) -> None:
    """Its error goes to whoever gave the job, and the next job runs."""
    answers: list[object] = []
    worker.spare(lambda: 1 / 0, answers.append, answers.append)
    worker.spare(lambda: 2, answers.append, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert isinstance(answers[0], ZeroDivisionError)
    assert answers[1] == 2
