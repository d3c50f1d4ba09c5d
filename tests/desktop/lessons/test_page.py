"""One lesson on the screen: empty, working, done, failed, cancelled, and without a trainer."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.lessons.catalogue import lessons
from desktop.lessons.lesson import Lesson
from desktop.lessons.page import LessonPage, enlarged
from desktop.training import launch
from tests.desktop.lessons.conftest import FAIL, WAIT, scripted
from tests.pictures import gradient

LONG_MS = 30_000


@pytest.fixture
def pages(qtbot: QtBot) -> Iterator[list[LessonPage]]:
    """Pages that are stopped at the end."""
    made: list[LessonPage] = []
    yield made
    for page in made:
        page.stop()
        qtbot.addWidget(page)


def shown(pages: list[LessonPage], lesson: Lesson) -> LessonPage:
    """A page that is shown."""
    page = LessonPage(lesson)
    pages.append(page)
    page.show()
    return page


def test_a_lesson_is_read_tried_and_answered(qtbot: QtBot, pages: list[LessonPage], lesson: Lesson) -> None:
    """Text and time before; curves and Cancel while it works; then the sentence with figures, and pictures."""
    page = shown(pages, lesson)
    assert "Another one." in page.text.text()
    assert "30 s" in page.state.text()
    assert not page.curves.isVisible()
    page.run_button.click()
    assert page.busy
    assert page.cancel_button.isVisible()
    assert not page.control.isEnabled()
    qtbot.waitUntil(lambda: page.outcome is not None, timeout=LONG_MS)
    assert page.answer.text() == "10 gives 10.0, 20 20.0"
    assert page.curves.isVisible()
    assert not page.cancel_button.isVisible()
    captions = [page._grid.itemAt(place).widget().accessibleName() for place in range(page._grid.count())]  # type: ignore[union-attr]
    assert [caption for caption in captions if caption] == ["20 · all of it", "10 · all of it"]
    page.control.setCurrentIndex(1)
    page.run_button.click()
    qtbot.waitUntil(lambda: page.answer.text() == "Not so: 30.0", timeout=LONG_MS)
    page.more[0].setCurrentIndex(1)
    page.run_button.click()
    assert not page.more[0].isEnabled()
    qtbot.waitUntil(lambda: page.answer.text() == "Not so: 35.0", timeout=LONG_MS)


def test_a_training_that_fails_is_told(qtbot: QtBot, pages: list[LessonPage], lesson: Lesson) -> None:
    """By the trainer's sentence, and it can be run again."""
    assert lesson
    page = shown(pages, scripted(FAIL))
    page.run_button.click()
    qtbot.waitUntil(lambda: "error: no room" in page.state.text(), timeout=LONG_MS)
    assert page.run_button.isEnabled()


def test_cancelled_it_is_as_before(pages: list[LessonPage], lesson: Lesson, tmp_path: Path) -> None:
    """And leaves nothing; so does a page that is closed."""
    assert lesson
    page = shown(pages, scripted(WAIT))
    page.run_button.click()
    page.cancel_button.click()
    assert not page.busy
    assert "30 s" in page.state.text()
    page.run_button.click()
    page.stop()
    assert not list(tmp_path.glob("convae-job-*"))


def test_without_a_trainer_it_says_how_to_get_one(
    pages: list[LessonPage], lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run cannot be pressed, and the one command is there."""
    monkeypatch.setattr(launch, "missing", lambda: ["torch"])
    page = shown(pages, lesson)
    assert not page.run_button.isEnabled()
    assert launch.INSTALL in page.state.text()


def test_small_pictures_are_enlarged_by_whole_factors(qtbot: QtBot) -> None:
    """So that their pixels stay squares; large ones are left as they are."""
    assert qtbot
    assert enlarged(gradient(100, 64), 512).width() == 320
    assert enlarged(gradient(700, 600), 512).height() == 700


@pytest.mark.slow
def test_a_lesson_by_the_real_trainer(
    qtbot: QtBot, pages: list[LessonPage], lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The veil for two steps: two trainings side by side and their probes, in processes of their own, and an answer."""
    assert lesson  # whose temporary folders these are
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(Path.cwd()), os.environ.get("PYTHONPATH")))))
    veil = next(each for each in lessons() if each.probed and each.reference is not None)
    page = shown(pages, dataclasses.replace(veil, options=(*veil.options, "--steps", "2", "--characters", "24")))
    page.run_button.click()
    qtbot.waitUntil(lambda: page.outcome is not None or bool(page._problem), timeout=10 * LONG_MS)
    assert page._problem == ""
    assert page.outcome is not None
    assert len(page.outcome.pictures) == 2
    assert f"{page.outcome.figures['highest']:.2f}" in page.answer.text()
