"""Commands as the window starts and ends them: those of a lesson."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.lessons.lesson import Lesson
from desktop.supervised.job import Job
from tests.desktop.lessons.conftest import FAIL, WAIT, scripted
from trainer.run.contract import is_running

LONG_MS = 30_000
DIVERGE = """
import sys
from pathlib import Path
from trainer.run.contract import Status, write_status
Path(sys.argv[1]).mkdir()
write_status(Path(sys.argv[1]), Status("failed", 0, step=7))
sys.exit(2)
"""


@pytest.fixture
def lesson(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Lesson:
    """Runs that are written in no time, with temporary folders of the test's own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return scripted()


def begun(lesson: Lesson) -> Job:
    """Its first value's runs."""
    return Job(lambda folder: lesson.commands(folder, 0), lesson.is_result)


def test_the_runs_are_there_when_it_is_done_and_gone_after(qtbot: QtBot, lesson: Lesson) -> None:
    """Both ran, and nothing is left once the page closes."""
    job = begun(lesson)
    with qtbot.waitSignal(job.done, timeout=LONG_MS):
        pass
    assert not job.busy
    assert lesson.measure(job.folder, 0).holds
    job.stop()
    assert not job.folder.exists()


def test_a_command_that_fails_is_told_by_its_last_line(qtbot: QtBot, lesson: Lesson) -> None:
    """The trainer's own sentence."""
    assert lesson
    job = begun(scripted(FAIL))
    with qtbot.waitSignal(job.failed, timeout=LONG_MS) as told:
        pass
    assert told.args == ["error: no room"]
    job.stop()


def test_a_training_that_diverged_may_be_a_result(qtbot: QtBot, lesson: Lesson) -> None:
    """Where the lesson is about that."""
    assert lesson
    job = begun(scripted(DIVERGE, may_diverge=True))
    with qtbot.waitSignal(job.done, timeout=LONG_MS):
        pass
    job.stop()


def test_what_is_stopped_ends_at_once(qtbot: QtBot, lesson: Lesson, tmp_path: Path) -> None:
    """Its process and its folder are gone, and it tells nothing."""
    assert lesson
    job = begun(scripted(WAIT))
    qtbot.waitUntil(lambda: job.process > 0)
    process = job.process
    with qtbot.assertNotEmitted(job.failed), qtbot.assertNotEmitted(job.done):
        job.stop()
    assert not is_running(process)
    assert not list(tmp_path.glob("convae-job-*"))
