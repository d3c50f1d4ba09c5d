"""The networks that the trainer can build."""

from __future__ import annotations

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.compact import build_compact
from trainer.architectures.vgg import build_vgg
from trainer.options.config import TrainConfig

__all__ = ["Autoencoder", "build_autoencoder"]


def build_autoencoder(config: TrainConfig) -> Autoencoder:
    """The network that the options ask for, with fresh weights from torch's random state."""
    if config.arch == "compact":
        return build_compact(config)
    return build_vgg(config.arch, config)
