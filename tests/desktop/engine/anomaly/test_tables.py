"""Results as tables: the most anomalous first, and chances in words."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from desktop.engine.anomaly import tables
from desktop.engine.anomaly.detector import COMBINED, Verdicts
from desktop.engine.anomaly.truth import Result


@pytest.mark.parametrize(
    ("chance", "words"), [(0.5, "1 in 2.0"), (0.025, "1 in 40"), (1e-3, "1 in 1,000"), (1e-9, "under 1 in 1,000,000")]
)
def test_a_chance_is_said_as_one_in_so_many(chance: float, words: str) -> None:
    """Rarer than one in a million is not told apart."""
    assert tables.chance_words(math.log(chance)) == words


def test_figures_and_why_there_are_none() -> None:
    """A line for each score, a dash for what was not measured, and each reason once."""
    reason = "no masks"
    results = {name: Result(auroc=0.9, pixel_auroc=None, pro=None, reason=reason) for name in ("error", COMBINED)}
    lines = list(tables.result_lines(results))
    assert [line.split() for line in lines[1:3]] == [["error", "0.900", "-", "-"], [COMBINED, "0.900", "-", "-"]]
    assert lines[3:] == [f"There are no figures for pixels: {reason}."]
    assert list(tables.result_lines({})) == []


def test_the_table_begins_with_the_most_anomalous(tmp_path: Path) -> None:
    """Its columns are path, anomalous, scores and chances; a name that could be a formula is none."""
    scores = {COMBINED: np.array([0.1, 3.0]), "error": np.array([5.0, 0.5])}
    chances = {name: np.log(np.array([0.5, 0.01])) for name in scores}
    verdicts = _verdicts(scores, chances)
    tables.write_verdicts(tmp_path / "a.csv", tmp_path, [tmp_path / "=1.png", tmp_path / "b.png"], verdicts)
    first, second = csv.DictReader((tmp_path / "a.csv").read_text().splitlines())
    assert (first["path"], first["anomalous"], float(first["chance_error"])) == ("b.png", "1", 0.01)
    assert (second["path"], second["anomalous"]) == ("./=1.png", "0")


def _verdicts(scores: dict[str, np.ndarray], chances: dict[str, np.ndarray]) -> Verdicts:
    return Verdicts(scores=scores, log_chances=chances, anomalous=np.array([False, True]))
