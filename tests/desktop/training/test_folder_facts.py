"""The look at the folder that the form of the Training page names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.training.folder_facts import FolderFacts
from desktop.training.form import TrainingForm
from tests.pictures import gradient


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[TrainingForm]:
    """A form whose folder is looked at."""
    form = TrainingForm()
    qtbot.addWidget(form)
    facts = FolderFacts(form)
    yield form
    facts.stop()


def pictures(folder: Path, count: int) -> Path:
    """A folder of so many small pictures."""
    folder.mkdir()
    for index in range(count):
        Image.fromarray(gradient(8, 8)).save(folder / f"{index}.png")
    return folder


def test_facts_of_an_earlier_folder_are_never_shown_for_a_later_one(
    qtbot: QtBot, form: TrainingForm, tmp_path: Path
) -> None:
    """Two folders are chosen one after the other: the form says what is in the second alone."""
    form.data.set_path(pictures(tmp_path / "many", 5))
    form.data.set_path(pictures(tmp_path / "few", 2))
    qtbot.waitUntil(lambda: "pictures" in form.facts.text())
    assert "2 pictures" in form.facts.text()


def test_a_folder_that_cannot_be_used_is_told_and_no_folder_clears_it(
    qtbot: QtBot, form: TrainingForm, tmp_path: Path
) -> None:
    """One sentence stands beside the field, until built-in characters are chosen."""
    (tmp_path / "empty").mkdir()
    form.data.set_path(tmp_path / "empty")
    qtbot.waitUntil(lambda: "There is no picture in" in form.facts.text())
    form.built_in.setChecked(True)
    assert form.facts.text() == ""
