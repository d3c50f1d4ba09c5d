"""Options that are left to the trainer, decided before a run starts and saved with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from trainer.advice.advice import SMALL_SET, TIME_LIMIT, advise, fitting_size, patience
from trainer.advice.facts import Facts, look
from trainer.advice.headers import Headers, read_headers
from trainer.data import Data, open_data
from trainer.data.amount import within_time
from trainer.data.dataset import Progress
from trainer.machine.budget import UNLIMITED, Budget
from trainer.options.config import TrainConfig, read_config
from trainer.options.network import PATCH_VALUES
from trainer.options.options import SIDE
from trainer.options.values import parse_duration, parse_size
from trainer.run.checkpoint import WEIGHTS_FILE, resolve_latest
from trainer.run.contract.sentence import Sentence, joined
from trainer.start.lapped import SMALLEST_SIDE

OF_THE_NETWORK = (
    "arch",
    "latent",
    "latent_size",
    "head",
    "width",
    "depth",
    "encoder_depth",
    "activation",
    "linear",
    "correction",
    "init",
    "grey",
)
"""Options that a run has in common with the one that it starts from."""

CUT_OFF, VANISHED = 0.05, 0.05
"""Shares of the pictures' area, and of the pictures, that are worth a line."""

PHOTOS_RUN = "models/photos/run"
"""A run that ships with its weights; what a start from it is worth stands in MEASUREMENTS.md."""


@dataclass(frozen=True)
class Decided:
    """Options that leave nothing open, and what to tell of them."""

    config: TrainConfig
    said: tuple[Sentence, ...]
    """What was chosen, why, and what else there is to know, in this order."""
    facts: Facts | None
    """What the choice rests on; None where nothing was chosen."""

    @property
    def lines(self) -> tuple[str, ...]:
        """What to tell, as lines for the terminal."""
        heads = ("Chosen    ", "          because ")
        return tuple(f"{heads[place] if place < 2 else heads[1][:10]}{each}" for place, each in enumerate(self.said))


def leaves_nothing_open(config: TrainConfig, given: Collection[str]) -> bool:
    """Whether the user said which latent and which start: such a run is what its options say, and nothing is chosen."""
    return "auto" not in (config.network.latent, config.network.init) and {"latent", "init"} <= set(given)


def prepared(config: TrainConfig, given: Collection[str]) -> TrainConfig:
    """The options with what must be known before the pictures are looked at.

    That is the network of the run that --start-from names, where near-duplicates go, and the size of pictures that
    nearly all have one aspect, or are nearly all small.

    Raises:
        CheckpointError: There is no such run.
        DataError: There is no such folder.
    """
    if leaves_nothing_open(config, given) and "near_duplicates" not in given:
        return config.changed(near_duplicates="anywhere")
    if config.network.start_from is not None:
        return config.changed(**_network_of(config, given))
    pictures = config.pictures
    if "size" in given or pictures.data is None or pictures.tiles or not config.network.family.oblong:
        return config
    return config.changed(size=_fitting(read_headers(config), config))


def _fitting(headers: Headers, config: TrainConfig) -> int | str:
    """The value of --size for such files: no larger than nearly all of them, and of their aspect."""
    usual = config.pictures.tile_side
    side = headers.side(usual)
    if headers.aspect is None:
        return side
    small, large = (fitting_size(headers.aspect, each) for each in (side, usual))
    more = headers.cut_off(parse_size(small)) - headers.cut_off(parse_size(large))
    return small if more < CUT_OFF else large


def open_decided(
    config: TrainConfig,
    given: Collection[str] | None,
    gpu: bool,
    progress: Progress,
    budget: Budget = UNLIMITED,
) -> tuple[Data, Decided]:
    """Opens the pictures, and decides by them what the user left open; opens them again where that changes them.

    Args:
        config: As the user gave it.
        given: Names of the options that the user gave; None where the options are to be taken as they are.
        gpu: Whether it trains on one.
        progress: Told how far the pictures are prepared.
        budget: Cuts what would take too much of the time limit.

    Raises:
        CheckpointError: There is no such run as --start-from names.
        DataError: The pictures cannot be used.
    """
    if given is None:
        return open_data(config, progress), Decided(config, (), None)
    config = within_time(prepared(config, given), budget, progress)
    data = open_data(config, progress)
    decided = decide(config, data, gpu, given, budget)
    return (data if decided.config.pictures == config.pictures else open_data(decided.config, progress)), decided


