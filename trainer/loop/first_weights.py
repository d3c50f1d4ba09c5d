"""The weights of others that a training begins with."""

from __future__ import annotations

from trainer.architectures.autoencoder import Autoencoder
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import start_from
from trainer.start.pretrained import load_pretrained


def take_weights(model: Autoencoder, config: TrainConfig) -> None:
    """Gives a fresh network the weights of --pretrained or of --start-from, where one is given.

    Args:
        model: Built for `config`, on the CPU.
        config: The options, decided.

    Raises:
        CheckpointError: Those weights cannot be used.
    """
    if config.network.pretrained is not None:
        load_pretrained(model, config.network.pretrained)
    if config.network.start_from is not None:
        start_from(config.network.start_from, model)
