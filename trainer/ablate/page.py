"""The page of an ablation: a table of figures, what they say, and the same outputs shown in two ways."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray
from torch import Tensor

from trainer.ablate.measure import GRID_PICTURES, Look, Outcome, clamp, reconstruction, share_of_display, stretch
from trainer.data import open_data
from trainer.data.store import Progress
from trainer.evaluation import to_pixels
from trainer.machine.device import choose_device
from trainer.options.config import TrainConfig
from trainer.report.page import Cell, code, paragraph, picture, pictures, section, table, write_page
from trainer.run.checkpoint import load_run

ABLATION_PAGE = "ablation.html"
SHOWN = 8  # pictures of a grid
ENOUGH_CONTRAST = 0.75  # of the inputs', cut off: a network that gives less has learnt too little to judge a display by
HEAD = ("network", "shown", "PSNR dB", "SSIM", "brightness", "sharpness", "slope a", "offset b", "outside [0, 1]")


def write_ablation(
    folder: Path, outcomes: Mapping[str, Outcome], runs: Mapping[str, TrainConfig], command: str, progress: Progress
) -> None:
    """Writes `ablation.html` from the runs in a folder.

    Args:
        folder: Where the runs are, each by its name.
        outcomes: What each came to.
        runs: The options of each.
        command: What repeats the ablation.
        progress: Told how far the pictures are prepared.

    Raises:
        TrainerError: A run or its pictures are gone.
        OSError: The disk refused.
    """
    first = next(iter(outcomes.values()))
    options = runs[next(iter(outcomes))]
    lead = (
        f"{len(outcomes)} networks, {options.training.steps:,} steps of {options.training.batch_size} pictures each, "
        f"{options.pictures.words} pixels, seed {options.run.seed}; measured on {first.pictures:,} held-out pictures of"
        f" mean brightness {first.input_brightness:.3f}."
    )
    sections = [
        section("What the figures say", *map(paragraph, verdict(outcomes)), wide=True),
        section(
            "Figures",
            table(HEAD, figures(outcomes)),
            note="The fit is out = a in + b over all values: a below 1 is lost contrast, b above 0 is lifted black. "
            "Sharpness is the mean step from pixel to pixel, against that of the inputs.",
            wide=True,
        ),
        *(_grids(folder / name, options, progress) for name, options in runs.items() if name in outcomes),
        section("Repeat it", code(command), wide=True),
    ]
    write_page(folder / ABLATION_PAGE, "Is it the activation, or the display?", lead, sections)


def figures(outcomes: Mapping[str, Outcome]) -> list[list[Cell]]:
    """The table's rows: each network cut off and stretched."""
    rows: list[list[Cell]] = []
    for name, outcome in outcomes.items():
        for shown, look in (("clamped", outcome.clamped), ("stretched", outcome.stretched)):
            rows.append([name, shown, *_cells(look), f"{100 * outcome.outside:.2f} %"])
    return rows


def verdict(outcomes: Mapping[str, Outcome]) -> list[str]:
    """The conclusion from the figures about a network without a last activation, in sentences."""
    linear = [outcome for name, outcome in outcomes.items() if "-linear-" in name]
    sigmoid = [outcome for name, outcome in outcomes.items() if "-sigmoid-" in name]
    said = [_sentence("With no activation", linear)] if linear else []
    said += [_sentence("With a sigmoid", sigmoid)] if sigmoid else []
    share = share_of_display(linear) if linear else None
    if share is not None:
        cause = "The display did it" if share > 0.5 else "The display did not do most of it"
        said.append(
            f"{cause}: of the contrast that stretched outputs without an activation have lost, {100 * share:.0f} % "
            "comes back when the very same outputs are cut off at 0 and 1 instead."
        )
    contrast = _mean([each.clamped.slope for each in linear]) if linear else 1.0
    if contrast < ENOUGH_CONTRAST:
        said.append(
            f"These networks have learnt too little for this to say much: cut off, they give {100 * contrast:.0f} % of "
            "the inputs' contrast. Train for longer."
        )
    if linear and sigmoid:
        gap = _mean([each.clamped.psnr_db for each in linear]) - _mean([each.clamped.psnr_db for each in sigmoid])
        said.append(
            f"Cut off, networks without an activation reconstruct held-out pictures {abs(gap):.2f} dB "
            f"{'better' if gap > 0 else 'worse'} than those with a sigmoid, mean over {len(linear)} and {len(sigmoid)}."
        )
    return said


def _sentence(who: str, outcomes: list[Outcome]) -> str:
    clamped, stretched = [each.clamped for each in outcomes], [each.stretched for each in outcomes]
    return (
        f"{who}, {100 * _mean([each.outside for each in outcomes]):.2f} % of the values lie outside [0, 1], from "
        f"{min(each.lowest for each in outcomes):.2f} to {max(each.highest for each in outcomes):.2f}. Cut off, the "
        f"outputs fit {_fit(clamped)} ({_mean([each.psnr_db for each in clamped]):.2f} dB); stretched, "
        f"{_fit(stretched)} ({_mean([each.psnr_db for each in stretched]):.2f} dB)."
    )


def _fit(looks: list[Look]) -> str:
    return f"out = {_mean([each.slope for each in looks]):.3f} in + {_mean([each.offset for each in looks]):.3f}"


def _mean(values: list[float]) -> float:
    return float(np.mean(values))


def _cells(look: Look) -> list[Cell]:
    return [look.psnr_db, look.ssim, look.brightness, look.sharpness, look.slope, look.offset]


def _grids(folder: Path, options: TrainConfig, progress: Progress) -> Markup:
    """Inputs, and the outputs for them in both ways."""
    data, device = open_data(options, progress), choose_device(options)
    model = load_run(folder).model.to(device.name)
    inputs, outputs = next(iter(reconstruction(model, data.holdout, device)))
    shown = [picture(_strip(inputs), "held-out pictures")]
    shown += [picture(_strip(clamp(outputs)), "outputs, cut off at 0 and 1")]
    shown += [picture(_strip(stretch(outputs)), f"the same outputs, stretched over a grid of {GRID_PICTURES}")]
    return section(folder.name, pictures(shown), wide=True)


def _strip(image: Tensor) -> NDArray[np.uint8]:
    """Some pictures side by side: (B, 3, H, W) -> uint8 [H, min(B, 8) W, 3]."""
    return np.concatenate(list(to_pixels(image[:SHOWN])), axis=1)
