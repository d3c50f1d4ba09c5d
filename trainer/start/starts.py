"""The ways for a network to start, by the name that --init gives them and families declare."""

from __future__ import annotations

from collections.abc import Callable

from trainer.architectures.autoencoder import Autoencoder
from trainer.data import Pictures
from trainer.start.lapped import start_from_lapped
from trainer.start.patch_pca import start_from_patches
from trainer.start.whole_pca import start_from_whole


def start_from_components(model: Autoencoder, pictures: Pictures) -> None:
    """Fits principal components: of whole pictures for a vector, and of patches for a map."""
    if model.latent_kind == "vector":
        start_from_whole(model, pictures)
    else:
        start_from_patches(model, pictures)


STARTS: dict[str, Callable[[Autoencoder, Pictures], None]] = {
    "random": lambda _model, _pictures: None,
    "pca": start_from_components,
    "lapped": start_from_lapped,
}
"""Each takes a fresh network on the CPU and the pictures to train on."""
