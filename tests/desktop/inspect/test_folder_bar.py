"""The line of the Inspect page that names the folder and its good pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.inspect.folder_bar import FolderBar


@pytest.fixture
def bar(qtbot: QtBot) -> FolderBar:
    """Of no folder yet."""
    index = QAction("Index")
    bar = FolderBar(index)
    bar.setProperty("index", index)  # which lives as long as the bar
    qtbot.addWidget(bar)
    return bar


@pytest.mark.parametrize(("made", "said", "shown"), [("", "", "."), ("good", "", "good"), ("fine", "fine", "fine")])
def test_good_pictures_are_where_they_were_or_are_called_so(
    bar: FolderBar, tmp_path: Path, made: str, said: str, shown: str
) -> None:
    """A folder that is named and is not there is not suggested; without any the folder itself is."""
    (tmp_path / made).mkdir(exist_ok=True)
    bar.good.suggest(tmp_path, said)
    assert bar.good.path == tmp_path / shown
    bar.good.suggest(tmp_path, "gone")
    assert bar.good.path == tmp_path / ("good" if made == "good" else "")


def test_a_folder_that_is_picked_is_told_and_one_that_is_suggested_is_not(
    qtbot: QtBot, bar: FolderBar, tmp_path: Path
) -> None:
    """The page keeps what the user said."""
    with qtbot.assertNotEmitted(bar.good.picked):
        bar.good.suggest(tmp_path, "")
    with qtbot.waitSignal(bar.good.picked) as told:
        bar.good.pick(tmp_path / "a")
    assert told.args == [tmp_path / "a"]


def test_return_has_the_folder_inspected(qtbot: QtBot, bar: FolderBar, tmp_path: Path) -> None:
    """After it was typed."""
    bar.folder.line.setText(str(tmp_path))
    with qtbot.waitSignal(bar.chosen):
        bar.folder.line.returnPressed.emit()
    assert bar.folder.path == tmp_path
