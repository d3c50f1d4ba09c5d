"""Options that are left to the trainer, decided before a run starts and saved with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from trainer.advice.advice import advise, patience
from trainer.advice.facts import Facts, look
from trainer.data import Data
from trainer.options.config import TrainConfig
from trainer.options.options import PATCH_VALUES
from trainer.start.lapped import SMALLEST_SIDE


@dataclass(frozen=True)
class Decided:
    """Options that leave nothing open, and what to tell of them."""

    config: TrainConfig
    lines: tuple[str, ...]
    facts: Facts | None
    """What the choice rests on; None where the latent was given."""


def decide(config: TrainConfig, data: Data, gpu: bool, given: Collection[str]) -> Decided:
    """Decides what --latent auto, --init auto and a --patience that was not given stand for.

    With `--latent vector` or `map` nothing but start and patience is chosen, and with `--init random` not even those.

    Args:
        config: As the user gave it.
        data: The pictures, resized.
        gpu: Whether it trains on one.
        given: Names of the options that the user gave.
    """
    facts, lines = None, []
    if config.network.latent == "auto" and config.network.start_from is None and config.network.pretrained is None:
        facts = look(data, config)
        limit = config.training.time_limit_seconds
        kinds = tuple(config.network.family.latents)
        if config.objective.label_weight > 0 and "vector" in kinds:
            kinds = ("vector",)  # whose sliders the labels are for
        advice = advise(facts, config.pictures.size, gpu, kinds, {*given, *_unfit(config)} - {"latent"}, limit)
        config = config.changed(**advice.options)
        lines = [f"Chosen    {advice.choice}", f"          because {advice.reason}"]
        if facts.transparent:
            lines.append(f"          {100 * facts.transparent:.0f} % of the files can be transparent: laid on white")
    if "near_duplicates" not in given:
        config = config.changed(near_duplicates="together")
    open_start = config.network.init == "auto" or "init" not in given
    if open_start:
        config = config.changed(init="auto")
        config = config.changed(init=config.network.start)
    if config.training.patience is None:
        wanted = facts is not None or (open_start and config.network.init != "random")
        epochs = patience(len(data.train), config.training.batch_size) if wanted else 0
        config = config.changed(patience=epochs)
    return Decided(config, tuple(lines), facts)


def _unfit(config: TrainConfig) -> set[str]:
    """Options that are not to be chosen as others rule them out."""
    network, family = config.network, config.network.family
    unfit = {name for name in ("grey", "width") if name not in family.options}
    if config.pictures.data is None or config.pictures.crop < 1:
        unfit.add("tiles")
    many = (network.latent_size or 0) > PATCH_VALUES
    if not family.inits or network.head == "sigmoid" or config.pictures.size < SMALLEST_SIDE or many:
        unfit.add("init")
    if config.training.accumulate > 16:
        unfit.add("batch_size")
    return unfit
