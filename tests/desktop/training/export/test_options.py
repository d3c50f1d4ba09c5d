"""What a model of the run is to be."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.training.export.exports import Wanted
from desktop.training.export.options import ExportOptions


def test_nothing_need_be_filled_in(qtbot: QtBot) -> None:
    """The fields are right as they are, and say what was chosen; a name typed for one run is not the next one's."""
    options = ExportOptions()
    qtbot.addWidget(options)
    options.show_run(Path("/runs/faces"))
    assert options.wanted == Wanted()
    assert options.name.placeholderText() == "faces"
    options.name.setText(" best ")
    options.precision.setCurrentIndex(2)
    options.pack.setChecked(True)
    options.show_run(Path("/runs/faces"))
    assert options.wanted == Wanted("best", "int8", True)
    options.show_run(Path("/runs/cats"))
    assert options.wanted == Wanted("", "int8", True)
