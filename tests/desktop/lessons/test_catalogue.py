"""The lessons that there are: each is whole before anything is trained."""

from __future__ import annotations

import itertools
import string
from pathlib import Path

import pytest

from desktop.lessons.catalogue import lessons
from desktop.lessons.lesson import Lesson
from trainer.options.command_line import parse


def test_they_are_numbered_without_a_gap() -> None:
    """From 1 on, and no two have one title."""
    assert [lesson.number for lesson in lessons()] == list(range(1, len(lessons()) + 1))
    assert len({lesson.title for lesson in lessons()}) == len(lessons())


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.title)
def test_every_lesson_is_whole(lesson: Lesson, tmp_path: Path) -> None:
    """The trainer takes the options of each value; each field of an answer is measured; something is claimed first."""
    known = set(lesson.figures) | {"value", "reference"}
    known |= {f"reference_{name}" for name in lesson.figures} if lesson.reference is not None else set()
    for answer in lesson.answers:
        assert {name for _, name, _, _ in string.Formatter().parse(answer.text) if name} <= known
    assert lesson.answers[0].claims
    for chosen in range(len(lesson.control.values)):
        for more in itertools.product(*(range(len(control.values)) for control in lesson.more)):
            for chain in lesson.commands(tmp_path, chosen, more):
                assert parse(chain[0][3:])
    for control in (lesson.control, *lesson.more):
        assert len(control.values) > 1
    usual = [parse(chain[0][3:]) for chain in lesson.commands(tmp_path, 0)]
    assert usual == [parse(chain[0][3:]) for chain in lesson.commands(tmp_path, 0, [0] * len(lesson.more))]
    assert 1 <= len(lesson.text) <= 3
