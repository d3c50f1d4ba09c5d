"""What the network will see of the pictures, on the page."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.training.data_view import DataView
from desktop.training.preview import Pace, Preview, Previewer
from tests.desktop.windows import pixels_of
from trainer.run.contract.sentence import Sentence

FOUND = Preview(
    train=1200,
    holdout=60,
    tiles=False,
    size=32,
    damaged=True,
    skipped_count=2,
    skipped=(("broken.png", "truncated"), ("*.txt", "1 file passed over")),
    duplicate_count=2,
    duplicates=(("a.jpg", "a.png"), ("b.jpg", "b.png")),
    formats=(("PNG", 1262),),
    sizes=(("600 × 600", 1260),),
    labels=(("mood", 2),),
    chosen=(Sentence("a map of 8x8 blocks"),),
    pace=Pace("vector", 64, 36.0, 20.0, 600.0),
    grid=np.full((64, 256, 3), 7, np.uint8),
)


@pytest.fixture
def view(qtbot: QtBot) -> DataView:
    """A view that follows a previewer."""
    previewer, action = Previewer(), QAction("Look")
    made = DataView(previewer, action)
    made.setProperty("kept", [previewer, action])  # which live as long as the view
    qtbot.addWidget(made)
    made.show()
    return made


def cells(view: DataView) -> list[list[str]]:
    """The texts of the table."""
    table = view.files
    return [[table.item(row, column).text() for column in range(2)] for row in range(table.rowCount())]  # type: ignore[union-attr]


def test_what_was_found_is_said_and_named(view: DataView) -> None:
    """Counts, formats, sizes and labels in lines; every broken file and every near-duplicate by name; and the grid."""
    view._previewer.found.emit(FOUND)
    said = view.facts.text()
    for text in ("1,200 to train on, 60 held out", "PNG (1,262)", "600 × 600 (1,260)", "mood (2)", "2 entries"):
        assert text in said
    assert "2 held-out pictures have near-duplicates" in said
    assert cells(view)[0] == ["broken.png", "truncated"]
    assert cells(view)[2] == ["a.jpg", "nearly the same as a.png, which is trained on"]
    assert np.array_equal(pixels_of(view.grid), FOUND.grid)
    assert view.chosen.text() == "a map of 8x8 blocks"
    view._previewer.found.emit(dataclasses.replace(FOUND, tiles=True, skipped=(), duplicates=()))
    assert view.facts.text().startswith("Tiles: ")
    assert view.files.isHidden()


def test_progress_can_be_cancelled_and_a_failure_is_told(view: DataView) -> None:
    """The sentence stands where the facts would."""
    view.wait()
    assert not view.progress.isHidden()
    view._previewer.progressed.emit(3, 400)
    assert "3 of 400" in view.progress.text
    view.progress.cancelled.emit()
    assert view.progress.isHidden()
    view._previewer.failed.emit("There is no folder.")
    assert view.facts.text() == "There is no folder."
    view.clear()
    assert "The trainer looks at the pictures" in view.facts.text()
