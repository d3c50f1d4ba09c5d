"""The files that a run leaves for people to look at, but for its page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from trainer.floor.floor import FLOOR_WORDS, read_floors
from trainer.machine.files import replaced, write_text
from trainer.run.metrics import read_metrics
from trainer.run.run_folder import CURVES_FILE
from trainer.terminal import printable

REPORT_FILE, SKIPPED_FILE = "report.html", "skipped.csv"

FORMULA_STARTS = ("=", "+", "-", "@")


def save_curves(folder: Path) -> None:
    """Draws loss, held-out PSNR with its floors, and learning rate over steps into `curves.png`.

    Raises:
        CheckpointError: There is no usable `metrics.csv`.
    """
    from matplotlib.figure import Figure  # heavy, and needed only here

    rows = read_metrics(folder)
    measured = [row for row in rows if row.holdout_psnr is not None]
    steps = [row.step for row in rows]
    figure = Figure(figsize=(9, 8), layout="constrained")
    loss, psnr, rate = figure.subplots(3, sharex=True)
    loss.semilogy(steps, [row.loss for row in rows], linewidth=0.8)
    loss.set_ylabel("loss (training batch)")
    psnr.plot([row.step for row in measured], [row.holdout_psnr for row in measured], marker=".")
    for floor, style in zip(read_floors(folder), ("--", ":")):
        psnr.axhline(floor.psnr_db, linestyle=style, color="0.4", label=FLOOR_WORDS[floor.name])
    if psnr.get_legend_handles_labels()[0]:
        psnr.legend(loc="lower right")
    psnr.set_ylabel("held-out PSNR (dB)")
    rate.plot(steps, [row.learning_rate for row in rows])
    rate.set_ylabel("learning rate")
    rate.set_xlabel("step")
    for axes in (loss, psnr, rate):
        axes.grid(alpha=0.3)
    with replaced(folder / CURVES_FILE) as scratch:
        figure.savefig(scratch, format="png", dpi=120)


def save_skipped(folder: Path, skipped: Iterable[tuple[str, str]]) -> None:
    """Writes `skipped.csv`: each file that was not usable, and why; no name in it is a formula to a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("file", "reason"))
    writer.writerows((_cell(name), _cell(reason)) for name, reason in skipped)
    write_text(folder / SKIPPED_FILE, text.getvalue())


def _cell(text: str) -> str:
    shown = printable(text)
    return f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown
