"""From a run folder to its page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.trainer.report.reports import report, titles


def test_the_page_is_made_again(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command gives the page that the training gave."""
    before = titles(run / "report.html")
    (run / "report.html").unlink()
    assert report(monkeypatch, run) == 0
    assert titles(run / "report.html") == before


@pytest.mark.parametrize("gone", ["pictures", "weights", "grids"])
def test_what_is_gone_is_left_out(gone: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the pictures, the weights or the grids, the page has what is left."""
    copy = Path(shutil.copytree(run, tmp_path / "copy"))
    if gone == "pictures":
        options = json.loads((copy / "config.json").read_text())
        (copy / "config.json").write_text(json.dumps({**options, "data": str(tmp_path / "none")}))
    elif gone == "weights":
        (copy / "weights.safetensors").unlink()
    else:
        shutil.rmtree(copy / "grids")
    assert report(monkeypatch, copy) == 0
    found = titles(copy / "report.html")
    assert {"Loss", "Data", "Repeat it"} <= set(found)
    assert ("Worst held-out pictures" in found) == (gone == "grids")
    assert ("Pictures over time" in found) == (gone != "grids")
