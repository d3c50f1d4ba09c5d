"""Commands as the window starts and ends them: those of a lesson."""

from __future__ import annotations

import os
import subprocess
import sys
import time
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


WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from desktop.supervised.job import Job
application = QCoreApplication([])
child = "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(600)"
job = Job(lambda folder: [[[sys.executable, "-c", child]]])
print(job.folder, flush=True)
sys.exit(application.exec())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no kill -9")
def test_a_window_that_is_killed_leaves_nothing(tmp_path: Path) -> None:
    """After kill -9 of the window the command ends within seconds, and its folder is gone."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-c", WINDOW]
    window = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment)
    assert window.stdout is not None
    folder, note = Path(window.stdout.readline().strip()), tmp_path / "pid"
    end = time.monotonic() + LONG_MS / 1000
    while not (note.exists() and note.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    child = int(note.read_text())
    window.kill()
    window.wait()
    window.stdout.close()
    while (is_running(child) or folder.exists()) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_running(child)
    assert not folder.exists()
