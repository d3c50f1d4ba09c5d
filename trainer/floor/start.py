"""The floors of a run's options, and a network that starts as one of them."""

from __future__ import annotations

from collections.abc import Callable

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Data
from trainer.errors import ConfigError
from trainer.floor.floor import Floors, map_floors, numbers_per_block, vector_floors
from trainer.options.config import TrainConfig
from trainer.start.lapped import SMALLEST_SIDE, set_lapped
from trainer.start.patch_pca import set_patches
from trainer.start.whole_pca import set_whole


def find_floors(config: TrainConfig, data: Data, model: Autoencoder, enough: Callable[[], bool]) -> Floors:
    """Fits and measures the linear codes with as many numbers as the network's latent.

    Args:
        config: The options, decided.
        data: The pictures of the run.
        model: The network.
        enough: Ends the fit of overlapping windows where it says True.
    """
    numbers = config.network.latent_numbers
    if model.latent_kind == "vector":
        return vector_floors(data.train, data.holdout, numbers)
    wide = config.pictures.size >= SMALLEST_SIDE
    return map_floors(data.train, data.holdout, numbers_per_block(numbers, model.multiple), enough, lapped=wide)


def set_start(model: Autoencoder, init: str, floors: Floors) -> None:
    """Makes a fresh network on the CPU reconstruct as the code fitted for its floors does; `random` changes nothing.

    Args:
        model: Built with the same `init`.
        init: `random`, `pca` or `lapped`.
        floors: With the code that it names.

    Raises:
        ConfigError: There is no such code, as the pictures are too small for windows that overlap.
    """
    if init == "lapped" and floors.lapped is None:
        raise ConfigError(
            f"--init lapped needs pictures of {SMALLEST_SIDE}x{SMALLEST_SIDE} pixels or more; take --init pca, or a"
            " larger --size."
        )
    if init == "lapped" and floors.lapped is not None:
        set_lapped(model, floors.lapped)
    elif init == "pca" and floors.whole is not None:
        set_whole(model, floors.whole)
    elif init == "pca" and floors.blocks is not None:
        set_patches(model, floors.blocks)
