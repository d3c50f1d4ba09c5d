"""The page of one run, made from what is in its folder and from a look at its network."""

from __future__ import annotations

import csv
import json
import os
import platform
import statistics
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup

from trainer.data import Data
from trainer.machine.device import Device
from trainer.options.command_line import training_command
from trainer.report.charts import Line, line_chart
from trainer.report.curves import curves
from trainer.report.files import REPORT_FILE, SKIPPED_FILE
from trainer.report.floors import floor_figures
from trainer.report.foretold import foretold
from trainer.report.measure import Findings, Shown
from trainer.report.page import (
    code,
    file_figure,
    file_uri,
    paragraph,
    picture,
    pictures,
    scrubber,
    section,
    table,
    tiles,
    write_page,
)
from trainer.report.record import Record
from trainer.report.scores import scores_section
from trainer.run.checkpoint import Run
from trainer.run.grids import GRIDS_FOLDER

LARGEST_FRAMES = 48  # of the pictures over time: a page of some MB
LARGEST_SKIPPED = 200
LIBRARIES = ("convae", "torch", "torchvision", "numpy", "pillow", "safetensors")

SAMPLER_NOTES = {
    "gaussian": "a normal distribution with the real latents' spread along each principal axis",
    "mixture": "several normal distributions, fitted to the real latents",
    "prior": "the standard normal that the divergence draws the latents towards",
    "uniform": "every number between 0 and 1, whatever the latents are like: this lands far from every latent that the "
    "decoder has seen, so it decodes to nothing",
}


def write_run_page(
    record: Record, run: Run | None, data: Data | None, findings: Findings | None, device: Device | None, note: str = ""
) -> Path:
    """Writes `report.html` into the run folder.

    Args:
        record: What the run wrote down.
        run: Its network, where it has weights.
        data: Its pictures, where they are still there.
        findings: What a look at the network found, where there was one.
        device: Where it was trained, where that is known.
        note: Why something is missing.

    Returns:
        The page's file.

    Raises:
        OSError: The disk refused.
    """
    network = record.config.network
    latent = f"{network.latent_kind} latent of {network.latent_numbers}"
    lead = f"{network.arch}, {latent}, {network.head} head, {record.config.pictures.words} pixels"
    sections = [
        section(
            "At a glance", _glance(record, findings), *map(paragraph, filter(None, (foretold(record), note))), wide=True
        ),
        *curves(record),
        _over_time(record),
        *(_pictures(findings, record) if findings else ()),
        scores_section(record.folder),
        _samples(record),
        _data(record, data),
        _repeat(record, run, device),
    ]
    path = record.folder / REPORT_FILE
    title = record.folder.resolve().name
    write_page(path, title, lead, [each for each in sections if each])
    return path


def _glance(record: Record, findings: Findings | None) -> Markup:
    last = record.rows[-1] if record.rows else None
    figures = []
    if (psnr := record.last("holdout_psnr")) is not None:
        figures.append(("held-out PSNR", f"{psnr:.2f} dB", "mean over pictures"))
    figures += floor_figures(record.folder)
    if (ssim := record.last("holdout_ssim")) is not None:
        figures.append(("held-out SSIM", f"{ssim:.3f}", "1 is equal"))
    if (repaired := record.last("holdout_psnr_damaged")) is not None:
        figures.append(("repaired", f"{repaired:.2f} dB", "from damaged pictures"))
    if last is not None:
        seen = len(record.rows) * record.config.training.batch_size
        figures.append(("steps", f"{last.step:,}", f"{seen:,} pictures seen, {last.epoch:,} epochs begun"))
        speed = statistics.median(row.images_per_second for row in record.rows)
        figures.append(("speed", f"{speed:,.0f}/s", "pictures, median of the steps"))
    outside = record.last("holdout_outside") if findings is None else findings.outside
    if outside is not None:
        figures.append(("outside [0, 1]", f"{100 * outside:.2f} %", "of output values, before they are cut off"))
    if (active := record.last("holdout_active")) is not None:
        figures.append(("latent in use", f"{active:.0f}", f"of {record.config.network.latent_numbers} numbers"))
    if last is not None and last.skipped_steps:
        figures.append(("skipped steps", f"{last.skipped_steps:,}", "their loss was no usable number"))
    return tiles(figures)


