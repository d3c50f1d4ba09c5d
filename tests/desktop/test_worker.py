"""The worker thread."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from desktop import worker as workers
from desktop.engine import library
from desktop.engine.errors import StoppedError
from desktop.engine.loaded_model import load_model
from desktop.engine.machine import runs
from desktop.worker import Worker
from tests import bundles
from tests.threads import new_threads, threads


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


class Receiver:
    """Keeps the answers, and the thread on which they came."""

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.threads: list[QThread] = []

    def take(self, answer: object) -> None:
        """One answer, or one error."""
        self.answers.append(answer)
        self.threads.append(QThread.currentThread())


@pytest.fixture
def gate() -> Gate:
    """A closed gate."""
    return Gate()


@pytest.fixture
def receiver() -> Receiver:
    """Nothing received."""
    return Receiver()


@pytest.fixture
def worker(qapp: QCoreApplication, gate: Gate) -> Iterator[Worker]:
    """A worker that is stopped afterwards, with the gate open."""
    worker = Worker(qapp)
    yield worker
    gate.open.set()
    worker.stop()


def ask(worker: Worker, gate: Gate, request: int, receiver: Receiver, kind: object = None) -> None:
    """Asks the gate for an answer."""
    worker.submit(functools.partial(gate, request), receiver.take, receiver.take, kind)


def test_the_newest_request_wins(qtbot: QtBot, worker: Worker, gate: Gate, receiver: Receiver) -> None:
    """Of a hundred requests made while one runs, only the last runs after it."""
    for request in range(101):
        ask(worker, gate, request, receiver)
        assert gate.begun.wait(10)
    gate.open.set()
    qtbot.waitUntil(lambda: len(receiver.answers) == 2)
    assert gate.calls == [0, 100]
    assert receiver.answers == [0, 1000]


def test_requests_of_other_kinds_stay(qtbot: QtBot, worker: Worker, gate: Gate, receiver: Receiver) -> None:
    """A request takes the place of its own kind alone, and comes after the kinds that waited before it."""
    for request, kind in enumerate(("", "look", "search", "look")):
        ask(worker, gate, request, receiver, kind)
    gate.open.set()
    qtbot.waitUntil(lambda: len(receiver.answers) == 3)
    assert receiver.answers == [0, 20, 30]


def test_answers_come_home_to_the_gui_thread(
    qtbot: QtBot, qapp: QCoreApplication, worker: Worker, gate: Gate, receiver: Receiver
) -> None:
    """The function runs elsewhere; its answer is delivered where widgets live."""
    gate.open.set()
    ask(worker, gate, 1, receiver)
    qtbot.waitUntil(lambda: bool(receiver.answers))
    assert receiver.threads == [qapp.thread()]


def test_an_exception_is_an_answer_too(qtbot: QtBot, worker: Worker, receiver: Receiver) -> None:
    """What a request or a job raises is delivered to whoever asked, and the worker goes on."""
    worker.submit(lambda: 1 / 0, lambda _: None, receiver.take)
    worker.spare(lambda: 1 / 0, lambda _: None, receiver.take)
    worker.spare(lambda: 2, receiver.take, lambda _: None)
    qtbot.waitUntil(lambda: len(receiver.answers) == 3)
    assert [isinstance(answer, ZeroDivisionError) for answer in receiver.answers] == [True, True, False]


def test_nothing_comes_after_stop(qtbot: QtBot, worker: Worker, gate: Gate, receiver: Receiver) -> None:
    """A stopped worker has no thread and delivers neither the running request nor a waiting one."""
    before = threads()
    ask(worker, gate, 1, receiver)
    ask(worker, gate, 2, receiver)
    assert gate.begun.wait(10)
    assert len(threads() - before) == 1
    gate.open.set()
    worker.stop()
    assert not new_threads(before)
    ask(worker, gate, 3, receiver)
    qtbot.wait(50)
    assert receiver.answers == []
    assert gate.calls == [1]


@pytest.mark.parametrize(("finish", "written"), [(False, [0]), (True, [0, 1, 2])])
def test_jobs_are_finished_where_they_are_not_to_be_lost(
    worker: Worker, gate: Gate, receiver: Receiver, finish: bool, written: list[int]
) -> None:
    """`stop(finish=True)` returns once every job that waited is done; without it they are given up."""
    for job in range(3):
        worker.spare(functools.partial(gate, job), receiver.take, receiver.take)
    assert gate.begun.wait(10)
    gate.open.set()
    worker.stop(finish)
    assert gate.calls == written


def test_jobs_wait_for_requests(qtbot: QtBot, worker: Worker, gate: Gate, receiver: Receiver) -> None:
    """A request that comes after four jobs is answered after the one that runs; then the rest is done, in order."""
    for job in range(4):
        worker.spare(functools.partial(gate, job), receiver.take, receiver.take)
    ask(worker, gate, 9, receiver)
    gate.open.set()
    qtbot.waitUntil(lambda: len(receiver.answers) == 5)
    assert receiver.answers == [0, 90, 10, 20, 30]


def test_a_run_that_takes_too_long_is_cut_off(
    qtbot: QtBot, qapp: QCoreApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that runs a model for minutes is ended when the worker stops; its thread is not left behind."""
    monkeypatch.setattr(workers, "_left_behind", [])
    monkeypatch.setattr(workers, "PATIENCE_MS", 20)
    monkeypatch.setattr(workers, "CUT_OFF_MS", 30_000)
    entry, ended = library.open_entry(bundles.slow_bundle(tmp_path / "slow").folder), list[Exception]()

    def run() -> None:
        try:
            load_model(entry, "cpu")
        except StoppedError as error:
            ended.append(error)

    worker = Worker(qapp)
    worker.spare(run, lambda _: None, lambda _: None)
    qtbot.waitUntil(lambda: bool(runs._going_on))
    worker.stop()
    assert len(ended) == 1
    assert not workers.was_left_behind()


def test_what_cannot_be_cut_off_is_left_behind(qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that hears nothing is not waited for without end, and the program knows of it."""
    monkeypatch.setattr(workers, "PATIENCE_MS", 20)
    monkeypatch.setattr(workers, "CUT_OFF_MS", 20)
    monkeypatch.setattr(workers, "_left_behind", [])
    begun, go_on = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        go_on.wait(60)

    worker = Worker(qapp)
    worker.spare(hang, lambda _: None, lambda _: None)
    assert begun.wait(30)
    worker.stop()
    assert workers.was_left_behind()
    go_on.set()
    worker._pool.waitForDone()
