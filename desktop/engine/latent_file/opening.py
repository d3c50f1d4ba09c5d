"""The latent file that was named for the window, with the model that it needs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop.engine.autoencoder import Latents
from desktop.engine.errors import InspectionError
from desktop.engine.latent_file import codec
from desktop.engine.library import ModelEntry
from desktop.engine.sliders.latents import read_latent_space


def is_latent(path: Path) -> bool:
    """Whether it has the name of a latent file."""
    return path.suffix.lower() == codec.SUFFIX


def read_latent(path: Path, models: Iterable[ModelEntry]) -> tuple[ModelEntry, Latents]:
    """The model of those that a latent file was made with, and the latent in it.

    Raises:
        InspectionError: The file is broken, or none of the models made it.
        BundleError, ModelError: That model's `latents.npz` cannot be used.
    """
    problem = InspectionError("{path} needs a model, and there is none.", path=path)
    for entry in models:
        if entry.bundle is None:
            continue
        try:
            small = codec.read_small(path, entry.bundle.info)
        except InspectionError as error:
            problem = error
        else:
            return entry, codec.restore(small, read_latent_space(entry.bundle))
    raise problem
