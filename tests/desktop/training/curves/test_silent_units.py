"""The heat strip of silent units."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.training.curves import silent_units
from desktop.training.curves.silent_units import SilentUnits
from trainer.run.contract import UNITS_FILE


@pytest.fixture
def strip(qtbot: QtBot) -> SilentUnits:
    """A strip that lives longer than what the test calls."""
    made = SilentUnits()
    qtbot.addWidget(made)
    return made


def _write(folder: Path, rows: int) -> None:
    lines = ["step,encoder-1,encoder-2,decoder-1", *(f"{10 * n},{n / 100},0,1" for n in range(1, rows + 1))]
    (folder / UNITS_FILE).write_text("\n".join(lines) + "\n")


def test_a_row_for_each_layer_grows_with_the_run(strip: SilentUnits, tmp_path: Path) -> None:
    """Shares stand in their rows, what is added is shown, and the worst layer of the last step is named."""
    _write(tmp_path, 3)
    strip.show_run(tmp_path)
    assert strip.shares == pytest.approx(np.array([[0.01, 0.02, 0.03], [0, 0, 0], [1, 1, 1]], np.float32))
    assert "100" in strip.plot.accessibleName()
    _write(tmp_path, 5)
    strip.refresh()
    assert strip.shares.shape == (3, 5)
    assert not strip.isHidden()


def test_a_run_without_the_table_shows_none(strip: SilentUnits, tmp_path: Path) -> None:
    """A run of an older version, or of a network without such units."""
    strip.show_run(tmp_path)
    assert strip.isHidden()
    (tmp_path / UNITS_FILE).write_text("step\n")
    strip.refresh()
    assert strip.isHidden()
    assert strip.shares.size == 0


def test_a_long_run_is_thinned(strip: SilentUnits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more columns than a screen can show."""
    monkeypatch.setattr(silent_units, "MOST_COLUMNS", 4)
    _write(tmp_path, 10)
    strip.show_run(tmp_path)
    assert strip.shares.shape == (3, 4)
