"""One page for several runs: their figures, what they were told, their curves over one another, their last pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from trainer.options.command_line import training_command
from trainer.options.fields import flag
from trainer.report.charts import COLOURS, Line, line_chart, smoothed
from trainer.report.page import Cell, code, file_figure, pictures, section, table, write_page
from trainer.report.record import Record
from trainer.run.grids import GRIDS_FOLDER

COMPARISON_FILE = "comparison.html"
NOT_COMPARED = frozenset({"out", "resume", "device", "checkpoint_every"})
FIGURES = {
    "holdout_psnr": "PSNR dB",
    "holdout_ssim": "SSIM",
    "holdout_loss": "held-out loss",
    "holdout_outside": "share outside [0, 1]",
    "holdout_active": "latent in use",
}


def write_comparison(path: Path, records: Sequence[Record]) -> None:
    """Writes one page about several runs.

    Raises:
        OSError: The disk refused.
    """
    names = _names(records)
    lead = f"{len(records)} runs: {', '.join(names)}"
    sections = [
        section("Figures", _figures(names, records), note="As measured last on held-out pictures.", wide=True),
        section("What differs", _differences(names, records), wide=True),
        *_curves(names, records),
        _pictures(names, records),
        section("Repeat them", *(code(training_command(record.config)) for record in records), wide=True),
    ]
    write_page(path, "Runs compared", lead, [each for each in sections if each])


def _names(records: Sequence[Record]) -> list[str]:
    """Folder names, with the folder above where two are alike."""
    folders = [record.folder.resolve() for record in records]
    short = [folder.name for folder in folders]
    return [f"{each.parent.name}/{each.name}" if short.count(each.name) > 1 else each.name for each in folders]


def _figures(names: Sequence[str], records: Sequence[Record]) -> Markup:
    shown = {name: title for name, title in FIGURES.items() if any(record.last(name) is not None for record in records)}
    rows: list[list[Cell]] = [
        [name, record.rows[-1].step if record.rows else None, *(record.last(figure) for figure in shown)]
        for name, record in zip(names, records)
    ]
    return table(("run", "steps", *shown.values()), rows)


def _differences(names: Sequence[str], records: Sequence[Record]) -> Markup:
    """The options that not all runs share."""
    told_of_each = [{name: str(value) for name, value in record.config.values().items()} for record in records]
    options = [
        name for name in told_of_each[0] if name not in NOT_COMPARED and len({told[name] for told in told_of_each}) > 1
    ]
    told = [[each[option] for option in options] for each in told_of_each]
    rows = [[name, *values] for name, values in zip(names, told)]
    return table(("run", *map(flag, options)), rows)


def _curves(names: Sequence[str], records: Sequence[Record]) -> list[Markup]:
    colours = [COLOURS[index % len(COLOURS)] for index in range(len(records))]
    losses = []
    for name, record, colour in zip(names, records, colours):
        values = smoothed([row.loss for row in record.rows], max(1, len(record.rows) // 50))
        losses.append(Line(name, [row.step for row in record.rows], values, colour=colour))
    charts = {"Training loss, smoothed": line_chart(losses, "step", log=True)}
    for figure in ("holdout_psnr", "holdout_ssim", "holdout_loss"):
        lines = [record.line(figure, name, colour) for name, record, colour in zip(names, records, colours)]
        charts[f"{FIGURES[figure]} over steps"] = line_chart(lines, "step", log=figure == "holdout_loss")
    return [section(title, chart) for title, chart in charts.items() if chart]


def _pictures(names: Sequence[str], records: Sequence[Record]) -> Markup | None:
    figures = []
    for name, record in zip(names, records):
        grids = sorted((record.folder / GRIDS_FOLDER).glob("epoch-*.png"))
        if grids:
            figures.append(file_figure(grids[-1], f"{name}, epoch {int(grids[-1].stem.split('-')[1])}"))
    if not figures:
        return None
    return section("Last pictures", pictures(figures), note="Held-out inputs above outputs.", wide=True)
