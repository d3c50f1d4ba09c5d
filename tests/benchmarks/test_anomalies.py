"""The benchmark of anomalies takes any folder."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import fit, patch_features
from desktop.engine.anomaly.scores import learnt
from desktop.engine.anomaly.truth import Result
from desktop.engine.picture_writer import save_png
from export.bundle import Bundle
from tests.benchmarks import anomalies
from tests.desktop.engine.conftest import varied


def test_any_folder_with_good_bad_and_mask_is_measured(
    vector: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tables of AUROC, of pixels too and of PRO, have a line for each score, and nan nowhere."""
    for place, name, value in ((learnt, "DEFECTS", 20), (fit, "MADE_UP", 20), (patch_features, "SAMPLE", 1000)):
        monkeypatch.setattr(place, name, value)
    folder = tmp_path / "parts"
    for name in ("good", "bad", "mask"):
        (folder / name).mkdir(parents=True)
    for number in range(24):
        save_png(folder / "good" / f"{number:02}.png", varied(number))
    for number in range(4):
        picture, mask = varied(100 + number), np.zeros((32, 32, 3), np.uint8)
        picture[:8, :8], mask[:8, :8] = 0, 255
        save_png(folder / "bad" / f"{number:02}.png", picture)
        save_png(folder / "mask" / f"{number:02}.png", mask)
    monkeypatch.setattr(sys, "argv", ["anomalies", "defects", str(folder), "--model", str(vector.path)])
    anomalies.main()
    said = capsys.readouterr().out
    assert said.count("| combined |") == 3
    assert "| learnt |" in said
    assert "nan" not in said


def test_a_score_without_a_map_in_one_set_keeps_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """What is known of the other sets is told; there is no mean, and no line where nothing is known."""
    anomalies.show(
        {
            "one": {"combined": Result(0.5, 0.75, 0.25), "detail": Result(0.5)},
            "two": {"combined": Result(1.0), "detail": Result(0.5)},
        }
    )
    said = capsys.readouterr().out
    assert "| combined | 0.500 | 1.000 | 0.750 |" in said
    assert "| combined | 0.750 | - | - |" in said
    assert said.count("| detail |") == 1
