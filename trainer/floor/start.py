"""The floors of a run's options, and a network that starts as one of them."""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Data
from trainer.errors import ConfigError
from trainer.floor.floor import Floors, block_numbers, map_floors, measure, numbers_per_block, vector_floors
from trainer.floor.repeated import Repeated, repeat_holdout
from trainer.machine.budget import UNLIMITED, Budget
from trainer.options.config import TrainConfig
from trainer.run.contract.sentence import Sentence
from trainer.start.lapped import LARGEST_SAMPLE as LAPPED_SAMPLE
from trainer.start.lapped import SMALLEST_SIDE, fit_lapped, set_lapped
from trainer.start.patch_pca import fit_patches, set_patches
from trainer.start.whole_pca import FEW as WHOLE_FEW
from trainer.start.whole_pca import fit_whole, sample_in_time, set_whole
from trainer.start.wider import widest_code

FLOORS = 0.6  # of the time limit: by then they are found
SECONDS, SHARE = 30.0, 0.05  # for the fit of overlapping windows, without a time limit; and of it
FEW = 32  # pictures whose windows are timed


def find_floors(config: TrainConfig, data: Data, model: Autoencoder, budget: Budget = UNLIMITED) -> Floors:
    """Fits and measures the linear codes with as many numbers as the network's latent.

    Args:
        config: The options, decided.
        data: The pictures of the run.
        model: The network.
        budget: Cuts what would take too much of the time limit.

    Raises:
        ConfigError: The pictures are too small for the windows that --init asks for.
    """
    numbers = config.network.latent_numbers
    if model.latent_kind == "vector":
        most = sample_in_time(data.train, numbers, budget, lambda: budget.left(FLOORS))
        floors = vector_floors(data.train, data.holdout, numbers, most)
        return _wider(floors, config, data, budget) if config.blueprint.init == "pca" else floors
    wide = min(config.pictures.sides) >= SMALLEST_SIDE
    if config.network.init == "lapped" and not wide:
        raise ConfigError(
            f"--init lapped needs pictures of {SMALLEST_SIDE}x{SMALLEST_SIDE} pixels or more; take --init pca, or a"
            " larger --size."
        )
    each = numbers_per_block(numbers, model.multiple)
    lapped = wide and _windows_fit(data, block_numbers(each), budget)
    end = budget.now() + min(SECONDS, budget.part(SHARE))
    return map_floors(data.train, data.holdout, each, lambda: budget.now() > end, lapped=lapped)


def _windows_fit(data: Data, numbers: int, budget: Budget) -> bool:
    """Whether there is time for the code of overlapping windows."""
    count = min(len(data.train), LAPPED_SAMPLE)

    def work(some: int) -> None:
        fit_lapped(data.train.batch(np.arange(some)), numbers, rounds=1)

    if budget.affordable(count, FEW, work, lambda: budget.left(FLOORS)) == count:
        return True
    budget.cuts.append(Sentence("blocks in place of overlapping windows"))
    return False


def _wider(floors: Floors, config: TrainConfig, data: Data, budget: Budget) -> Floors:
    """The same floors, with the best code for a network to start as."""
    assert floors.whole is not None
    numbers = len(floors.whole.components)

    def enough(count: int) -> bool:
        fit = functools.partial(fit_whole, data.train, numbers)
        few = min(WHOLE_FEW, len(data.train))
        return budget.affordable(count, few, fit, lambda: budget.left(FLOORS), power=2) < count

    quality = functools.partial(measure, pictures=data.holdout)
    return replace(floors, whole=widest_code(floors.whole, data.train, config.pictures.flip, quality, enough))


def repeat_floor(config: TrainConfig, data: Data, model: Autoencoder) -> Repeated | None:
    """The first floor of the run over several hold-outs; None where there are too few pictures for them."""
    numbers = config.network.latent_numbers
    if model.latent_kind == "vector":
        return repeat_holdout(data, lambda pictures: fit_whole(pictures, numbers))
    block = block_numbers(numbers_per_block(numbers, model.multiple))
    return repeat_holdout(data, lambda pictures: fit_patches(pictures, block))


def set_start(model: Autoencoder, init: str, floors: Floors) -> None:
    """Makes a fresh network on the CPU reconstruct as the code fitted for its floors does; `random` changes nothing.

    Args:
        model: Built with the same `init`.
        init: `random`, `pca` or `lapped`.
        floors: With the code that it names. Where windows are no better than blocks, `lapped` starts as blocks do.
    """
    if init == "lapped" and floors.lapped is not None:
        set_lapped(model, floors.lapped)
    elif init == "lapped" and floors.blocks is not None:
        set_patches(model, floors.blocks)
    elif init == "pca" and floors.whole is not None:
        set_whole(model, floors.whole)
    elif init == "pca" and floors.blocks is not None:
        set_patches(model, floors.blocks)
