"""The model card: what a person must know before using a bundle."""

from __future__ import annotations

import re
from typing import Any

from export.bundle import BundleInfo
from export.report.markdown import Markdown, render
from export.report.report import HEADINGS, speed_words
from trainer.floor.floor import FLOOR_WORDS
from trainer.options.command_line import training_command
from trainer.options.config import TrainConfig

GOOD_SCORE = 0.9
ALIKE_DB = 0.05  # less is the same quality


def write_card(info: BundleInfo, config: TrainConfig, trained_pictures: int, steps_done: int, notes: str = "") -> str:
    """The bundle's `README.md`, as Markdown.

    Args:
        info: What `bundle.json` will say.
        config: What the network was trained with; of `data` only the folder's name is told.
        trained_pictures: How many pictures it was trained on.
        steps_done: How many steps of training it had.
        notes: Markdown from whoever exports; stands before the limits, under a heading of its own unless it brings one.
    """
    return render(
        "card.md",
        info=info,
        config=config,
        trained_pictures=trained_pictures,
        steps_done=steps_done,
        optimizer="Muon" if config.uses_muon else "AdamW",
        objective_terms=_objective_terms(config),
        command=training_command(config),
        speed=speed_words(info),
        **_measured(info),
        notes=Markdown(notes),
        floor_words=FLOOR_WORDS,
        below_floor=any(info.quality.psnr_db < each.psnr_db - ALIKE_DB for each in info.floors),
    )


def with_sections(card: str, info: BundleInfo) -> str:
    """The card with what `bundle.json` will say of concepts and disentanglement, and the rest as it is."""
    values = {"info": info, **_measured(info)}
    card = _replaced(card, "## Concepts", render("concepts.md", **values) if info.concepts else "")
    return _replaced(card, "## Disentanglement", render("scores.md", **values) if info.disentanglement else "")


def _replaced(card: str, heading: str, section: str) -> str:
    """The card with a section in place of the one of that heading; before the limits, or at the end, if it had none."""
    place = re.search(rf"^{heading}\n.*?(?=^## |\Z)", card, re.MULTILINE | re.DOTALL)
    place = place or re.search(r"^(?=## Limits$)|\Z", card, re.MULTILINE)
    assert place is not None  # any text has an end
    return card[: place.start()] + (section.rstrip() + "\n\n" if section else "") + card[place.end() :]


def _measured(info: BundleInfo) -> dict[str, Any]:
    """What the sections on concepts and disentanglement are filled in with besides `bundle.json`."""
    return {
        "good_score": GOOD_SCORE,
        "good_concepts": sum(each.score >= GOOD_SCORE for each in info.concepts),
        "headings": HEADINGS,
    }


def _objective_terms(config: TrainConfig) -> str:
    """The terms of the objective besides the loss of pixels."""
    objective = config.objective
    terms = [
        (objective.ssim, "(1 - SSIM)"),
        (objective.perceptual, "LPIPS"),
        (objective.label_weight, "the error of a linear reading of the labels from the latent"),
    ]
    return "".join(f" + {weight:g} x {name}" for weight, name in terms if weight)
