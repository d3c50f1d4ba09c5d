"""How far the numbers of a run's latent stand for one labelled factor each, as its export measured it."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

from markupsafe import Markup

from trainer.report.page import section, table

SCORES_FILE = "disentanglement.csv"
LARGEST_BYTES = 1 << 20

NOTE = (
    "Measured by the export on held-out pictures. Each score is 1 where every number stands for one "
    "factor alone; DCI I and InfoE where the factors can be read at all."
)


def scores_section(folder: Path) -> Markup | None:
    """A table with a line for each code and a column for each score; None where nothing usable was measured."""
    found = _read(folder / SCORES_FILE)
    if not found:
        return None
    names = list(dict.fromkeys(name for scores in found.values() for name in scores))
    rows = [[code, *(scores.get(name) for name in names)] for code, scores in found.items()]
    return section("Disentanglement", table(("code", *names), rows), note=NOTE, wide=True)


def _read(path: Path) -> dict[str, dict[str, float]]:
    """The mean of each code's scores; nothing where there is no such file, or one that cannot be used."""
    found: dict[str, dict[str, float]] = {}
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return {}
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
            mean = float(row["mean"])
            if not math.isfinite(mean):
                return {}
            found.setdefault(row["code"], {})[row["score"]] = mean
    except (OSError, ValueError, TypeError, KeyError, csv.Error):
        return {}
    return found