def _over_time(record: Record) -> Markup | None:
    paths = sorted((record.folder / GRIDS_FOLDER).glob("epoch-*.png"))
    if not paths:
        return None
    chosen = {round(index) for index in np.linspace(0, len(paths) - 1, min(len(paths), LARGEST_FRAMES))}
    frames = [(f"epoch {int(paths[index].stem.split('-')[1])}", file_uri(paths[index])) for index in sorted(chosen)]
    rows = "inputs, damaged inputs, outputs" if record.config.objective.damages else "inputs above outputs"
    note = "Held-out pictures, cut off at 0 and 1 and never stretched. Drag to go through the training."
    return section("Pictures over time", scrubber(frames, rows), note=note, wide=True)


def _pictures(findings: Findings, record: Record) -> list[Markup | None]:
    repair = findings.repair
    return [
        section("Worst held-out pictures", _rows(findings.worst, "inputs above outputs")),
        section("Best held-out pictures", _rows(findings.best, "inputs above outputs")),
        section(
            "Repair",
            _rows(repair, "damaged, repaired, whole"),
            note=f"Held-out pictures damaged as in training: {record.config.objective.corrupt}.",
            wide=True,
        )
        if repair
        else None,
        _spectrum(findings),
        section(
            "Noise through the whole network",
            _rows(findings.noise, "noise above outputs"),
            note="Pictures of pure noise. A network that learnt these pictures has no code for them.",
        ),
    ]


def _rows(shown: Shown, rows: str) -> Markup:
    return picture(shown.grid, f"{rows}; {', '.join(f'{value:.1f}' for value in shown.psnr_db)} dB")


def _spectrum(findings: Findings) -> Markup | None:
    shares = findings.spectrum
    chart = line_chart(
        [Line("share of variance", range(1, len(shares) + 1), shares.tolist())], "principal axis", log=True
    )
    if chart is None:
        return None
    enough = int(np.searchsorted(np.cumsum(shares), 0.9)) + 1
    note = (
        f"{enough} principal axes hold 90 % of the variance of the training pictures' latents."
        if enough <= len(shares)
        else f"The first {len(shares)} principal axes hold {100 * shares.sum():.0f} % of the variance of the latents."
    )
    return section("The latent's spectrum", chart, note=note)


def _samples(record: Record) -> Markup | None:
    figures = []
    for each in _samplers(record.folder / "samplers.json"):
        path = record.folder / "samples" / f"{each['name']}.png"
        if path.is_file():
            said = SAMPLER_NOTES.get(each["name"], "")
            caption = f"{each['name']}: {said}. Distance {each['distance']:.2f}"
            figures.append(file_figure(path, caption))
    if not figures:
        return None
    note = (
        "Random latents, decoded. The distance is from a drawn latent to the nearest one of a training picture, where "
        "about 1 is as far as the latents' own spread."
    )
    return section("Samples", pictures(figures), note=note, wide=True)


def _samplers(path: Path) -> list[dict[str, Any]]:
    """Names and distances, as far as the file can be used."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return [{"name": Path(str(each["name"])).name, "distance": float(each["distance"])} for each in found]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _data(record: Record, data: Data | None) -> Markup:
    parts: list[Markup | None] = []
    if data is not None:
        rows: list[list[str | float | Markup | None]] = [
            ["pictures", data.source],
            ["trained on", f"{len(data.train):,}"],
            ["held out", f"{len(data.holdout):,}"],
            ["labels", ", ".join(data.factors) if data.factors else "none"],
        ]
        parts.append(table(("", ""), rows))
    skipped = _skipped(record.folder / SKIPPED_FILE)
    if skipped:
        parts.append(paragraph(f"{len(skipped):,} files were not used:"))
        parts.append(table(("file", "why"), skipped[:LARGEST_SKIPPED]))
        if len(skipped) > LARGEST_SKIPPED:
            parts.append(paragraph(f"The others are in {SKIPPED_FILE}."))
    else:
        parts.append(paragraph("No file was skipped."))
    return section("Data", *parts)


def _skipped(path: Path) -> list[list[str]]:
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def _repeat(record: Record, run: Run | None, device: Device | None) -> Markup:
    rows = [[name, version(name)] for name in LIBRARIES]
    rows.insert(0, ["python", platform.python_version()])
    rows.append(["machine", f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPU cores"])
    if device is not None:
        rows.append(["device", device.describe()])
    if run is not None:
        numbers = sum(parameter.numel() for parameter in run.model.parameters())
        rows.append(["weights", f"{numbers:,} numbers, as of step {run.steps_done:,}"])
    note = "Versions and machine are those that this page was made with."
    return section("Repeat it", code(training_command(record.config)), table(("", ""), rows), note=note)
