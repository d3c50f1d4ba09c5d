"""The proof of a model as a table."""

from __future__ import annotations

import dataclasses

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.engine.library import ModelEntry
from desktop.training.export.proof import ProofView, facts, rows


def test_the_table_has_what_the_export_wrote(qtbot: QtBot, entry: ModelEntry) -> None:
    """Every figure of the bundle's parity stands in its cell; without a model nothing is seen."""
    view = ProofView(QAction("Move its sliders"))
    qtbot.addWidget(view)
    view.show()
    view.show_model(entry)
    assert entry.bundle is not None
    parity = entry.bundle.info.parity
    cells = [[view.table.item(line, column).text() for column in (1, 2, 3)] for line in range(3)]  # type: ignore[union-attr]
    assert cells == [
        [f"{parity.latent_largest:.2g}", f"{parity.latent_mean:.2g}", ""],
        [f"{parity.image_largest:.2g}", f"{parity.image_mean:.2g}", ""],
        [f"{parity.round_trip_largest:.2g}", f"{parity.round_trip_mean:.2g}", f"{parity.psnr_db:.1f} dB"],
    ]
    assert [line[1:] for line in rows(entry.bundle.info)] == [tuple(line) for line in cells]
    assert entry.name in view.title.text()
    view.show_model(None)
    assert not view.isVisible()
    view.show_model(ModelEntry(entry.folder, "opened", None, "It is broken."))
    assert not view.isVisible()


def test_the_cost_of_a_precision_is_told(entry: ModelEntry) -> None:
    """The dB that it loses, and the time that it takes beside that of fp32, which has neither to tell."""
    assert entry.bundle is not None
    info = entry.bundle.info
    check = dataclasses.replace(info.precision_check, psnr_loss_db=0.125, milliseconds=2.0, fp32_milliseconds=3.0)
    said = facts(dataclasses.replace(info, precision="int8", precision_check=check))[0]
    assert "int8: 0.125 dB less than in fp32" in said
    assert "fp32: 3.0 ms" in said
    exact = facts(dataclasses.replace(info, precision="fp32"))[0]
    assert "less than" not in exact
    assert f"{info.quality.psnr_db:.2f} dB PSNR" in exact
