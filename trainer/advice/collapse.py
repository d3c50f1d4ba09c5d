"""Whether a variational network still uses its latent, said while it trains."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Data
from trainer.evaluation import active_latents
from trainer.machine.device import Device
from trainer.objective.variational import collapse_warning
from trainer.options.config import TrainConfig

FEWEST_TO_WARN = 8  # held-out pictures: fewer do not show what varies


def warning(
    config: TrainConfig, model: Autoencoder, figures: Mapping[str, float], data: Data, device: Device
) -> str | None:
    """The line to say where nearly nothing of a variational network's latent is in use; None while all is well.

    Args:
        config: The options.
        model: The network, as it was measured.
        figures: Of the held-out pictures, with `holdout_active`.
        data: Where the held-out pictures are fewer than eight, some of those trained on are looked at.
        device: Where to compute.
    """
    enough = len(data.holdout) >= FEWEST_TO_WARN
    active = int(figures["holdout_active"]) if enough else active_latents(model, data.train, device)
    said = collapse_warning(config, active, model.latent_size)
    return None if said is None else f"Warning   {said}"
