"""The model card: what a person must know before using a bundle."""

from __future__ import annotations

from export.bundle import BundleInfo
from export.report.markdown import Markdown, render
from export.report.report import speed_words
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
        good_score=GOOD_SCORE,
        good_concepts=sum(each.score >= GOOD_SCORE for each in info.concepts),
        notes=Markdown(notes),
        floor_words=FLOOR_WORDS,
        below_floor=any(info.quality.psnr_db < each.psnr_db - ALIKE_DB for each in info.floors),
    )


def _objective_terms(config: TrainConfig) -> str:
    """The terms of the objective besides the loss of pixels."""
    objective = config.objective
    terms = [
        (objective.ssim, "(1 - SSIM)"),
        (objective.perceptual, "LPIPS"),
        (objective.label_weight, "the error of a linear reading of the labels from the latent"),
    ]
    return "".join(f" + {weight:g} x {name}" for weight, name in terms if weight)
