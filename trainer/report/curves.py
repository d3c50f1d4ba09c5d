"""The charts of a run: its losses and what was measured at the end of each epoch, over its steps."""

from __future__ import annotations

import math

from markupsafe import Markup

from trainer.report.charts import Line, line_chart, smoothed
from trainer.report.floors import floor_lines
from trainer.report.page import (
    section,
)
from trainer.report.record import Record


def curves(record: Record) -> list[Markup]:
    """The charts that there are figures for."""
    steps = [row.step for row in record.rows]
    losses = [row.loss for row in record.rows]
    window = max(1, len(losses) // 50)
    psnr = [record.line("holdout_psnr", "held out")]
    if any("holdout_psnr_damaged" in row for row in record.epochs):
        psnr.append(record.line("holdout_psnr_damaged", "from damaged pictures", "b"))
    psnr += floor_lines(record.folder, psnr[0].x)
    charts = {
        "Loss": line_chart(
            [
                Line("every step", steps, losses, faint=True),
                Line(f"training, mean of {window} steps", steps, smoothed(losses, window)),
                record.line("holdout_loss", "held out", "b"),
            ],
            "step",
            log=True,
        ),
        "Learning rate": line_chart([Line("rate", steps, [row.learning_rate for row in record.rows])], "step"),
        "PSNR per epoch": line_chart(psnr, "step", " dB"),
        "SSIM per epoch": line_chart([record.line("holdout_ssim", "held out")], "step"),
        "Divergence per latent number": line_chart(
            [
                Line("training", steps, [math.nan if row.kl is None else row.kl for row in record.rows], colour="a"),
                record.line("holdout_kl", "held out", "b"),
            ],
            "step",
            " nats",
        ),
        "Distance of the reading from the labels": line_chart(
            [Line("training", steps, [math.nan if row.label_loss is None else row.label_loss for row in record.rows])],
            "step",
        ),
        "Latent numbers in use": line_chart([record.line("holdout_active", "held out")], "step"),
        "Output values outside [0, 1]": line_chart([record.line("holdout_outside", "share")], "step"),
    }
    return [section(title, chart) for title, chart in charts.items() if chart]
