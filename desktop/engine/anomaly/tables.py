"""Results as tables: CSV and JSON for programs, lines for people."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.anomalies import Report
from desktop.engine.anomaly.detector import COMBINED, Detector, Verdicts
from desktop.engine.anomaly.selection import LEAST_ALIGNMENT
from desktop.engine.anomaly.truth import Result
from desktop.engine.disk.cells import csv_bytes, path_cell
from desktop.engine.disk.file_writer import write_file


def write_verdicts(
    target: Path, folder: Path, paths: Sequence[Path], verdicts: Verdicts, score: str = COMBINED
) -> None:
    """A CSV file with a line for each picture, the most anomalous first: path, anomalous or not, scores, chances.

    `score` is the one that they are sorted by.

    Raises:
        InspectionError: The disk refused.
    """
    names = [COMBINED, *(name for name in verdicts.scores if name != COMBINED)]
    rows: list[list[object]] = [["path", "anomalous", *names, *(f"chance_{name}" for name in names)]]
    for position in np.argsort(-verdicts.scores[score], kind="stable").tolist():
        numbers = [float(verdicts.scores[name][position]) for name in names]
        chances = [math.exp(verdicts.log_chances[name][position]) for name in names]
        path = path_cell(paths[position].relative_to(folder))
        rows.append([path, int(verdicts.anomalous[position]), *(f"{value:.6g}" for value in (*numbers, *chances))])
    write_file(target, csv_bytes(rows))


def chance_words(log_chance: float) -> str:
    """A chance for people: `1 in 40`. What is rarer than one in a million is not told apart, being extrapolated."""
    count, is_bound = rarity(log_chance)
    return f"under 1 in {count}" if is_bound else f"1 in {count}"


def rarity(log_chance: float) -> tuple[str, bool]:
    """Of how many it is one, in figures, and whether it is rarer than that."""
    if log_chance < -math.log(1e6):
        return "1,000,000", True
    count = math.exp(-log_chance)
    return (f"{count:,.0f}" if count >= 10 else f"{count:.1f}"), False


def as_dict(report: Report, paths: Sequence[Path], order: NDArray[np.int64]) -> dict[str, Any]:
    """A report for JSON."""
    verdicts, origin = report.verdicts, report.detector.origin
    return {
        "model": origin.model_name,
        "good": origin.good,
        "good_pictures": origin.pictures,
        "false_alarm_rate": origin.false_alarm_rate,
        "score": origin.score,
        "false_alarm_rate_between": report.detector.rate_between(),
        "thresholds": {name: report.detector.threshold(name) for name in report.detector.tails},
        "pictures": [
            {
                "path": str(paths[position]),
                "anomalous": bool(verdicts.anomalous[position]),
                "chance": math.exp(verdicts.log_chances[origin.score][position]),
                "scores": {name: float(values[position]) for name, values in verdicts.scores.items()},
            }
            for position in order.tolist()
        ],
        "results": {
            name: {"auroc": result.auroc, "pixel_auroc": result.pixel_auroc, "pro": result.pro, "reason": result.reason}
            for name, result in report.results.items()
        },
        "weights": dict(report.detector.weights),
        "aligned": report.detector.aligned,
        "made_up": [{"kind": each.kind, "found": each.found, "of": each.tried} for each in report.detector.found],
    }


def result_lines(results: Mapping[str, Result]) -> Iterator[str]:
    """How well each score does, as lines of a table; none without results."""
    if results:
        yield f"{'score':<16}{'AUROC':>8}{'pixels':>8}{'PRO':>8}"
    for name, result in results.items():
        yield f"{name:<16}" + "".join(
            f"{'-' if value is None else f'{value:.3f}':>8}" for value in (result.auroc, result.pixel_auroc, result.pro)
        )
    for reason in sorted({result.reason for result in results.values()} - {""}):
        yield f"There are no figures for pixels: {reason}."


def selection_lines(detector: Detector) -> Iterator[str]:
    """What was chosen for this subject, and what of the defects made up in good pictures would be found."""
    if detector.weights:
        total = sum(detector.weights.values())
        shares = ", ".join(f"{name} {weight / total:.0%}" for name, weight in detector.weights.items())
        yield f"Combined by what finds made-up defects in these good pictures: {shares}."
        where = "are" if detector.aligned >= LEAST_ALIGNMENT else "are not"
        yield f"The good pictures {where} aligned with one another ({detector.aligned:.2f} of 1)."
    if detector.found:
        kinds = ", ".join(f"{each.kind} {each.found} of {each.tried}" for each in detector.found)
        yield f"Of made-up defects, faint and strong, it would find: {kinds}."