def decide(config: TrainConfig, data: Data, gpu: bool, given: Collection[str], budget: Budget = UNLIMITED) -> Decided:
    """Chooses by the pictures what the user did not give, unless --latent and --init are both given.

    Args:
        config: As `prepared` made it.
        data: The pictures, resized.
        gpu: Whether it trains on one.
        given: Names of the options that the user gave.
        budget: Cuts what would take too much of the time limit.
    """
    if leaves_nothing_open(config, given):
        return Decided(config if config.training.patience is not None else config.changed(patience=0), (), None)
    network = config.network
    facts = look(data, config, budget)
    kinds = tuple(network.family.latents) if network.latent == "auto" else (network.latent_kind,)
    for_sliders = config.objective.label_weight > 0 or config.objective.disentangle is not None
    if for_sliders and "vector" in kinds:
        kinds = ("vector",)
    limit = config.training.time_limit_seconds
    settled = {*given, *_unfit(config, given)} - {"latent"}
    advice = advise(facts, config.pictures.tile_side, gpu, kinds, settled, limit)
    if (cut := advice.options.get("most_pictures")) is not None and budget.limited:
        budget.cuts.append(
            Sentence("{most:,} of {count:,} pictures, to be cut in tiles", most=cut, count=facts.pictures)
        )
    if advice.options.get("tiles"):
        config = config.changed(size=facts.side if config.pictures.oblong else config.pictures.tile_side)
    config = config.changed(**advice.options)
    config = config.changed(init=start(config))
    if config.training.patience is None:
        config = config.changed(patience=patience(len(data.train), config.training.batch_size))
    begins = () if "init" in given or network.start_from is not None else (f"--init {config.network.init}",)
    said = [joined(advice.choice, *begins), advice.reason]
    return Decided(config, (*said, *_notes(config, facts, given)), facts)


def _notes(config: TrainConfig, facts: Facts, given: Collection[str]) -> list[Sentence]:
    """What else there is to know of pictures and options that are decided, a line each."""
    said: list[Sentence] = []
    own = config.network.start_from is not None or not set(OF_THE_NETWORK).isdisjoint(given)
    if config.network.latent_kind == "map" and facts.pictures < SMALL_SET and not own:
        said.append(
            Sentence("--start-from {run} may begin higher: 3 dB for photographs that were tried", run=PHOTOS_RUN)
        )
    if config.pictures.oblong and "size" not in given:
        said.append(
            Sentence("--size {size}, width x height: nearly all files have that aspect", size=config.pictures.size)
        )
    elif config.pictures.tile_side < SIDE and not {"size", "start_from"} & set(given):
        said.append(Sentence("--size {size}: nearly all files are no larger", size=config.pictures.size))
    if facts.cut_off >= CUT_OFF and not config.pictures.tiles:
        share = 100 * facts.cut_off
        said.append(Sentence("of each picture its middle is seen: {share:.0f} % of their area is cut off", share=share))
    if facts.transparent:
        share = 100 * facts.transparent
        said.append(Sentence("{share:.0f} % of the files can have transparent parts, which become white", share=share))
    if facts.transparent and facts.white >= VANISHED:
        share = 100 * facts.white
        said.append(
            Sentence("{share:.0f} % of the pictures are white all over then; lay them on a darker colour", share=share)
        )
    return said


def time_limit(config: TrainConfig, given: Collection[str] | None) -> float | None:
    """Seconds that preparing keeps to: --time-limit, or what would be chosen; None without one, and in a resumption."""
    own = config.training.time_limit_seconds
    if given is None:
        return None
    if own is not None or leaves_nothing_open(config, given) or {"epochs", "steps"} & set(given):
        return own
    return parse_duration(TIME_LIMIT)


def start(config: TrainConfig) -> str:
    """What `--init` stands for: a linear code by its name, or `random` where the network can start as none."""
    network, kind = config.network, config.network.latent_kind
    if network.init != "auto":
        return network.init
    can = network.family.starts(kind)
    many = kind == "map" and network.latent_numbers > PATCH_VALUES
    if not can or many or network.head == "sigmoid" or network.start_from is not None or config.objective.levels:
        return "random"
    return "lapped" if "lapped" in can and min(config.pictures.sides) >= SMALLEST_SIDE else can[0]


def _network_of(config: TrainConfig, given: Collection[str]) -> dict[str, Any]:
    """The options that make the network that of the run to start from, as far as the user left them open."""
    folder = config.network.start_from
    assert folder is not None
    if not (resolve_latest(folder) / WEIGHTS_FILE).is_file():
        return {}  # said where its weights are read
    saved = read_config(resolve_latest(folder))
    options: dict[str, Any] = {name: getattr(saved.network, name) for name in OF_THE_NETWORK}
    options |= {"latent": saved.network.latent_kind, "init": saved.blueprint.init, "size": saved.pictures.size}
    return {name: value for name, value in options.items() if name not in given}


def _unfit(config: TrainConfig, given: Collection[str]) -> set[str]:
    """Options that are not to be chosen as others rule them out."""
    network, family = config.network, config.network.family
    unfit = {name for name in ("grey", "width", "linear", "correction") if name not in family.options}
    if network.start_from is not None:
        unfit |= set(OF_THE_NETWORK)
    if network.init == "random" or network.head == "sigmoid" or config.objective.levels:
        unfit |= {"linear", "correction"}  # which begin with a linear code
    objective = config.objective
    # What the network beside the code has to learn.
    learnt = objective.variational or objective.damages or objective.label_weight > 0 or objective.disentangle
    if learnt or network.init == "lapped" or "pca" not in family.starts("vector"):
        unfit.add("linear")
    own_size = config.pictures.oblong and "size" in given
    if config.pictures.data is None or config.pictures.crop < 1 or own_size:
        unfit.add("tiles")
    if config.training.accumulate > 16:
        unfit.add("batch_size")
    return unfit
