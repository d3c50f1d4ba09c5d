"""The floors of a run's options, and a network that starts as one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Data
from trainer.errors import ConfigError
from trainer.floor.floor import Floors, block_numbers, map_floors, measure, numbers_per_block, vector_floors
from trainer.floor.repeated import Repeated, repeat_holdout
from trainer.options.config import TrainConfig
from trainer.start.lapped import SMALLEST_SIDE, set_lapped
from trainer.start.patch_pca import fit_patches, set_patches
from trainer.start.whole_pca import fit_whole, set_whole
from trainer.start.wider import widest_code


def find_floors(config: TrainConfig, data: Data, model: Autoencoder, enough: Callable[[], bool]) -> Floors:
    """Fits and measures the linear codes with as many numbers as the network's latent.

    Args:
        config: The options, decided.
        data: The pictures of the run.
        model: The network.
        enough: Ends the fit of overlapping windows where it says True.

    Raises:
        ConfigError: The pictures are too small for the windows that --init asks for.
    """
    numbers = config.network.latent_numbers
    if model.latent_kind == "vector":
        floors = vector_floors(data.train, data.holdout, numbers)
        return _wider(floors, config, data, enough) if config.blueprint.init == "pca" else floors
    wide = min(config.pictures.sides) >= SMALLEST_SIDE
    if config.network.init == "lapped" and not wide:
        raise ConfigError(
            f"--init lapped needs pictures of {SMALLEST_SIDE}x{SMALLEST_SIDE} pixels or more; take --init pca, or a"
            " larger --size."
        )
    return map_floors(data.train, data.holdout, numbers_per_block(numbers, model.multiple), enough, lapped=wide)


def _wider(floors: Floors, config: TrainConfig, data: Data, enough: Callable[[], bool]) -> Floors:
    """The same floors, with the best code for a network to start as."""
    assert floors.whole is not None
    flip = config.pictures.flip
    whole = widest_code(floors.whole, data.train, flip, lambda code: measure(code, data.holdout), enough)
    return replace(floors, whole=whole)


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
