"""Tables of a run, read as they grow."""

from __future__ import annotations

from pathlib import Path

from trainer.run import contract
from trainer.run.contract.tables import Curves, points


def test_curves_are_read_on(tmp_path: Path) -> None:
    """Rows are added once, half a row waits, and a file that was cut short is read anew."""
    path, curves = tmp_path / contract.METRICS_FILE, Curves(tmp_path)
    assert not curves.read_on()
    path.write_text("step,loss,holdout_psnr\n1,0.5,\n2,0.2")
    assert curves.read_on()
    assert curves.columns["loss"] == [0.5]
    path.write_text("step,loss,holdout_psnr\n1,0.5,\n2,0.25,20.0\n")
    assert curves.read_on()
    assert not curves.read_on()
    assert curves.columns["loss"] == [0.5, 0.25]
    assert points(curves.columns, "holdout_psnr") == [(2.0, 20.0)]
    path.write_text("step,loss,holdout_psnr\n1,0.75,\n")
    assert curves.read_on()
    assert curves.columns["loss"] == [0.75]


def test_another_table_of_a_run_is_read_on_too(tmp_path: Path) -> None:
    """Such as that of the silent units."""
    (tmp_path / contract.UNITS_FILE).write_text("step,encoder-1\n10,0.5\n")
    curves = Curves(tmp_path, contract.UNITS_FILE)
    assert curves.read_on()
    assert curves.columns == {"step": [10.0], "encoder-1": [0.5]}
