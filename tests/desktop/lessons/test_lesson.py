"""What a lesson trains and measures."""

from __future__ import annotations

import dataclasses
import subprocess
from pathlib import Path

import pytest

from desktop.engine.errors import DesktopError
from desktop.lessons.lesson import Lesson


def make(lesson: Lesson, folder: Path, chosen: int) -> None:
    """Runs its commands, one after the other."""
    for chain in lesson.commands(folder, chosen):
        for command in chain:
            subprocess.run(command, check=True)


def test_the_first_answer_that_is_true_is_given(lesson: Lesson, tmp_path: Path) -> None:
    """With the figures of the chosen value and of the reference, and with a picture of each run."""
    make(lesson, tmp_path / "less", 0)
    outcome = lesson.measure(tmp_path / "less", 0)
    assert outcome.holds
    assert outcome.sentence == "10 gives 10.0, 20 20.0"
    assert [(value.text, pixels.shape) for _, value, pixels in outcome.pictures] == [
        ("20", (32, 64, 3)),
        ("10", (32, 64, 3)),
    ]
    make(lesson, tmp_path / "more", 1)
    outcome = lesson.measure(tmp_path / "more", 1)
    assert not outcome.holds
    assert outcome.sentence == "Not so: 30.0"


def test_a_run_that_lacks_what_is_measured_is_an_error_of_one_sentence(lesson: Lesson, tmp_path: Path) -> None:
    """And no traceback."""
    with pytest.raises(DesktopError, match="cannot be measured"):
        lesson.measure(tmp_path, 0)


def test_commands_are_those_of_a_terminal(lesson: Lesson, tmp_path: Path) -> None:
    """The trainer's, with the value's options last, then the probe's where the lesson wants one."""
    plain = Lesson(**{field.name: getattr(lesson, field.name) for field in dataclasses.fields(Lesson)})
    (train,), (other,) = plain.commands(tmp_path, 1)
    assert train[1:3] == other[1:3] == ["-m", "trainer.train"]
    assert (train[-4:-2], other[-4:-2]) == (["--psnr", "20"], ["--psnr", "30"])
    assert other[-1] == str(tmp_path / "run-2")
    for train in (chain[0] for chain in plain.commands(tmp_path, 1, [1])):  # both runs have what else is varied
        assert train[-4:-2] == ["--better", "5"]
    probed = dataclasses.replace(plain, probed=True, reference=None)
    assert probed.commands(tmp_path, 0)[0][1][1:] == ["-m", "trainer.probe", str(tmp_path / "run-1")]
